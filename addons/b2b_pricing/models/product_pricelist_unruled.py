from odoo import models

from .product_pricelist_engine import only_ours

PRICED_BY = ("_compute_price", "_compute_base_price")


class ProductPricelist(models.Model):
    """Articles that no rule of a list is for: their sales prices, all at once.

    The original looks up unit, company and currency of each of them in turn. In a
    catalog most articles have no rule on the customer's own list.
    """

    _inherit = "product.pricelist"

    def _b2b_split(self, index, products):
        """Yield ``(rules, products)`` of a short list, those without a rule apart.

        :param index: :class:`~..rules.price_batch.BatchIndex`; its rules are compared
            one by one, which for a few is as fast as looking them up
        """
        Item = self.env["product.pricelist.item"]
        reached = products._ids
        if only_ours(Item, "_is_applicable_for"):
            reached = index.reached(products._ids)
        left = set(products._ids).difference(reached)
        for rules, ids in (
            (Item.browse(index.index.ids), reached),
            (Item, tuple(number for number in products._ids if number in left)),
        ):
            if ids:
                yield rules, products.browse(ids).with_prefetch(products._prefetch_ids)

    def _b2b_unruled(self, products, options, alone):
        """``{product id: (price, False)}`` as the original gives it without a rule.

        :param options: ``currency``, ``uom``, ``date``, ``compute_price`` of the call
        :param alone: the caller asks for what this list itself has a rule for
        :return: None where another addon has a say: Odoo's own way goes on
        """
        Item = self.env["product.pricelist.item"]
        if not only_ours(self, "_compute_price_rule") or not all(
            only_ours(Item, name) for name in PRICED_BY
        ):
            return None
        if alone or not options["compute_price"]:
            return dict.fromkeys(products._ids, (0.0, False))
        company, date = self.env.company, options["date"]
        currency = options["currency"] or self.currency_id or company.currency_id
        prices = products._price_compute("list_price", uom=options["uom"], date=date)
        found = {}
        for product in products:
            price, own = prices[product.id], product.currency_id
            if own != currency:
                price = own._convert(price, currency, company, date, round=False)
            found[product.id] = (price, False)
        return found
