from odoo.tests import tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import TradeHttpCase

TOKEN = "0123456789abcdef" * 2


@tagged("post_install", "-at_install")
class TestTaxFacts(TradeHttpCase):
    """Carts follow the facts that decide about their tax, also when they come back."""

    def setUp(self):
        super().setUp()
        self.abroad = self.env.ref("base.de")
        self.yard.country_id = self.env.company.country_id
        self.export = self.env["account.fiscal.position"].create(
            {
                "name": "To Germany",
                "auto_apply": True,
                "country_id": self.abroad.id,
                "sequence": 0,
            }
        )
        self.tax = self.env["account.tax"].create({"name": "20 %", "amount": 20})
        self.product.taxes_id = self.tax
        self.cart = self._make_cart(partner_shipping_id=self.yard.id)
        self.cart.order_line.tax_ids = self.tax
        self.home = self.cart.fiscal_position_id
        self.sign_in(self.buyer)

    def send(self, **values):
        values = {"token": TOKEN, "cart_id": self.cart.id, "po": "PO 1", **values}
        values.setdefault("seen", self.cart._b2b_seen())
        return self.form("/trade/checkout", address_id=self.yard.id, **values)

    def assertTaxed(self, taxed):
        self.env.invalidate_all()
        position = self.home if taxed else self.export
        self.assertEqual(self.cart.fiscal_position_id, position)
        self.assertEqual(bool(self.cart.amount_tax), taxed)

    def test_a_cart_follows_and_its_page_shows_it(self):
        self.assertTaxed(True)
        self.yard.with_user(self.manager).country_id = self.abroad
        self.assertTaxed(False)
        self.assertIn(self.money(20), self.page("/trade/checkout").text)

    def test_a_deleted_cart_follows_when_it_comes_back(self):
        self.cart._b2b_cart_delete()
        self.yard.country_id = self.abroad
        self.assertTaxed(True)
        context = self.env["b2b.portal.context"].with_user(self.buyer.user_id)
        self.cart._b2b_cart_restore(context._b2b_build())
        self.assertTaxed(False)

    def test_what_waits_stays_and_follows_when_it_comes_back(self):
        self.buyer.role_id = self.small
        self.cart.order_line.product_uom_qty = 30
        self.assertEqual(self.send().status_code, 303)
        self.assertEqual(self.cart.b2b_submit_state, "waiting")
        self.yard.country_id = self.abroad
        self.assertTaxed(True)
        self.cart._b2b_end_submission("failed", "asked_back")
        self.assertTaxed(False)

    def test_what_the_buyer_sends_himself_follows_all_rules(self):
        """Whatever way the position became another one."""
        self.cart.fiscal_position_id = self.export
        self.assertTaxed(False)
        self.assertEqual(self.send().status_code, 409, "the total is another one")
        self.assertTaxed(True)
        self.assertEqual(self.send().status_code, 303)
        self.assertEqual(self.cart.b2b_submit_state, "done")
        self.assertTaxed(True)

    def test_an_offer_with_a_typed_position_is_not_accepted(self):
        rep = self.manager
        offer = self._make_cart(b2b_is_cart=False, partner_shipping_id=self.yard.id)
        offer.order_line.tax_ids = self.tax
        offer.with_user(rep).fiscal_position_id = self.export
        offer.state = "sent"
        with self.assertRaises(GateBlocked):
            offer.with_user(self.buyer.user_id).sudo().action_confirm()
        self.assertEqual(offer.state, "sent")
        offer.with_user(rep).fiscal_position_id = self.home
        offer.with_user(self.buyer.user_id).sudo().action_confirm()
        self.assertEqual(offer.state, "sale")
