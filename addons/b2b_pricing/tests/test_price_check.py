from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .supplier_common import SupplierCase


@tagged("post_install", "-at_install")
class TestPriceCheck(SupplierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_seller(10.0, currency_id=cls.other_currency.id)
        cls.net_list.name = "Secret list of Brightwell"
        cls.agreement = cls._make_agreement(
            "30 days net", pricelist_id=cls.net_list.id, is_default=True
        )
        cheap = cls._make_list("Prepaid", 10.8)
        cls.prepaid = cls._make_agreement("Prepaid", pricelist_id=cheap.id)
        cls.pricing = new_test_user(
            cls.env, "b2b_check_pricing", "b2b_party.group_pricing"
        )
        cls.narrow = new_test_user(cls.env, "b2b_check_rep", "b2b_party.group_rep")
        cls.narrow.b2b_own_parties_only = True
        cls.party.b2b_rep_ids = cls.narrow

    def _check(self, user=None, **values):
        model = self.env["b2b.price.check"].with_user(user or self.pricing)
        return model.b2b_check(
            **{"party_id": self.party.id, "product_id": self.product.id, **values}
        )

    def test_price_steps_and_margin(self):
        found = self._check(quantity=3)
        self.assertEqual(found["price"], 12.0)
        self.assertEqual(found["agreement_id"], self.agreement.id)
        keys = [step["key"] for step in found["steps"]]
        self.assertEqual(
            keys,
            [
                "agreement", "list", "rule", "supplier", "currency", "rule_base",
                "surcharge", "floor", "result",
            ],
        )  # fmt: skip
        amounts = {step["key"]: step["amount"] for step in found["steps"]}
        self.assertEqual(amounts["supplier"], 10.0)
        self.assertAlmostEqual(amounts["currency"], 8.0)
        self.assertAlmostEqual(amounts["surcharge"], 12.0)
        self.assertTrue(found["agrees"])
        self.assertAlmostEqual(found["margin"], 1 / 3)
        self.assertIn("8.00", found["cost_text"])

    def test_without_the_right_no_cost_in_any_word(self):
        found = self._check(self.rep, quantity=3)
        self.assertEqual(found["price"], 12.0)
        self.assertFalse(found["sees_cost"])
        self.assertEqual(
            [step["key"] for step in found["steps"]],
            ["agreement", "list", "rule", "result"],
        )
        for secret in ("8.00", "10.00", "50 %", "Meridian", "margin"):
            self.assertNotIn(secret, str(found))
        buyer = str(found["buyer_steps"])
        self.assertNotIn("Secret", buyer)

    def test_other_agreements_and_breaks(self):
        ended = self._make_agreement(
            "Spring range",
            date_start=self._day(-90),
            date_end=self._day(-10),
        )
        others = self._check()["others"]
        self.assertEqual([row["name"] for row in others], ["Prepaid", ended.name])
        self.assertEqual(others[0]["note"], "−10.0 %")
        self.assertIn("ended", others[1]["note"])
        under = self._check(agreement_id=self.prepaid.id)
        self.assertEqual(under["price"], 10.8)
        self.assertEqual(self._check(agreement_id=False)["price"], 8.0)
        self._make_seller(9.0, min_qty=24, currency_id=self.other_currency.id)
        breaks = self._check(quantity=30)["breaks"]
        self.assertEqual([row["label"] for row in breaks], ["1–23", "24+"])
        self.assertEqual([row["reached"] for row in breaks], [False, True])

    def test_day_decides(self):
        self.agreement.date_end = self._day(5)
        later = self._check(date=str(self._day(6)))
        self.assertNotEqual(later["agreement_id"], self.agreement.id)
        with self.refuses(UserError, "cannot use this agreement"):
            self._check(date=str(self._day(6)), agreement_id=self.agreement.id)

    def test_second_party_for_pricing_only(self):
        own = self._make_list("Of the rival", 11.0)
        self._make_agreement(
            "Other",
            party_id=self.rival_party.id,
            pricelist_id=own.id,
            is_default=True,
        )
        found = self._check(compare_id=self.rival_party.id)
        self.assertEqual(found["compare"]["name"], self.rival_party.name)
        self.assertEqual(len(found["compare"]["rows"]), 1)
        self.assertIn("pays less", found["compare"]["rows"][0]["word"])
        for user in (self.rep, self.manager):
            with self.refuses(AccessError, "pricing role"):
                self._check(user, compare_id=self.rival_party.id)
            self.assertFalse(self._check(user)["may_compare"])

    def test_own_parties_only(self):
        self.assertEqual(self._check(self.narrow)["price"], 12.0)
        for other in (self.rival_party.id, 99999999):
            with self.refuses(AccessError, "choose one of yours"):
                self._check(self.narrow, party_id=other)

    def test_nobody_else(self):
        clerk = new_test_user(self.env, "b2b_check_clerk", "base.group_user")
        for user in (self.buyer.user_id, self.env.ref("base.public_user"), clerk):
            with self.refuses(AccessError, "sales staff"):
                self._check(user)

    def test_bad_input(self):
        for values, words in (
            ({"quantity": "x"}, "from 0 to 999,999"),
            ({"quantity": -1}, "from 0 to 999,999"),
            ({"quantity": "nan"}, "from 0 to 999,999"),
            ({"date": "31.12."}, "is no date"),
            ({"product_id": False}, "Choose a party"),
        ):
            with self.refuses(UserError, words):
                self._check(**values)

    def test_smallest_quantity_is_the_customers(self):
        self.env["b2b.quantity.rule"].create(
            {
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "party_id": self.party.id,
                "multiple": 6,
            }
        )
        self.assertEqual(self._check()["quantity"], 6)
        asked = self._check(quantity=7)
        self.assertIn("7 → 12", asked["quantity_note"])
        # Priced is what can be ordered.
        self.assertEqual(asked["quantity"], 12)

    def test_ends_within_30_days(self):
        self.agreement.date_end = self.today + timedelta(days=20)
        view = self.env.ref("b2b_pricing.b2b_agreement_view_search")
        self.assertIn('name="expiring"', view.arch)
        found = self.env["b2b.agreement"].search(
            [
                ("state", "=", "running"),
                ("date_end", ">=", "today"),
                ("date_end", "<=", "+30d"),
            ]
        )
        self.assertIn(self.agreement, found)
        self.assertNotIn(self.prepaid, found)
