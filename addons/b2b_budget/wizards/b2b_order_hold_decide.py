from odoo import api, fields, models


class OrderHoldDecide(models.TransientModel):
    """A release for credit may end on a day."""

    _inherit = "b2b.order.hold.decide"

    is_credit = fields.Boolean(compute="_compute_is_credit")
    release_until = fields.Date(
        "Valid until",
        help="After this day the release no longer covers the order, unless it is "
        "confirmed by then. Empty: no end.",
    )

    @api.depends("hold_id")
    def _compute_is_credit(self):
        for wizard in self:
            wizard.is_credit = wizard.hold_id.code in ("credit", "overdue")

    def action_release(self):
        """Release the hold with comment and last day."""
        self.ensure_one()
        if self.is_credit and self.release_until:
            self.hold_id._b2b_set_release_until(self.release_until)
        return super().action_release()
