from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .gate_common import GateCase


@tagged("post_install", "-at_install")
class TestGateEntrances(GateCase):
    """Every way to confirm an order: nothing unbooked, nothing twice."""

    # 70 fits into the budget of 100; 120 needs the approver.

    def test_button(self):
        self._confirmed(7)
        self.assertCounts(70)
        order = self._make_order(quantity=5)
        order.action_confirm()
        self.assertWaits(order, "budget")
        self.assertIn("Marcus", order.b2b_open_hold_ids.solve)
        # Held by the budget itself it reserves credit, and nothing in the budget.
        self.assertBooked(self.budget, 70)

    def test_several_at_once(self):
        orders = self._make_order(quantity=6) | self._make_order(quantity=5)
        orders.action_confirm()
        self.assertEqual(orders.mapped("state"), ["sale", "draft"])
        self.assertBooked(self.budget, 60)

    def test_portal_signature(self):
        order = self._quote(7)
        order.require_signature = True
        self.assertFalse(order._has_to_be_signed())
        # What Odoo's route calls after a signature passes the gate as well.
        order._validate_order()
        self.assertEqual(order.state, "sale")
        self.assertCounts(70)
        big = self._quote(12)
        big._validate_order()
        self.assertWaits(big, "budget")

    def test_zero_total(self):
        order = self._make_order(quantity=1)
        order.order_line.discount = 100
        order._validate_order()
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.b2b_gate_pass)
        self.assertCounts(0)
        with self.assertRaises(UserError):
            order.order_line.write({"discount": 0, "product_uom_qty": 11})
            self.env.flush_all()

    def test_write_create_and_import_of_the_state(self):
        order = self._make_order(quantity=12)
        for act in (
            lambda: order.write({"state": "sale"}),
            lambda: self._make_order(quantity=12, state="sale"),
        ):
            with self.assertRaisesRegex(UserError, "Shop floor.*Marcus"):
                with self.env.cr.savepoint():
                    act()
                    self.env.flush_all()
            self.env.invalidate_all()
        result = self.env["sale.order"].load(
            ["partner_id/.id", "state", "order_line/product_id/.id"]
            + ["order_line/product_uom_qty"],
            [[str(self.party.id), "sale", str(self.product.id), "12"]],
        )
        self.assertFalse(result["ids"])
        self.assertIn("Shop floor", str(result["messages"]))
        self.assertCounts(0)

    # -- payments ----------------------------------------------------------------

    def _post(self, transaction, state):
        # Whether the provider can authorize is no question of this test.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE payment_transaction SET state = %s WHERE id = %s",
            [state, transaction.id],
        )
        transaction.invalidate_recordset(["state"])
        transaction._post_process()
        self.env.flush_all()

    def test_paid_online(self):
        for state in ("authorized", "done"):
            with self.subTest(state):
                order = self._quote(3)
                self._post(self._transaction(order), state)
                self.assertEqual(order.state, "sale")
        self.assertBooked(self.budget, 60)

    def test_pending_and_wire_transfer_confirm_nothing(self):
        wire = self._provider("custom", custom_mode="wire_transfer")
        for provider in (self._provider(), wire):
            order = self._quote(3)
            self._post(self._transaction(order, provider), "pending")
            self.assertEqual((order.state, order.b2b_submit_state), ("sent", "none"))
        self.assertCounts(0)

    def test_a_smaller_payment_confirms_nothing(self):
        order = self._quote(3)
        order.require_payment = True
        order.prepayment_percent = 1.0
        self._post(self._transaction(order, amount=0.01), "done")
        self.assertEqual(order.state, "sent")
        self.assertCounts(0)

    def test_a_paid_order_that_is_held_stays_paid_and_waits(self):
        order = self._quote(12, user_id=self.rep.id)
        transaction = self._transaction(order)
        self._post(transaction, "done")
        self.assertWaits(order, "budget")
        self.assertEqual(
            (transaction.state, transaction.is_post_processed), ("done", True)
        )
        self.assertEqual(order.activity_ids.user_id, self.rep)
        told = order.message_ids.filtered(lambda m: "is booked" in (m.body or ""))
        self.assertIn(order.b2b_orderer_id.partner_id, told.partner_ids)
        # Once more by poll and cron: nothing new, and nothing confirmed.
        messages, holds = len(told), order.b2b_hold_ids
        self._post(transaction, "done")
        self.assertWaits(order, "budget")
        self.assertEqual(order.b2b_hold_ids, holds)
        self.assertEqual((len(order.activity_ids), messages), (1, 1))
        self._decide(order.b2b_open_hold_ids)
        self.assertEqual(order.state, "sale")
        self.assertBooked(self.budget, 120)

    def test_cash_on_delivery_that_nobody_offered(self):
        """Anyone with the link can name a provider and an amount of his own."""
        cash = self._provider("custom", custom_mode="cash_on_delivery")
        with self.assertRaises(ValidationError):
            self._transaction(self._make_order(quantity=1), cash, amount=0.01)
        for state in ("sent", "draft"):
            order = self._quote(1)
            transaction = self._transaction(order, cash, amount=0.01)
            order.state = state
            self._post(transaction, "pending")
            self.assertEqual((order.state, order.b2b_gate_pass), ("sent", False))
        self.assertBooked(self.budget, 0)

    # -- the way back ------------------------------------------------------------

    def test_confirmed_twice(self):
        order = self._confirmed(7)
        with self.assertRaises(UserError):
            order.action_confirm()
        order._b2b_submit()
        self.assertCounts(70)

    def test_back_to_draft_and_confirmed_again(self):
        order = self._confirmed(7)
        order._action_cancel()
        self.assertCounts(0)
        order.action_draft()
        order.action_confirm()
        self.assertCounts(70)

    def test_cancelled_twice_and_in_bulk(self):
        order = self._confirmed(7)
        order._action_cancel()
        order._action_cancel()
        other = self._confirmed(6)
        other.action_lock()
        wizard = self.env["sale.mass.cancel.orders"]
        for _again in range(2):
            wizard.create({"sale_order_ids": (order | other).ids}).action_mass_cancel()
        self.assertCounts(0)
        entries = self._entries(self.budget).mapped("amount")
        self.assertEqual(entries, [70, -70, 60, -60])

    def test_a_copy_has_passed_nothing(self):
        self.budget.amount = 200
        order = self._make_order(quantity=12)
        self.budget.amount = 100
        self._decide(self._submit(order)["holds"])
        self.assertBooked(self.budget, 120)
        copy = order.copy()
        self.assertRecordValues(
            copy,
            [{"state": "draft", "b2b_submit_state": "none", "b2b_gate_pass": False}],
        )
        self.assertFalse(copy.b2b_hold_ids)
        copy.action_confirm()
        self.assertWaits(copy, "budget")
        self.assertBooked(self.budget, 120)
