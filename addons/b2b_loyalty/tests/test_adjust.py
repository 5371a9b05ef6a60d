from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestAdjust(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = new_test_user(cls.env, "points_keeper", "b2b_party.group_loyalty")
        cls.rep = new_test_user(cls.env, "points_rep", "b2b_party.group_sales_manager")

    def wizard(self, **vals):
        return (
            self.env["b2b.loyalty.adjust"]
            .with_user(self.keeper)
            .create(
                {
                    "program_id": self.program.id,
                    "party_id": self.party.id,
                    "points": 120,
                    "reason": "Promised on the fair",
                    **vals,
                }
            )
        )

    def test_correction_is_booked_with_reason_and_name(self):
        self.wizard().action_apply()
        self.assert_points(120, 0)
        entry = self.account().entry_ids
        self.assertEqual((entry.kind, entry.points), ("adjust", 120))
        self.assertEqual(entry.reason, "Promised on the fair")
        self.assertEqual(entry.user_id, self.keeper)

    def test_double_click_is_one_correction(self):
        wizard = self.wizard()
        wizard.action_apply()
        wizard.action_apply()
        self.assert_points(120, 0)
        self.wizard().action_apply()
        self.assert_points(240, 0)

    def test_more_than_an_account_holds(self):
        for _turn in range(21):
            self.wizard(points=100_000_000).action_apply()
        with self.assertRaisesRegex(
            UserError, "more than an account of “Trade points”"
        ):
            self.wizard(points=100_000_000).action_apply()
        self.assert_points(2_100_000_000, 0)
        with self.assertRaisesRegex(UserError, "is no correction"):
            self.wizard(points=3_000_000_000)

    def test_taking_away_may_go_below_zero(self):
        self.wizard(points=-30).action_apply()
        self.assert_points(-30, 0)

    def test_nonsense_is_refused(self):
        for vals in ({"points": 0}, {"points": 10**9}, {"reason": "  "}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.wizard(**vals).action_apply()
        self.assertFalse(self.account().entry_ids)

    def test_form_shows_the_effect(self):
        self.wizard().action_apply()
        form = Form(self.env["b2b.loyalty.adjust"].with_user(self.keeper))
        form.party_id = self.party
        form.program_id = self.program
        form.points = -20
        self.assertEqual((form.balance, form.balance_after), (120, 100))

    def test_only_the_loyalty_role(self):
        with self.assertRaises(AccessError):
            self.wizard().with_user(self.rep).action_apply()

    def test_points_that_orders_wait_with_stay(self):
        self.wizard(points=1000).action_apply()
        account = self.account()
        self.accounts._b2b_book(
            [
                {
                    "account_id": account.id,
                    "kind": "reserve",
                    "points": 700,
                    "date": self.env.cr.now().date(),
                    "idempotency_key": "reserve:test",
                }
            ]
        )
        wizard = self.wizard(points=-301)
        self.assertEqual(wizard.reserved, 700)
        with self.assertRaisesRegex(UserError, "700 of 1,000 points .* at most 300"):
            wizard.action_apply()
        self.wizard(points=-300).action_apply()
        self.assert_points(700, 0)
