from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _b2b_hidden_from_portal(self):
        """How we plan deliveries is ours; the pages show what was promised."""
        return super()._b2b_hidden_from_portal() | {
            "b2b_frame_id",
            "b2b_slot_schedule_id",
            "b2b_slot_chosen",
            "b2b_slot_parts",
            "b2b_slot_moves",
            "b2b_conditions_id",
            "b2b_acceptance_ids",
            "b2b_acceptance_text",
        }

    @api.model
    def _b2b_changing_buttons(self):
        return super()._b2b_changing_buttons() | {"action_b2b_choose_slot"}
