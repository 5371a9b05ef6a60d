from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestBudgetLog(BudgetCase):
    """Budgets are in the log, and reps see those of their own parties."""

    def test_a_raised_budget_shows_to_the_customers_administrator(self):
        budget = self._make_budget(1000.0)
        budget.with_user(self.manager).write({"amount": 2500.0, "action": "warn"})
        entries = self.env["b2b.audit.entry"].with_user(self.owner.user_id)
        rows = entries._b2b_for_seat(self.owner, model="b2b.budget")
        amount = next(row for row in rows if row["label"] == "Amount")
        self.assertIn("1,000.00", amount["before"])
        self.assertIn("2,500.00", amount["after"])
        self.assertEqual(amount["record"], "Shop floor")
        self.assertEqual(rows[-1]["kind"], "create")

    def test_the_name_of_a_supervisor_goes_with_the_person(self):
        budget = self._make_budget(1000.0)
        budget.supervisor_ids = self.owner
        line = self.env["b2b.audit.entry"].search(
            [("model", "=", "b2b.budget"), ("field", "=", "supervisor_ids")], limit=1
        )
        self.assertIn("Marcus", line.before)
        line._b2b_erase(self.approver.person_id)
        self.assertEqual(line.before, "[erased]")
        self.assertEqual(line.record_name, "Shop floor")

    def test_own_parties_only(self):
        own = self._make_budget(1000.0)
        hidden = self._make_budget(
            500.0, party_id=self.rival_party.id, supervisor_ids=self.rival.ids
        )
        self._submit(self._make_order(quantity=2))
        self._submit(self._make_order(self.rival, quantity=2))
        self.party.b2b_rep_ids = self.rep
        self.rep.b2b_own_parties_only = True
        self.env.invalidate_all()
        for model, path in (
            ("b2b.budget", "id"),
            ("b2b.budget.period", "budget_id"),
            ("b2b.budget.entry", "budget_id"),
        ):
            with self.subTest(model=model):
                seen = self.env[model].with_user(self.rep).search([])
                every = self.env[model].search([(path, "in", (own | hidden).ids)])
                budgets = seen.mapped(path) if path != "id" else seen.ids
                self.assertIn(own.id, getattr(budgets, "ids", budgets))
                self.assertLess(len(seen), len(every) + 1)
                self.assertNotIn(hidden.id, getattr(budgets, "ids", budgets))
        with self.assertRaises(AccessError):
            hidden.with_user(self.rep).read(["amount"])
