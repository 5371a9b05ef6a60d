from odoo.tests import tagged

from ..builder.credit import BRIGHTWELL_LEFT, LIMITS
from .common import DemoCase


@tagged("post_install", "-at_install")
class TestCredit(DemoCase):
    def _exposure(self, key):
        account = self.get(f"credit_{key}")
        return account._b2b_exposures(fresh=True)[account.id]

    def test_counters_movements_and_orders_agree(self):
        self.assertEqual(self.env["b2b.credit.account"]._b2b_credit_drift(), [])

    def test_brightwell_has_what_the_pictures_show(self):
        exposure = self._exposure("brightwell")
        paid = self.get("order_points_paid").amount_total  # made after the pictures
        self.assertAlmostEqual(exposure.available, BRIGHTWELL_LEFT - paid)
        self.assertEqual(exposure.limit % 500, 0)
        self.assertGreater(exposure.overdue, 0)
        self.assertGreater(exposure.confirmed, 0)

    def test_one_is_nearly_at_its_limit_and_an_order_waits(self):
        exposure = self._exposure("oak_thistle")
        self.assertTrue(90 < exposure.percent <= 100, exposure)
        hold = self.get("order_credit_hold").b2b_open_hold_ids
        self.assertEqual(hold.mapped("code"), ["credit"])
        user = self.get("user_credit")
        self.assertTrue(hold.with_user(user).can_decide)
        self.assertIn(user, hold.order_id.activity_ids.user_id)

    def test_one_is_overdue_one_pays_in_advance_one_is_shared(self):
        larkspur = self.get("credit_larkspur")
        self.assertGreater(larkspur.overdue, larkspur.overdue_ignored)
        self.assertTrue(self._exposure("blum").prepaid_only)
        members = self.get("credit_group")._b2b_parties()
        self.assertIn(self.get("party_larkspur"), members)
        self.assertEqual(set(LIMITS) & {"brightwell", "oak_thistle"}, set())
