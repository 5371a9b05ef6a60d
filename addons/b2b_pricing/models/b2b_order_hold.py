from odoo import api, models


class OrderHold(models.Model):
    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        return {
            **super()._b2b_reasons(),
            "agreement": self.env._("Agreement"),
            "catalog": self.env._("Catalog"),
            "no_price": self.env._("Missing price"),
            "quantity": self.env._("Quantity"),
            "rate": self.env._("Exchange rate"),
            "tax": self.env._("Tax"),
        }

    @api.model
    def _b2b_orderable_quantity(self, product, quantity):
        """Full packs, at least the minimum."""
        found = super()._b2b_orderable_quantity(product, quantity)
        return product._b2b_quantity_rule().correct(found) if found else found
