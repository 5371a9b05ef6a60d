from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import BudgetCase

CHECK = "odoo.addons.b2b_budget.models.b2b_budget_period_check"


@tagged("post_install", "-at_install")
class TestDrift(BudgetCase):
    """The nightly check lists what differs, tells it once, and corrects nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._make_budget(start_date=fields.Date.today())
        cls.order = cls._make_order(quantity=7)
        cls.order.sudo()._b2b_submit()
        cls.admin = new_test_user(
            cls.env, "b2b_drift_admin", "b2b_party.group_administrator"
        )
        cls.drifts = cls.env["b2b.budget.drift"]

    @mute_logger(CHECK)
    def _check(self):
        self.env.flush_all()
        self.env["b2b.budget.period"]._cron_b2b_check_counters()
        return self.drifts.search([("gone_at", "=", False)])

    def test_nothing_differs(self):
        self.assertFalse(self._check())

    def test_a_wrong_counter_is_listed_and_told_once(self):
        self.env.cr.execute("UPDATE b2b_budget_period SET used = used + 1")
        self.env.invalidate_all()
        drift = self._check()
        self.assertEqual((drift.kind, drift.budget_id), ("counter", self.budget))
        self.assertEqual((drift.booked, drift.expected), (70.0, 71.0))
        told = self.env["mail.message"].search(
            [("model", "=", "b2b.budget"), ("res_id", "=", self.budget.id)], limit=1
        )
        self.assertIn(self.admin.partner_id, told.notified_partner_ids)
        self.assertEqual(self.budget.period_ids.used, 71.0, "nothing is corrected")
        self.assertEqual(self._check(), drift)
        self.env.cr.execute("UPDATE b2b_budget_period SET used = used - 1")
        self.env.invalidate_all()
        self.assertFalse(self._check())
        self.assertTrue(drift.gone_at)

    def test_an_order_that_was_changed_past_us(self):
        self.env.cr.execute(
            "UPDATE sale_order SET amount_untaxed = 80 WHERE id = %s", [self.order.id]
        )
        self.env.invalidate_all()
        drift = self._check()
        self.assertEqual((drift.kind, drift.order_id), ("order", self.order))
        self.assertEqual((drift.booked, drift.expected), (70.0, 80.0))

    def test_an_order_that_was_never_booked(self):
        self.env.cr.execute(
            "DELETE FROM b2b_budget_entry WHERE order_id = %s", [self.order.id]
        )
        self.env.cr.execute("UPDATE b2b_budget_period SET used = 0")
        self.env.cr.execute(
            "UPDATE b2b_budget SET create_date = create_date - interval '1 hour'"
        )
        self.env.invalidate_all()
        drift = self._check()
        self.assertEqual((drift.kind, drift.order_id), ("order", self.order))
        self.assertEqual((drift.booked, drift.expected), (0.0, 70.0))

    def test_nobody_notes_differences(self):
        with self.assertRaises(UserError):
            self.drifts.with_user(self.admin).create({"budget_id": self.budget.id})
