from odoo import models

from .product_pricelist_engine import SMALL
from .product_pricelist_item_supplier import SUPPLIER_NET


class ProductPricelist(models.Model):
    """Lists with prices from supplier net: what they have no price for, and breaks."""

    _inherit = "product.pricelist"

    def _b2b_drop_baseless(self, results, products, quantity, options, kwargs):
        """A rule on supplier net without supplier and cost is no rule."""
        Item = self.env["product.pricelist.item"]
        ids = {rule for _price, rule in results.values() if rule}
        found = Item.browse(ids).filtered(lambda rule: rule.base == SUPPLIER_NET)
        for product in products if found else ():
            rule = found.browse(results[product.id][1] or [])
            uom = options["uom"] or product.uom_id
            asked = product, quantity, uom, options["date"]
            currency = self.currency_id or self.env.company.currency_id
            if rule not in found or not rule._b2b_is_baseless(*asked, currency):
                continue
            price = 0.0
            if options["compute_price"]:
                price = Item._compute_price(
                    *asked, currency=options["currency"] or currency
                )
            results[product.id] = (price, False)
        super()._b2b_drop_baseless(results, products, quantity, options, kwargs)

    def _b2b_break_points(self, products, asked, first, call):
        """Also where the supplier's own breaks change the price."""
        points = super()._b2b_break_points(products, asked, first, call)
        batch = call["b2b_batch"]
        if not self._b2b_touches_supplier_net(batch):
            return points
        more = {}
        for product in products:
            breaks = product._b2b_seller_breaks() - points[product.id].keys()
            more[product.id] = {q for q in breaks if q > first[product.id]}
        batch.add_quantities(more)
        self._b2b_evaluate(products, more, points, call)
        return points

    def _b2b_touches_supplier_net(self, batch):
        """Whether a rule that priced this call, on whatever list, has that base."""
        ids = set()
        for index in batch.indexes.values():
            # Read already: those of short lists, else the ones that can match.
            short = index.index.size <= SMALL
            ids.update(index.index.ids if short else index.heads)
        rules = self.env["product.pricelist.item"].browse(ids)
        return SUPPLIER_NET in rules.mapped("base")
