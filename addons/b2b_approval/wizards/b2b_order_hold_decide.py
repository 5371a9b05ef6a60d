from odoo import fields, models


class OrderHoldDecide(models.TransientModel):
    """Dialog: release or refuse a hold of our side, with a comment."""

    _name = "b2b.order.hold.decide"
    _description = "B2B Hold Decision Dialog"

    hold_id = fields.Many2one("b2b.order.hold", required=True, readonly=True)
    message = fields.Text(related="hold_id.message", help="Why the order waits.")
    comment = fields.Text(help="Kept with the decision; a refusal needs one.")

    def action_release(self):
        """Release the hold with the comment."""
        self.ensure_one()
        return self.hold_id.action_release(self.comment or "")

    def action_refuse(self):
        """Refuse the hold with the comment."""
        self.ensure_one()
        return self.hold_id.action_refuse(self.comment or "")
