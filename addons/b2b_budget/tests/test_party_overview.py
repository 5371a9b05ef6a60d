from odoo.tests import new_test_user, tagged

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestPartyOverview(BudgetCase):
    def _budgets(self, user):
        sections = self.party.with_user(user).b2b_overview()["sections"]
        return next((s for s in sections if s["id"] == "budgets"), None)

    def test_running_budgets_stand_on_the_overview_the_fullest_first(self):
        self._make_budget(amount=1000.0, name="Leeds")
        full = self._make_budget(amount=100.0)
        self._submit(self._make_order(quantity=9))
        section = self._budgets(self.manager)
        self.assertEqual(section["rows"][0]["amount"], "90 %")
        self.assertEqual(section["rows"][0]["tone"], "warn")
        self.assertEqual(section["rows"][0]["action"]["res_id"], full.id)
        self.assertEqual(section["rows"][1]["tone"], "steel")
        self.assertEqual(section["link"]["text"], "All 2")

    def test_who_may_not_read_budgets_sees_none(self):
        self._make_budget()
        pricing = new_test_user(self.env, "b2b_test_pri", "b2b_party.group_pricing")
        self.assertIsNone(self._budgets(pricing))
