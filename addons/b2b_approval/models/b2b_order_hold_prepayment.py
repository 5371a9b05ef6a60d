from odoo import api, models
from odoo.exceptions import UserError


class OrderHold(models.Model):
    """Holds that wait for money."""

    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        return {**super()._b2b_reasons(), "prepayment": self.env._("Prepayment")}

    def action_release(self, comment=""):
        """A release without the money in the books says what it rests on."""
        user = self.env.user
        # sudo: only of holds that this user may know; strangers learn nothing.
        waits = self.sudo().exists()
        waits = waits.filtered(
            lambda hold: hold.code == "prepayment" and hold._b2b_concerns(user)
        )
        if waits and not (comment or "").strip():
            raise UserError(
                self.env._("Enter the reference or the amount of the payment.")
            )
        return super().action_release(comment)
