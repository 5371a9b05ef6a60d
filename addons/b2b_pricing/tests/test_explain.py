from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestExplain(PricingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls._make_list(
            "Secret list of Brightwell",
            rules=[
                {
                    "applied_on": "0_product_variant",
                    "product_id": cls.product.id,
                    "compute_price": "fixed",
                    "min_quantity": low,
                    "fixed_price": price,
                }
                for low, price in ((0, 12.75), (10, 10.95))
            ],
        )
        cls.agreement = cls._make_agreement(pricelist_id=cls.list.id, is_default=True)

    def _steps(self, explained):
        return {step["key"]: step for step in explained["steps"]}

    def test_buyer_sees_agreement_break_and_result(self):
        line = self._make_cart(quantity=12).order_line
        explained = line.with_user(self.buyer.user_id).b2b_explain_price()
        steps = self._steps(explained)
        self.assertEqual(list(steps), ["agreement", "base", "break", "result"])
        self.assertEqual(steps["agreement"]["text"], "30 days net")
        self.assertEqual(steps["base"]["amount"], 12.75)
        self.assertAlmostEqual(steps["break"]["amount"], -1.8)
        self.assertEqual(steps["result"]["amount"], 10.95)
        self.assertEqual(explained["price"], line.price_unit)
        self.assertNotIn("Secret", str(explained))

    def test_staff_see_list_and_rule(self):
        line = self._make_cart(quantity=12).order_line
        explained = line.with_user(self.manager).b2b_explain_price()
        steps = self._steps(explained)
        self.assertIn("Secret list", steps["list"]["text"])
        self.assertIn("from 10", steps["rule"]["text"])

    def test_hand_given_discounts_are_a_step(self):
        line = self._make_cart(quantity=12).order_line
        line.discount = 10
        explained = line.with_user(self.buyer.user_id).b2b_explain_price()
        steps = self._steps(explained)
        self.assertAlmostEqual(steps["discount"]["amount"], -1.095)
        self.assertAlmostEqual(steps["result"]["amount"], 9.855)

    def test_nobody_else_and_only_with_the_right(self):
        line = self._make_cart(quantity=12).order_line
        with self.assertRaises(AccessError):
            line.with_user(self.rival.user_id).b2b_explain_price()
        self.buyer.role_id = self.env.ref("b2b_party.role_buyer").copy(
            {"see_prices": False}
        )
        with self.refuses(AccessError, "does not see prices"):
            line.with_user(self.buyer.user_id).b2b_explain_price()

    def test_staff_ask_for_any_party(self):
        ask = self.env["product.pricelist"].with_user(self.rep).b2b_explain
        explained = ask(self.product.id, 12, self.party.id)
        self.assertEqual(explained["price"], 10.95)
        self.assertEqual(ask(self.product, 1, self.rival_party)["price"], 8.0)
        self.assertEqual(
            self.public.with_user(self.rep).b2b_explain(self.product)["price"], 8.0
        )
        clerk = new_test_user(self.env, "b2b_test_clerk", "base.group_user")
        for user in (self.buyer.user_id, self.env.ref("base.public_user"), clerk):
            with self.refuses(AccessError, "sales staff"):
                self.env["product.pricelist"].with_user(user).b2b_explain(
                    self.product.id, 1, self.party.id
                )

    def test_fallback_and_missing_price(self):
        bag = self.env["product.product"].create({"name": "Bag", "list_price": 20})
        ask = self.list.with_user(self.manager).b2b_explain
        self.assertEqual(ask(bag)["price"], 20.0)
        self.public.item_ids = [
            (
                0,
                0,
                {
                    "compute_price": "percentage",
                    "percent_price": 50,
                    "base": "list_price",
                },
            )
        ]
        explained = ask(bag)
        self.assertEqual(explained["price"], 10.0)
        self.assertIn("because", self._steps(explained)["list"]["text"])
        self.assertEqual(self._steps(explained)["rule_base"]["amount"], 20.0)
        self.list.b2b_fallback = "none"
        explained = ask(bag)
        self.assertIsNone(explained["price"])
        self.assertEqual(self._steps(explained)["result"]["text"], "on request")
