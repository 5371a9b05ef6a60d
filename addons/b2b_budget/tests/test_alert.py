from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestAlert(BudgetCase):
    """Each percentage once per period, in a transaction after the booking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._make_budget(alert_percents="50, 80, 100")
        cls.alerts = cls.env["b2b.budget.alert"]

    def _noted(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        found = self.alerts.search([("budget_id", "=", self.budget.id)], order="id")
        return found.mapped("percent")

    def _send(self):
        """Run the job; the mails it makes."""
        before = self.env["mail.mail"].search([])
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.alerts._cron_b2b_send_alerts()
        return self.env["mail.mail"].search([]) - before

    def test_each_percentage_once(self):
        self._submit(self._make_order(quantity=4))
        self.assertEqual(self._noted(), [])
        order = self._make_order(quantity=1)
        self._submit(order)
        self.assertEqual(self._noted(), [50])
        order._action_cancel()
        self._submit(self._make_order(quantity=2))
        self.assertEqual(self._noted(), [50])
        self._submit(self._make_order(quantity=4))
        self.assertEqual(self._noted(), [50, 80, 100])

    def test_mail_goes_later_to_those_who_keep_it(self):
        self._submit(self._make_order(quantity=9))
        self.assertEqual(self._noted(), [50, 80])
        self.assertFalse(self.alerts.search([]).filtered("sent_at"))
        self.owner.user_id.lang = "en_US"
        mails = self._send()
        self.assertEqual(
            mails.recipient_ids, (self.approver | self.owner).user_id.partner_id
        )
        self.assertEqual(len(mails), 2)
        subject = mails[0].subject
        self.assertIn("80 % used", subject)
        self.assertIn("Shop floor", subject)
        alerts = self.alerts.search([("budget_id", "=", self.budget.id)])
        self.assertTrue(all(alerts.mapped("sent_at")))
        note = self.budget.message_ids[0]
        self.assertIn("80 %", note.body)
        self.assertFalse(self._send())

    def test_the_language_is_the_readers(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("b2b_budget.mail_template_alert")
        template.with_context(lang="fr_FR").subject = "Budget {{ object.title }}"
        self.owner.user_id.lang = "fr_FR"
        self._submit(self._make_order(quantity=5))
        self._noted()
        by_partner = {mail.recipient_ids: mail.subject for mail in self._send()}
        french = by_partner[self.owner.user_id.partner_id]
        self.assertTrue(french.startswith("Budget Shop floor"), french)
        self.assertNotEqual(by_partner[self.approver.user_id.partner_id], french)

    def test_a_smaller_amount_reaches_them_too(self):
        self._submit(self._make_order(quantity=4))
        self.budget.amount = 80
        self.assertEqual(self._noted(), [50])

    def test_nobody_writes_alerts(self):
        with self.assertRaises(UserError):
            self.alerts.sudo().create({"budget_id": self.budget.id})

    def test_the_old_percentage_is_the_one_that_counts_as_nearly_used(self):
        self.assertEqual(self.budget.alert_percent, 80)
        self.budget.alert_percent = 62.5
        self.assertEqual(self.budget.alert_percents, "62.5")
