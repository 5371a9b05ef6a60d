from odoo.tests import tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestAgreementRenewal(PricingCase):
    """An open order whose agreement has ended goes on, at prices that count now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls._make_list("Brightwell", 7.0)
        cls.agreement = cls._make_agreement(pricelist_id=cls.list.id, is_default=True)
        cls.cart = cls._make_cart(quantity=2)

    def _buyer_text(self):
        found = {f.code: f.text_for_buyer for f in self.cart._b2b_findings()}
        return found["agreement"]

    def _new_version(self, price):
        version = self.agreement.browse(self.agreement.action_new_version()["res_id"])
        version.pricelist_id = self._make_list("Brightwell, new", price)
        version.date_start = self.today
        version.action_run()
        return version

    def test_the_next_version_takes_the_place(self):
        version = self._new_version(6.0)
        self.assertEqual(self.agreement.state, "closed")
        self.assertIn("go on under", self._buyer_text())
        self.cart._b2b_renew_agreement()
        self.assertEqual(self.cart.b2b_agreement_id, version)
        self.assertEqual(self.cart.b2b_agreement_before_id, self.agreement)
        self.assertEqual(self.cart.order_line.price_unit, 6.0)
        self.assertNotIn("agreement", {f.code for f in self.cart._b2b_findings()})

    def test_else_what_a_new_order_would_get(self):
        other = self._make_agreement(
            "Prepaid", pricelist_id=self._make_list("Prepaid", 6.5).id
        )
        self.agreement.action_close()
        self.assertIn("“Prepaid”", self._buyer_text())
        self.cart._b2b_renew_agreement()
        self.assertEqual(self.cart.b2b_agreement_id, other)
        self.assertEqual(self.cart.order_line.price_unit, 6.5)

    def test_else_without_an_agreement(self):
        self.agreement.action_close()
        self.assertIn("at your usual prices", self._buyer_text())
        self.cart._b2b_renew_agreement()
        self.assertFalse(self.cart.b2b_agreement_id)
        self.assertEqual(self.cart.pricelist_id, self.public)
        self.assertEqual(self.cart.order_line.price_unit, 8.0)

    def test_one_that_can_be_used_stays(self):
        self._make_agreement("Prepaid", pricelist_id=self._make_list("P", 6.5).id)
        self.cart._b2b_renew_agreement()
        self.assertEqual(self.cart.b2b_agreement_id, self.agreement)
        self.assertFalse(self.cart.b2b_agreement_changed_at)
