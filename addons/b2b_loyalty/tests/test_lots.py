from datetime import date, timedelta
from time import perf_counter
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import tagged

from .test_redeem import RedeemCase


@tagged("post_install", "-at_install")
class TestLots(RedeemCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = Date.context_today(cls.program)
        cls.party = cls.make_party("Lots Ltd")
        cls.contact = cls.env["res.partner"].create(
            {"name": "Lotte", "parent_id": cls.party.id}
        )

    def lot(self, points, days):
        until = self.today + timedelta(days=days) if days is not None else None
        return self.give(points, party=self.party, expires_on=until)

    def expire(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.accounts._cron_expire()

    def rests(self):
        found = self.account()._b2b_lots().get(self.account().id, [])
        return {lot.id: lot.rest for lot in found}

    def test_what_ends_first_is_used_first(self):
        never, later, soon = self.lot(500, None), self.lot(300, 90), self.lot(200, 9)
        order = self.order((self.goods, 1, 100))
        order._b2b_points_choose(600)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(self.rests(), {never.id: 400})
        rows = self.account().entry_ids.filtered(lambda e: e.kind == "redeem")
        self.assertEqual(
            {(row.lot_id, row.points) for row in rows},
            {(soon, -200), (later, -300), (never, -100)},
        )
        order._action_cancel()
        self.env.flush_all()
        # the lot that ends in nine days comes back with thirty
        back = self.account().entry_ids.filtered(
            lambda e: e.kind == "redeem" and e.points > 0
        )
        self.assertEqual(len(back), 3)
        self.assertEqual(back.mapped("reversed_id"), rows)
        fresh = back.filtered("expires_on")
        self.assertEqual(fresh.expires_on, self.today + timedelta(days=30))
        self.assertEqual(self.rests(), {never.id: 500, later.id: 300, fresh.id: 200})

    def test_the_job_takes_what_was_not_used_in_time(self):
        self.lot(500, None)
        over, last = self.lot(300, -1), self.lot(200, 0)
        self.expire()
        self.assert_account(700)
        (row,) = self.account().entry_ids.filtered(lambda e: e.kind == "expire")
        self.assertEqual((row.points, row.lot_id, row.date), (-300, over, self.today))
        self.expire()
        self.assert_account(700)
        self.assertIn(last.id, self.rests())
        texts = [line["text"] for line in self.account()._b2b_history()]
        self.assertIn("Not used in time", texts)

    def test_what_waits_is_kept(self):
        self.lot(300, 5)
        order = self.order((self.goods, 1, 100))
        order._b2b_points_choose(200)
        order.b2b_submit_state = "waiting"
        self.env.flush_all()
        self.assert_account(300, 200)
        self.account()._b2b_expire(self.today + timedelta(days=6))
        self.assert_account(200, 200)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual((order.state, order.b2b_points_used), ("sale", 200))
        self.assert_account(0, 0)

    def test_a_lot_that_ended_cannot_be_chosen(self):
        self.lot(300, -1)
        order = self.order((self.goods, 1, 100))
        with self.assertRaisesRegex(UserError, "There are 0 points to use"):
            order._b2b_points_choose(1)

    def test_a_lot_ends_while_its_quotation_is_open(self):
        self.lot(300, 0)
        order = self.order((self.goods, 1, 100))
        order._b2b_points_choose(300)
        self.account()._b2b_expire(self.today + timedelta(days=1))
        order._b2b_settle_lines()
        self.assertEqual((order.b2b_points_used, order.amount_total), (0, 100))
        (finding,) = [f for f in order._b2b_findings() if f.code == "points"]
        self.assertIn("0 of 300 points are used", finding.message)

    def test_validity_of_the_program(self):
        self.program.valid_months = 12
        invoice = self.invoice(self.confirmed((self.goods, 10, 10)), post=False)
        invoice.invoice_date = date(2024, 2, 29)
        invoice.action_post()
        self.env.flush_all()
        (lot,) = self.account().entry_ids.filtered(lambda e: e.kind == "earn")
        self.assertEqual(lot.expires_on, date(2025, 2, 28))
        self.expire()
        self.assert_account(0)
        # credited afterwards: what has ended is not taken twice
        self.credit(invoice)
        self.assert_account(0)

    def test_correction_downward_takes_lots_in_order(self):
        soon, never = self.lot(200, 9), self.lot(500, None)
        wizard = self.env["b2b.loyalty.adjust"].create(
            {
                "program_id": self.program.id,
                "party_id": self.party.id,
                "points": -250,
                "reason": "Counted twice",
            }
        )
        wizard.action_apply()
        wizard.action_apply()
        self.assert_account(450)
        self.assertEqual(self.rests(), {never.id: 450})
        self.assertNotIn(soon.id, self.rests())

    def test_ending_soon(self):
        for points, days in ((500, None), (300, 20), (200, 9), (9, 200)):
            self.lot(points, days)
        found = self.account()._b2b_ending(self.today)
        self.assertEqual(
            found,
            [
                (self.today + timedelta(days=9), 200),
                (self.today + timedelta(days=20), 300),
            ],
        )

    def test_ten_thousand_lots_end_in_time(self):
        """2,500 accounts of four lots each."""
        parties = self.env["res.partner"].create(
            [{"name": f"Lot {number}", "is_company": True} for number in range(2500)]
        )
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH accounts AS (
                INSERT INTO b2b_loyalty_account
                       (program_id, party_id, company_id, balance, pending, reserved,
                        liability)
                SELECT %(program)s, id, %(company)s, 40, 0, 0, 0
                  FROM res_partner WHERE id IN %(parties)s
             RETURNING id, party_id
            )
            INSERT INTO b2b_loyalty_entry
                   (account_id, program_id, party_id, company_id, kind, points, date,
                    idempotency_key, expires_on)
            SELECT a.id, %(program)s, a.party_id, %(company)s, 'earn', 10,
                   '2020-01-01', 'many:' || a.id || ':' || n, '2021-01-01'
              FROM accounts a, generate_series(1, 4) n
            """,
            {
                "program": self.program.id,
                "company": self.company.id,
                "parties": tuple(parties.ids),
            },
        )
        self.env.invalidate_all()
        start = perf_counter()
        self.expire()
        self.env.flush_all()
        took = perf_counter() - start
        self.assertLess(took, 20, "10,000 lots end in 20 s")
        print(f"10,000 lots ended in {took:.1f} s")
        self.assertFalse(self.accounts._b2b_drift())
        many = self.accounts.search([("party_id", "in", parties.ids)])
        self.assertEqual((len(many), sum(many.mapped("balance"))), (2500, 0))

    def test_balance_is_read_and_not_summed(self):
        for number in range(30):
            self.lot(10 + number, None)
        account = self.account()
        account.invalidate_recordset()
        with self.assertQueryCount(1):
            self.assertGreater(account.available, 0)
