from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime


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


class OrderHoldDecision(models.Model):
    _inherit = "b2b.order.hold.decision"

    def _b2b_is_payment(self):
        """Whether money let the order go on, and nobody's word."""
        row = self.sudo()
        return row.hold_id.code == "prepayment" and row.verdict == "released"

    def _b2b_text(self):
        if not self._b2b_is_payment():
            return super()._b2b_text()
        row = self.sudo()
        return self.env._(
            "The payment for %(order)s was booked at %(when)s.",
            order=row.hold_id.order_id.name,
            when=format_datetime(self.env, row.decided_at, dt_format="EEE d MMM HH:mm"),
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_released_text(self):
        """Money released the order: nobody approved it, and more than asked is told."""
        decision = self.b2b_hold_ids.decision_ids.sorted("id")[-1:]
        if self.state != "sale" or not decision or not decision._b2b_is_payment():
            return super()._b2b_released_text()
        text = self.env._(
            "Your payment for %s is here, the order is confirmed.", self.name
        )
        more = self._b2b_prepayment_surplus()
        return " ".join([text, self._b2b_surplus_text(more)]) if more else text

    def _b2b_surplus_text(self, more):
        return self.env._(
            "You paid %s more than was asked in advance; that is credit on your "
            "account.",
            self._b2b_money(more),
        )
