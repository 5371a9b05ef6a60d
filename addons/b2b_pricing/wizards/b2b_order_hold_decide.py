from odoo import fields, models


class OrderHoldDecide(models.TransientModel):
    """Lower a discount in the dialog of a decision."""

    _inherit = "b2b.order.hold.decide"

    lower_text = fields.Char(related="hold_id.lower_text", help="What it would do.")

    def action_lower(self):
        """Lower the discount to the limit, with the comment."""
        self.ensure_one()
        return self.hold_id.action_lower(self.comment or "")
