from datetime import timedelta

from odoo import fields

from .common import TradeHttpCase


class ApprovalHttpCase(TradeHttpCase):
    """An order of the buyer waits; the approver is signed in."""

    def setUp(self):
        super().setUp()
        self.buyer.role_id = self.small
        self.order = self._waiting(self.buyer)
        self.sign_in(self.approver)

    def _waiting(self, seat):
        cart = self._make_cart(seat, quantity=30, b2b_reason="Christmas rush")
        cart.write({"b2b_orderer_id": seat.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit()
        self.assertEqual(cart.b2b_submit_state, "waiting")
        return cart

    def decide(self, verdict, order=None, **values):
        order = order or self.order
        values = {"verdict": verdict, "seen": order._b2b_seen(), **values}
        return self.form(f"/trade/approvals/{order.id}/decide", **values)

    def count_now(self):
        """Ten seconds later the page lets the decisions count."""
        pending = self.env["b2b.order.decision.pending"]
        pending = pending.search([("state", "=", "pending")])
        pending.effective_at = fields.Datetime.now() - timedelta(seconds=1)
        self.env.flush_all()
        numbers = "-".join(str(number) for number in pending.ids)
        answer = self.json("/trade/approvals/commit", sent=numbers).json()
        self.env.invalidate_all()
        return answer["result"]["notices"]

    def assertUndecided(self):
        self.assertEqual(self.order.b2b_submit_state, "waiting")
        self.assertEqual(self.order.b2b_open_hold_ids.mapped("state"), ["open"])
        self.assertFalse(self.order.b2b_hold_ids.decision_ids)
