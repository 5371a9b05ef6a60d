from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from .common import MONDAY_MORNING, DeliveryCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestDashboard(DeliveryCase):
    def section(self, user):
        data = self.env["b2b.dashboard"].with_user(user).get_data({})
        return next((s for s in data["sections"] if s["id"] == "delivery_load"), None)

    def test_deliveries_by_day_agree_with_their_lists(self):
        planner = new_test_user(
            self.env, "board_planner", "b2b_party.group_delivery_planner", tz="UTC"
        )
        before = self.section(planner)["series"]
        self.order().action_confirm()
        series = self.section(planner)["series"]
        self.assertEqual(len(series), 7)
        gained = [
            after["value"] - old["value"]
            for old, after in zip(before, series, strict=True)
        ]
        self.assertEqual(gained, [0, 0, 1, 0, 0, 0, 0])
        pickings = self.env["stock.picking"].with_user(planner)
        for entry in series:
            self.assertEqual(pickings.search_count(entry["domain"]), entry["value"])

    def test_absent_without_access_to_deliveries(self):
        pricing = new_test_user(self.env, "board_pricing", "b2b_party.group_pricing")
        self.assertIsNone(self.section(pricing))
