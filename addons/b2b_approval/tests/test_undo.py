from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestUndo(ApprovalCase):
    """Decisions of the portal count after ten seconds, on the server."""

    def setUp(self):
        super().setUp()
        self.order = self._submitted().sudo()
        self.pending = self.env["b2b.order.decision.pending"]

    def _decide(self, seat=None, verdict="released", comment=""):
        user = (seat or self.approver).user_id
        return self.pending._b2b_make(self.order, user, verdict, comment)

    def _pass_time(self, rows):
        rows.sudo().effective_at = fields.Datetime.now() - timedelta(seconds=1)

    def test_nothing_counts_before_its_time(self):
        row = self._decide()
        row._b2b_take_effect()
        self.assertEqual(self.order.b2b_submit_state, "waiting")
        self.assertFalse(self.order.b2b_decision_ids)
        self.assertEqual(row.state, "pending")
        wait = row.effective_at - fields.Datetime.now()
        self.assertLess(abs(wait.total_seconds() - 10), 3)

    def test_afterwards_it_counts_in_the_name_of_who_decided(self):
        row = self._decide(comment="fine")
        self._pass_time(row)
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.pending._cron_b2b_take_effect()
        self.assertEqual((row.state, self.order.state), ("done", "sale"))
        decision = self.order.b2b_decision_ids
        self.assertEqual(decision.user_id, self.approver.user_id)
        self.assertEqual(decision.comment, "fine")
        row._b2b_take_effect()
        self.assertEqual(len(self.order.b2b_decision_ids), 1)

    def test_undone_in_time_it_never_was(self):
        row = self._decide(verdict="refused", comment="no")
        self.assertEqual(row._b2b_take_back(self.approver.user_id), row)
        self._pass_time(row)
        row._b2b_take_effect()
        self.assertEqual(
            (row.state, self.order.b2b_submit_state), ("undone", "waiting")
        )
        self._decide()

    def test_undone_too_late_it_counts(self):
        row = self._decide()
        self._pass_time(row)
        self.assertFalse(row._b2b_take_back(self.approver.user_id))
        self.assertEqual((row.state, self.order.state), ("done", "sale"))

    def test_nobody_undoes_what_another_decided(self):
        row = self._decide()
        self.assertFalse(row._b2b_take_back(self.owner.user_id))
        self.assertEqual(row.state, "pending")

    def test_pressed_twice_it_is_one_decision(self):
        self._decide()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._decide()

    def test_the_second_approver_is_told(self):
        self._decide()
        with self.assertRaisesRegex(UserError, "Marcus approved .* a moment ago"):
            self._decide(self.owner)

    def test_only_who_may_decide(self):
        for seat in (self.buyer, self.rival):
            with self.assertRaisesRegex(UserError, "does not wait for you"):
                self._decide(seat)

    def test_what_cannot_be_any_more_says_why(self):
        row = self._decide()
        self.order.action_b2b_withdraw()
        self._pass_time(row)
        row._b2b_take_effect()
        self.assertEqual(row.state, "failed")
        self.assertIn("does not wait any more", row.note)

    def test_a_right_that_was_taken_away_meanwhile(self):
        row = self._decide()
        self.approver.role_id = self.env.ref("b2b_party.role_viewer")
        self._pass_time(row)
        row._b2b_take_effect()
        self.assertEqual(
            (row.state, self.order.b2b_submit_state), ("failed", "waiting")
        )

    def test_who_was_slower_is_told(self):
        row = self._decide()
        self.order.b2b_open_hold_ids.with_user(self.owner.user_id).action_release()
        self._pass_time(row)
        row._b2b_take_effect()
        self.assertEqual(row.state, "failed")
        self.assertRegex(row.note, r"Priya approved \S+ at")
