import csv
import io
from datetime import timedelta

import openpyxl

from odoo import fields
from odoo.tests import tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestBudgetPages(TradeHttpCase):
    """Past periods, all movements, files, and how many queries they cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._make_budget("Shop floor")
        cls.order = cls._make_order(quantity=3)
        cls.order.action_confirm()

    @classmethod
    def _make_budget(cls, name, **values):
        values = {
            "name": name,
            "party_id": cls.party.id,
            "amount": 100.0,
            "start_date": False,
            "currency_id": cls.env.company.currency_id.id,
            **values,
        }
        return cls.env["b2b.budget"].create(values)

    def setUp(self):
        super().setUp()
        self.sign_in(self.owner)

    def _make_past(self, budget):
        """Put the running period some months back."""
        self.env.flush_all()
        start = fields.Date.today().replace(day=1) - timedelta(days=60)
        start = start.replace(day=1)
        self.env.cr.execute(
            "UPDATE b2b_budget_period SET date_from = %s, date_to = %s "
            "WHERE budget_id = %s",
            [start, start + timedelta(days=27), budget.id],
        )
        self.env.invalidate_all()
        return start

    def test_past_periods(self):
        self.assertIn("No period is over yet", self.page("/trade/budgets?past=1").text)
        start = self._make_past(self.budget)
        page = self.page("/trade/budgets?past=1").text
        self.assertIn(self.order.name, page)
        self.assertIn(self.money(70), page)
        path = f"/trade/budgets/{self.budget.id}?past=1&day={start}"
        self.assertIn(self.order.name, self.page(path).text)
        self.assertNotIn(self.order.name, self.page(path.split("?")[0]).text)
        for day in ("x", "9999-12-31"):
            answer = self.page(f"/trade/budgets/{self.budget.id}?day={day}")
            self.assertRefused(answer, 404)

    def test_archived_budgets_stay_readable(self):
        self.budget.active = False
        self.assertNotIn("Shop floor", self.page("/trade/budgets").text)
        page = self.page("/trade/budgets?past=1").text
        self.assertIn("Shop floor", page)
        self.assertIn("archived", page)
        self.sign_in(self.rival)
        self.assertNotIn("Shop floor", self.page("/trade/budgets?past=1").text)

    def test_export(self):
        path = f"/trade/budgets/{self.budget.id}/export"
        answer = self.page(f"{path}?kind=csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        self.assertEqual(rows[1][1], self.order.name)
        self.assertEqual(float(rows[1][4]), -30.0)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        book = openpyxl.load_workbook(io.BytesIO(self.page(path).content))
        self.assertEqual(book.sheetnames, ["Movements", "By person"])
        self.assertEqual(book["By person"]["A2"].value, "Hannah")
        self.assertEqual(book["By person"]["B2"].value, 30)
        self.assertRefused(self.page(f"{path}?kind=exe"), 404)
        self.sign_in(self.rival)
        self.assertRefused(self.page(path), 404)

    def test_a_buyer_exports_his_own_movements_only(self):
        other = self._make_seat(self.party, "Owen", "buyer")
        self._make_order(other, quantity=1).action_confirm()
        self.sign_in(self.buyer)
        text = self.page(f"/trade/budgets/{self.budget.id}/export?kind=csv").text
        self.assertIn("Hannah", text)
        self.assertNotIn("Owen", text)

    def test_no_formula_leaves_in_a_file(self):
        self.buyer.person_id.name = "=cmd()"
        text = self.page(f"/trade/budgets/{self.budget.id}/export?kind=csv").text
        self.assertIn("'=cmd()", text)

    def test_a_mails_link_offers_the_other_seat(self):
        other = self._make_party("Larkspur Gifts")
        role = self.env.ref("b2b_party.role_administrator")
        email = self.owner.person_id.email
        seat = self.env["b2b.seat"]._b2b_create_login(other, "Priya", email, role)
        theirs = self._make_budget("Gifts", party_id=other.id)
        page = self.page(f"/trade/budgets/{theirs.id}").text
        self.assertIn("Switch to", page)
        self.assertNotIn("Gifts · ", page)
        answer = self.form(
            "/trade/switch", target_seat_id=seat.id, go=f"/trade/budgets/{theirs.id}"
        )
        self.assertTrue(answer.headers["Location"].endswith(f"budgets/{theirs.id}"))
        self.assertIn("Gifts · ", self.page(f"/trade/budgets/{theirs.id}").text)
        strangers = self._make_budget("Lager", party_id=self.rival_party.id)
        self.assertRefused(self.page(f"/trade/budgets/{strangers.id}"), 404)

    def test_which_mails_were_sent(self):
        self.env.cr.precommit.run()
        page = self.page("/trade/budgets").text
        self.assertIn("Mails at 50 %, 80 %, 100 %", page)

    def test_where_a_waiting_order_counts(self):
        asks = self._make_budget("Small", amount=10, action="authorize")
        order = self._make_order(quantity=5)
        order.with_user(self.buyer.user_id).sudo()._b2b_submit()
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn(f"{self.money(50)} not reserved: it waits for this budget", page)
        self.assertIn(f"{self.money(50)} reserved until the decision", page)
        self.assertEqual(asks._b2b_status()["pending"], 0)
        done = self.page(f"/trade/orders/{self.order.id}").text
        self.assertIn(f"{self.money(30)} booked", done)

    def test_pages_cost_the_same_for_many_budgets(self):
        paths = (
            "/trade/budgets",
            "/trade/budgets?past=1",
            f"/trade/budgets/{self.budget.id}",
        )
        self._make_past(self._make_budget("Old"))

        def costs():
            found = []
            for path in paths:
                self.page(path)
                before = self.env.cr.sql_log_count
                self.page(path)
                found.append(self.env.cr.sql_log_count - before)
            return found

        few = costs()
        self.assertLessEqual(max(few), 40, few)
        for number in range(60):
            self._make_past(self._make_budget(f"Budget {number}"))
        many = costs()
        self.assertEqual(many[0], few[0])
        self.assertLessEqual(max(many), 40, many)
