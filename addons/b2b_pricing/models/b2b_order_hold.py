from odoo import api, models


class OrderHold(models.Model):
    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        return {
            **super()._b2b_reasons(),
            "agreement": self.env._("Agreement"),
            "catalog": self.env._("Catalog"),
            "minimum_order": self.env._("Minimum order"),
            "no_price": self.env._("Missing price"),
            "quantity": self.env._("Quantity"),
            "rate": self.env._("Exchange rate"),
            "tax": self.env._("Tax"),
        }

    def _b2b_orderable_quantity(self, product, quantity):
        """Full packs, at least the minimum."""
        found = super()._b2b_orderable_quantity(product, quantity)
        order = self.order_id
        rule = product._b2b_quantity_rule(order.b2b_party_id, order.b2b_agreement_id)
        return rule.correct(found) if found else found
