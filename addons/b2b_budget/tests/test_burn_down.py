from freezegun import freeze_time

from odoo.tests import tagged

from .common import BudgetCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-15 10:00:00")
class TestBurnDown(BudgetCase):
    """The picture on the form: figures of the rule, people, latest movements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.taxes_id = False
        cls.budget = cls._make_budget(300.0, period="month", tz="UTC")

    def _confirmed(self, quantity, seat=None):
        order = self._make_order(seat=seat, quantity=quantity)
        order.order_line.tax_ids = False
        order.action_confirm()
        self.env.flush_all()
        return order

    def test_what_is_left_day_by_day(self):
        with freeze_time("2026-11-03 10:00:00"):
            self._confirmed(9)
        self._confirmed(12)
        data = self.budget._b2b_burn_down()
        self.assertEqual(
            (data["amount"], data["used"], data["left"]), (300.0, 210.0, 90.0)
        )
        left = {row["date"]: row["left"] for row in data["series"]}
        self.assertEqual(len(left), 30)
        self.assertEqual(left["2026-11-02"], 300.0)
        self.assertEqual(left["2026-11-03"], 210.0)
        self.assertEqual(left["2026-11-15"], 90.0)
        self.assertIsNone(left["2026-11-16"])
        # 15 of 30 days: 150 of 300 would be even, 210 are gone.
        self.assertTrue(data["ahead"])
        self.assertIn("60.00", data["pace"])
        self.assertIn("it ends on 22 Nov", data["pace"])

    def test_behind_an_even_pace_it_lasts(self):
        self._confirmed(1)
        data = self.budget._b2b_burn_down()
        self.assertFalse(data["ahead"])
        self.assertIn("it lasts", data["pace"])

    def test_a_row_for_each_person(self):
        self._confirmed(2)
        self._confirmed(3, seat=self.owner)
        people = self.budget._b2b_burn_down()["people"]
        self.assertEqual(
            [(row["name"], row["used"], row["party"]) for row in people],
            [
                (self.owner.person_id.name, 30.0, ""),
                (self.buyer.person_id.name, 20.0, ""),
            ],
        )

    def test_nothing_to_draw(self):
        self.assertFalse(self.env["b2b.budget"].new({"amount": 5.0}).burn_down)
        none = self._make_budget(0.0, max_order_amount=50.0)
        self.assertFalse(none.burn_down)

    def test_the_form_reads_a_few_movements_whatever_their_number(self):
        for quantity in (1, 2, 3):
            self._confirmed(quantity)
        latest = self.budget.recent_entry_ids
        self.assertEqual(latest.mapped("amount"), [30.0, 20.0, 10.0])
        arch = self.env["b2b.budget"].get_view(view_type="form")["arch"]
        self.assertIn("recent_entry_ids", arch)
        self.assertNotIn('"entry_ids"', arch)
