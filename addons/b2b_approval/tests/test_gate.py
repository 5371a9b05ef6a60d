from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.b2b_approval.models.sale_order_findings import SaleOrder as Findings
from odoo.addons.b2b_party.exceptions import GateBlocked, LimitExceeded

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestGate(ApprovalCase):
    def test_a_clear_order_is_confirmed(self):
        order = self._submitted(quantity=10)
        self.assertRecordValues(
            order,
            [{"state": "sale", "b2b_submit_state": "done", "b2b_gate_state": "clear"}],
        )
        self.assertTrue(order.picking_ids)

    def test_above_the_limit_it_waits_and_nothing_is_booked(self):
        order = self._submitted()
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft",
                    "b2b_submit_state": "waiting",
                    "b2b_gate_state": "held",
                }
            ],
        )
        self.assertFalse(order.picking_ids)
        self.assertGreater(order.b2b_keep_until, fields.Datetime.now())
        hold = order.b2b_hold_ids
        self.assertEqual(
            (hold.code, hold.side, hold.state), ("seat_limit", "buyer", "open")
        )
        self.assertEqual(hold.decider_ids, self.approver.user_id)
        self.assertEqual(hold.amount, 300.0)

    def test_submitting_again_changes_nothing(self):
        order = self._submitted()
        holds = order.b2b_hold_ids
        self.assertEqual(order._b2b_submit()["state"], "waiting")
        self.assertEqual(order.b2b_hold_ids, holds)

    def test_what_blocks_is_an_error_and_leaves_nothing(self):
        order = self._make_order()
        self.party.b2b_state = "blocked"
        with self.assertRaises(GateBlocked):
            order._b2b_submit()
        self.assertRecordValues(
            order, [{"b2b_submit_state": "none", "b2b_submitted_at": False}]
        )

    def test_warnings_are_ticked_and_kept(self):
        order = self._make_order()
        warn = self._finding(code="unusual", severity="warn", side="buyer")
        with patch.object(Findings, "_b2b_findings", lambda order: [warn]):
            with self.assertRaises(GateBlocked) as caught:
                order._b2b_submit()
            self.assertEqual(caught.exception.findings, [warn])
            order._b2b_submit(acknowledged=["unusual"])
        self.assertEqual(order.state, "sale")
        decision = order.b2b_hold_ids.decision_ids
        self.assertEqual(decision.verdict, "acknowledged")
        self.assertEqual(decision.user_id, self.buyer.user_id)

    def test_several_orders_are_decided_one_by_one(self):
        small, big = self._make_order(), self._make_order(quantity=30)
        (small | big).action_confirm()
        self.assertEqual(small.state, "sale")
        self.assertEqual(big.b2b_submit_state, "waiting")

    def test_a_counter_that_refuses_at_the_end_makes_a_hold(self):
        order, finding = self._make_order(), self._finding(code="budget", key="7")

        def refuse(orders):
            orders.write({"state": "sale"})
            raise LimitExceeded(finding)

        order._b2b_gated(refuse)
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.b2b_open_hold_ids.mapped("code"), ["budget"])
        self.assertEqual(order.b2b_open_hold_ids.key, "7")

    def test_other_errors_are_not_swallowed(self):
        order = self._make_order()

        def fail(orders):
            raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            order._b2b_gated(fail)

    def test_reasons_that_went_away_become_void(self):
        order = self._submitted()
        order.order_line.product_uom_qty = 5
        order.action_b2b_check_again()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.b2b_hold_ids.state, "void")

    def test_cancel_and_withdraw_close_the_holds(self):
        for close in ("action_cancel", "action_b2b_withdraw"):
            order = self._submitted()
            getattr(order, close)()
            self.assertEqual(order.b2b_hold_ids.state, "void", close)
            self.assertEqual(order.b2b_submit_state, "none", close)

    def test_expired_orders_are_returned(self):
        order, later = self._submitted(), self._submitted()
        order.user_id = self.rep
        order.sudo().b2b_keep_until = "2020-01-01"
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["sale.order"]._cron_b2b_expire()
        self.assertEqual(order.b2b_submit_state, "failed")
        self.assertEqual(order.b2b_hold_ids.state, "void")
        self.assertEqual(later.b2b_submit_state, "waiting")
        # Both sides are told, and the list of orders says why it is a quotation again.
        self.assertEqual(order.b2b_gate_state, "expired")
        told = order.message_ids[0]
        self.assertIn("was not decided in time", told.body)
        self.assertIn(self.buyer.user_id.partner_id, told.partner_ids)
        task = order.activity_ids
        self.assertEqual(task.user_id, self.rep)
        self.assertIn("was not decided in time", task.note)
        self.assertFalse(later.activity_ids)

    def test_nobody_writes_the_state_of_the_gate(self):
        order = self._submitted()
        for name in sorted(order._b2b_protected_fields()):
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.with_user(self.manager).write({name: False})

    def test_portal_users_move_no_order_through_the_back_door(self):
        order, draft = self._submitted(), self._make_order(quantity=30)
        for name in ("action_draft", "action_b2b_withdraw", "action_b2b_check_again"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(order.with_user(self.buyer.user_id), name)()
        with self.assertRaises(AccessError):
            draft.with_user(self.buyer.user_id).action_confirm()
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertEqual(draft.b2b_submit_state, "none")

    def test_a_copy_starts_anew(self):
        copy = self._submitted().copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "b2b_submit_state": "none",
                    "b2b_gate_state": False,
                    "b2b_keep_until": False,
                }
            ],
        )
        self.assertFalse(copy.b2b_hold_ids)
