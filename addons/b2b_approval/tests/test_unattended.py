from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestUnattended(ApprovalCase):
    """While a payment is processed nobody reads errors: the order waits."""

    def test_carts_and_waiting_orders_cannot_be_paid_or_signed(self):
        for order in (self._make_order(), self._submitted()):
            order.write({"require_signature": True, "require_payment": True})
            self.assertFalse(order._has_to_be_signed())
            self.assertFalse(order._has_to_be_paid())
            with self.assertRaises(ValidationError):
                self._pay(order)

    def _pay(self, order, meanwhile=None):
        """A payment that comes in; ``meanwhile`` happens while the buyer pays."""
        provider = self.env["payment.provider"].create({"name": "Test"})
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": order.name,
                "sale_order_ids": [(6, 0, order.ids)],
            }
        )
        if meanwhile:
            meanwhile()
        transaction.state = "done"
        transaction._check_amount_and_confirm_order()
        return transaction

    def test_what_blocks_becomes_a_hold(self):
        order = self._make_order(state="sent")
        self._pay(order, lambda: self.party.write({"b2b_state": "blocked"}))
        self.assertEqual(order.b2b_submit_state, "waiting")
        hold = order.b2b_open_hold_ids
        self.assertEqual(hold.code, "party_state")
        self.assertEqual(hold.waiting_for, "Credit controller")
        # The banner of the hold says it; once is enough.
        self.assertFalse(order.b2b_party_note)
        admin = self.env.ref("base.user_admin")
        with self.assertRaisesRegex(UserError, "cannot be released"):
            hold.with_user(admin).action_release()
        self.party.b2b_state = "active"
        order.with_user(admin).action_b2b_check_again()
        self.assertEqual(order.state, "sale")

    def test_an_order_that_waits_says_that_its_party_was_blocked_since(self):
        order = self._submitted()
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertFalse(order.b2b_party_note)
        self.party.b2b_state = "blocked"
        self.assertIn("is blocked", order.b2b_party_note)

    def test_a_blocked_party_is_not_asked_for_money(self):
        order = self._make_order(state="sent")
        self.assertFalse(order._b2b_is_unoffered())
        self.party.b2b_state = "blocked"
        with self.assertRaisesRegex(UserError, "your account manager can tell you why"):
            self._pay(order)

    def test_a_clear_order_is_confirmed_by_the_payment(self):
        order = self._make_order(state="sent")
        self._pay(order)
        self.assertEqual(order.state, "sale")
