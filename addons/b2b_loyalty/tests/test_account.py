from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestAccount(LoyaltyCase):
    def book(self, key, points, kind="adjust"):
        account = self.accounts._b2b_get(self.program.id, self.party)
        return self.accounts._b2b_book(
            [
                {
                    "account_id": account.id,
                    "kind": kind,
                    "points": points,
                    "date": self.env.cr.now().date(),
                    "idempotency_key": key,
                }
            ]
        )

    def test_one_account_per_program_and_party(self):
        first = self.accounts._b2b_get(self.program.id, self.contact)
        self.assertEqual(first, self.accounts._b2b_get(self.program.id, self.party))
        self.assertEqual(first.party_id, self.party)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.accounts.create(
                {"program_id": self.program.id, "party_id": self.party.id}
            )

    def test_contact_cannot_own_points(self):
        with self.assertRaisesRegex(ValidationError, "points belong to its company"):
            self.accounts.create(
                {"program_id": self.program.id, "party_id": self.contact.id}
            )

    def test_same_key_counts_once(self):
        self.assertTrue(self.book("test:1", 50))
        self.assertFalse(self.book("test:1", 50))
        self.assert_points(50, 0)

    def test_no_points_no_row(self):
        self.assertFalse(self.book("test:1", 0))
        self.assertFalse(self.account().entry_ids)

    def test_liability_follows_balance_and_value_and_is_never_negative(self):
        self.book("test:1", 250)
        self.assertEqual(self.account().liability, 2.5)
        self.assertEqual(self.program.liability, 2.5)
        self.program.point_value = 0.02
        self.assertEqual(self.account().liability, 5.0)
        self.book("test:2", -300)
        self.assertEqual(self.account().balance, -50)
        self.assertEqual(self.account().liability, 0.0)

    def test_words_for_the_buyer(self):
        self.book("test:1", 1234)
        self.assertEqual(self.account()._b2b_shown()["text"], "1,234 points")
        self.book("test:2", -1354)
        self.assertEqual(
            self.account()._b2b_shown(),
            {
                "points": 0,
                "pending": 0,
                "settles": 120,
                "text": "0, next 120 points settle corrections",
            },
        )

    def test_history_hides_our_reason(self):
        account = self.accounts._b2b_get(self.program.id, self.party)
        self.accounts._b2b_book(
            [
                {
                    "account_id": account.id,
                    "kind": "adjust",
                    "points": 5,
                    "date": self.env.cr.now().date(),
                    "idempotency_key": "test:reason",
                    "reason": "He shouted at us",
                    "user_id": self.env.uid,
                }
            ]
        )
        order = self.confirmed((self.goods, 10, 10))
        rows = account._b2b_history(limit=5)
        self.assertEqual(len(rows), 2)
        self.assertEqual(
            {(row["points"], row["text"], row["pending"]) for row in rows},
            {
                (5, "Correction", False),
                (100, f"Order {order.name}, not invoiced yet", True),
            },
        )

    def test_account_of_the_present_program_is_shown_else_the_latest(self):
        old = self.make_program(name="Old", sequence=1, date_to="2020-12-31")
        old_account = self.accounts._b2b_get(old.id, self.party)
        self.assertEqual(self.account(), old_account)
        account = self.accounts._b2b_get(self.program.id, self.party)
        self.assertEqual(self.account(), account)

    def test_nightly_check_finds_drift_and_makes_one_task(self):
        self.book("test:1", 50)
        self.assertFalse(self.accounts._b2b_drift())
        self.accounts._cron_check_ledger()
        self.assertFalse(self.program.activity_ids)
        self.env.cr.execute(
            "UPDATE b2b_loyalty_account SET balance = 60 WHERE id = %s",
            [self.account().id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.accounts._b2b_drift(), [(self.account(), 50, 0, 0)])
        self.accounts._cron_check_ledger()
        self.accounts._cron_check_ledger()
        task = self.program.activity_ids
        self.assertEqual(len(task), 1)
        self.assertIn("account 60", task.note)
        self.assertIn("ledger 50", task.note)
        # reported, not repaired
        self.assertEqual(self.account().balance, 60)
