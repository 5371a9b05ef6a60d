from odoo.tests import new_test_user, tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestDashboard(LoyaltyCase):
    def tile(self, user):
        data = self.env["b2b.dashboard"].with_user(user).get_data({})
        return next(
            (s for s in data["sections"] if s["id"] == "points_liability"), None
        )

    def test_liability_agrees_with_the_accounts(self):
        rep = new_test_user(self.env, "tile_rep", "b2b_party.group_rep")
        before = self.tile(rep)["value"]
        self.invoice(self.confirmed((self.goods, 100, 10)))
        tile = self.tile(rep)
        self.assertAlmostEqual(tile["value"] - before, 10.0)
        accounts = self.accounts.with_user(rep).search(tile["action"]["domain"])
        self.assertAlmostEqual(sum(accounts.mapped("liability")), tile["value"])

    def test_absent_for_roles_without_points(self):
        planner = new_test_user(
            self.env, "tile_planner", "b2b_party.group_delivery_planner"
        )
        self.assertIsNone(self.tile(planner))
