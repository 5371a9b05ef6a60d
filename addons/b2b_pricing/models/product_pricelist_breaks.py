from odoo import fields, models

from ..rules.breaks import visible_breaks


class ProductPricelist(models.Model):
    """Prices with their quantity breaks, for lists of articles."""

    _inherit = "product.pricelist"

    def _b2b_prices(
        self,
        products,
        quantities=None,
        currency=None,
        date=None,
        party=None,
        rules=None,
    ):
        """Prices of many products at once, with the breaks worth showing.

        The number of queries does not depend on the number of products. Not for
        screens of other parties: the caller decides whose list this is.

        :param products: product.product
        :param quantities: ``{product id: quantity}``, one quantity for all, or None
            for the smallest orderable one (DECISIONS 18); in the product's unit
        :param currency: res.currency to convert into, the list's own by default
        :param date: of prices and rates, now by default
        :param party: res.partner, for lists that fall back on the next in its order
        :param rules: ``{product id: QuantityRule}`` where the customer's own are known
        :return: ``{product id: {'price', 'rule_id', 'breaks'}}``: price None means
            "on request", ``breaks`` is ``[(minimum quantity, price)]`` ascending
        """
        if not products:
            return {}
        date = date or fields.Datetime.now()
        rules = rules or products._b2b_quantity_rules(party)
        first = {product_id: rule.first for product_id, rule in rules.items()}
        asked = self._b2b_asked(products, quantities, first)
        call = {
            "date": date,
            "b2b_party": party,
            "b2b_batch": self._b2b_batch(
                products, {pid: {asked[pid], first[pid]} for pid in asked}
            ),
        }
        points = self._b2b_break_points(products, asked, first, call)
        ends = self._b2b_ends_without_price(party)
        return {
            product.id: self._b2b_price_row(
                points[product.id],
                asked[product.id],
                rules[product.id],
                ends,
                currency,
                date,
            )
            for product in products
        }

    def _b2b_asked(self, products, quantities, first):
        """The quantity whose price is shown, per product."""
        if not isinstance(quantities, dict):
            quantities = dict.fromkeys(products.ids, quantities)
        return {pid: quantities.get(pid) or first[pid] for pid in products.ids}

    def _b2b_break_points(self, products, asked, first, call):
        """``{product id: {quantity: (price, rule id)}}`` in the list's currency."""
        wanted = {pid: {asked[pid], first[pid]} for pid in asked}
        points = {pid: {} for pid in asked}
        self._b2b_evaluate(products, wanted, points, call)
        batch = call["b2b_batch"]
        # Every list that was touched may bring breaks: chained and following ones.
        more = {
            pid: {
                quantity
                for index in batch.indexes.values()
                for quantity in index.quantities(pid)
                if quantity > first[pid]
            }
            - wanted[pid]
            for pid in asked
        }
        batch.add_quantities(more)
        self._b2b_evaluate(products, more, points, call)
        return points

    def _b2b_evaluate(self, products, wanted, points, call):
        """Ask the engine once per quantity, for all products that need it."""
        by_quantity = {}
        for product_id, quantities in wanted.items():
            for quantity in quantities:
                by_quantity.setdefault(quantity, []).append(product_id)
        for quantity, ids in by_quantity.items():
            group = products.browse(ids).with_prefetch(products._prefetch_ids)
            found = self._compute_price_rule(group, quantity, **call)
            for product_id, result in found.items():
                points[product_id][quantity] = result

    def _b2b_price_row(self, points, asked, rule, ends, currency, date):
        """One product's price and breaks, in the wanted currency."""
        price, rule_id = points[asked]
        if not rule_id and ends:
            return {"price": None, "rule_id": False, "breaks": []}
        own = self.currency_id or self.env.company.currency_id

        def convert(amount):
            if not currency or currency == own:
                return amount
            return own._convert(amount, currency, self.env.company, date, round=False)

        breaks = visible_breaks(
            (
                (quantity, found[0])
                for quantity, found in points.items()
                if found[1] or not ends
            ),
            rule.first,
            rule.maximum,
        )
        return {
            "price": convert(price),
            "rule_id": rule_id,
            "breaks": [(quantity, convert(amount)) for quantity, amount in breaks],
        }
