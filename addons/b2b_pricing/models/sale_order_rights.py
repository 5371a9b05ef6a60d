from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _b2b_hidden_from_portal(self):
        """Which agreement stands behind a price is shown by our pages in words."""
        return super()._b2b_hidden_from_portal() | {
            "b2b_agreement_id",
            "b2b_agreement_before_id",
            "b2b_agreement_changed_at",
            "b2b_agreement_changed_by_id",
        }

    @api.model
    def _b2b_changing_buttons(self):
        return super()._b2b_changing_buttons() | {"action_lower"}
