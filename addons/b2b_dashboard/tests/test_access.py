from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestAccess(DashboardCase):
    def test_portal_users_are_refused(self):
        portal = new_test_user(self.env, "b2b_dash_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self._data(portal)

    def test_rep_counts_what_his_lists_show(self):
        self._sell("2026-11-03", 40.0)
        self._sell("2026-11-04", 60.0, party=self.other, user_id=self.manager.id)
        self.assertEqual(self._sections(self.manager)["sales_net"]["value"], 100.0)
        tile = self._sections(self.rep)["sales_net"]
        orders = self.env["sale.order"].with_user(self.rep)
        seen = orders.search(tile["action"]["domain"])
        self.assertEqual(tile["value"], sum(seen.mapped("b2b_net_company")))
        self.assertLess(tile["value"], 100.0)

    def test_my_parties(self):
        self._sell("2026-11-03", 40.0)
        self._sell("2026-11-04", 60.0, party=self.other)
        self.assertEqual(self._sections(mine=True)["sales_net"]["value"], 0.0)
        self.party.b2b_rep_ids |= self.manager
        self.assertEqual(self._sections(mine=True)["sales_net"]["value"], 40.0)
        self.other.user_id = self.manager
        self.assertEqual(self._sections(mine=True)["sales_net"]["value"], 100.0)

    def test_margin_and_cost_are_for_pricing_and_managers(self):
        order = self._sell("2026-11-03", 40.0)
        self.assertIn("margin", self._sections(self.manager))
        self.assertIn("margin", self._sections(self.pricing))
        sections = self._sections(self.rep)
        self.assertNotIn("margin", sections)
        keys = [column["key"] for column in sections["best_parties"]["columns"]]
        self.assertNotIn("margin", keys)
        with self.assertRaises(AccessError):
            order.with_user(self.rep).read(["b2b_cost_company"])

    def test_user_without_a_role_gets_an_empty_page(self):
        nobody = new_test_user(self.env, "b2b_dash_nobody", "base.group_user")
        ids = self._sections(nobody)
        self.assertNotIn("sales_net", ids)
        self.assertNotIn("receivables", ids)

    def test_pricing_reads_orders_and_changes_none(self):
        draft = self.env["sale.order"].create({"partner_id": self.party.id})
        self.assertEqual(draft.with_user(self.pricing).b2b_net_company, 0.0)
        with self.assertRaises(AccessError):
            draft.with_user(self.pricing).write({"note": "x"})

    def test_other_company_does_not_count(self):
        self._sell("2026-11-03", 40.0)
        second = self.env["res.company"].create({"name": "Second"})
        self.manager.company_ids |= second
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": second.ids}
        )
        self.assertEqual(self._sections()["sales_net"]["value"], 0.0)

    def test_queries_do_not_grow_with_orders_and_parties(self):
        self._sell("2026-11-03", 40.0)
        self._sections()
        self.env.flush_all()
        few = self._count_queries()
        for number in range(12):
            party = self._make_party(f"Party {number}")
            for day in (2, 6, 10, 14):
                self._sell(f"2026-11-{day:02}", 50.0, party=party)
                self._sell(f"2026-05-{day:02}", 50.0, party=party)
        self.env.flush_all()
        self.assertLessEqual(self._count_queries(), few + 1)
        self.assertLessEqual(few, 40)

    def _count_queries(self):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._sections()
        return self.env.cr.sql_log_count - before

    def test_uninstalling_leaves_no_dangling_action(self):
        from ..hooks import uninstall_hook

        menu = self.env.ref("b2b_party.menu_dashboard")
        self.assertEqual(menu.action.tag, "b2b_dashboard")
        self.assertEqual(menu.action.path, "b2b")
        uninstall_hook(self.env)
        self.assertFalse(menu.action)
