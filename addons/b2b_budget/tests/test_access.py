from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BudgetCase

MODELS = ("b2b.budget", "b2b.budget.period", "b2b.budget.entry")


@tagged("post_install", "-at_install")
class TestAccess(BudgetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._make_budget()
        cls.order = cls._make_order(quantity=7)
        cls.order.sudo()._b2b_submit()
        cls.records = (cls.budget, cls.budget.period_ids, cls.budget.entry_ids)

    def test_portal_and_plain_users_get_nothing(self):
        plain = new_test_user(self.env, "b2b_plain", "base.group_user")
        for user in (self.buyer.user_id, self.owner.user_id, self.rival.user_id, plain):
            for records in self.records:
                with self.subTest(user=user.name, model=records._name):
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        records.with_user(user).read(["amount"])
                    with self.assertRaises(AccessError):
                        records.with_user(user).search([])

    def test_buttons_ask_for_rights(self):
        for user in (self.buyer.user_id, self.rival.user_id):
            with self.assertRaises(AccessError):
                self.party.with_user(user).action_b2b_budgets()
            with self.assertRaises(AccessError):
                self.order.with_user(user).action_b2b_budget_entries()

    def test_rep_reads(self):
        for records in self.records:
            self.assertTrue(records.with_user(self.rep).read(["amount"]))
        with self.assertRaises(AccessError):
            self.budget.with_user(self.rep).amount = 5
        with self.assertRaises(AccessError):
            self.budget.with_user(self.rep).copy()

    def test_credit_and_manager_write(self):
        credit = new_test_user(self.env, "b2b_credit", "b2b_party.group_credit")
        for user in (credit, self.manager):
            budget = self.budget.with_user(user)
            budget.amount += 5
            copy = budget.copy()
            self.assertFalse(copy.entry_ids)
            copy.unlink()

    def test_nobody_writes_counters_and_movements(self):
        admin = new_test_user(self.env, "b2b_admin", "b2b_party.group_administrator")
        for records in self.records[1:]:
            for operation in ("create", "write", "unlink"):
                self.assertFalse(records.with_user(admin).has_access(operation))

    def test_other_companies_see_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(
            self.env,
            "b2b_other",
            "b2b_party.group_sales_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model in MODELS:
            found = self.env[model].with_user(user).search([])
            self.assertFalse(
                found
                & self.env[model]
                .browse(found.ids)
                .filtered(lambda r: r.company_id != other)
            )
            mine = self.env[model].search([("company_id", "=", self.env.company.id)])
            with self.assertRaises(AccessError):
                mine.with_user(user).read(["company_id"])

    def test_orders_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other"})
        elsewhere = self._make_budget(company_id=other.id, amount=5)
        self.order._b2b_sync_budgets()
        self.assertFalse(elsewhere.entry_ids)
        self.assertNotIn(elsewhere, self.env["b2b.budget"]._b2b_for_order(self.order))

    def test_buyer_submits_and_approver_decides_as_themselves(self):
        budget = self._make_budget(amount=10, name="Small", action="authorize")
        order = self._make_order(quantity=3)
        holds = self._submit(order)["holds"]
        with self.assertRaises(AccessError):
            self._decide(holds, seat=self.rival)
        with self.assertRaises(AccessError):
            self._decide(holds, seat=self.buyer)
        self._decide(holds)
        entry = self._entries(budget)
        self.assertEqual(entry.user_id, self.approver.user_id)
        self.assertEqual(entry.seat_id, self.buyer)

    def test_rep_confirms_for_the_customer(self):
        order = self._make_order(quantity=3).with_user(self.rep)
        order.sudo().user_id = self.rep
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertBooked(self.budget, 100.0)
        self.assertEqual(self._entries(self.budget)[-1].user_id, self.rep)
