from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _b2b_hidden_from_portal(self):
        """How we plan deliveries is ours; the pages show the promised time."""
        return super()._b2b_hidden_from_portal() | {
            "b2b_frame_id",
            "b2b_slot_schedule_id",
            "b2b_slot_chosen",
        }
