from unittest.mock import patch

from odoo.tests import tagged

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestPrepaymentPage(TradeHttpCase):
    """Bank data, sum, reference and date on the page of a prepaid order."""

    def setUp(self):
        super().setUp()
        self.env.company.partner_id.bank_ids.active = False
        self.env["res.partner.bank"].create(
            {
                "acc_number": "GB33BUKB20201555555555",
                "partner_id": self.env.company.partner_id.id,
            }
        )
        agreement = self.env["b2b.agreement"].create(
            {
                "name": "Half in advance",
                "party_id": self.party.id,
                "prepayment_percent": 50.0,
            }
        )
        agreement.action_run()
        self.startPatcher(
            patch.object(
                type(self.env["ir.actions.report"]),
                "get_wkhtmltopdf_state",
                return_value="install",
            )
        )
        self.agreement = agreement

    def _submit(self, **values):
        cart = self._make_cart(b2b_agreement_id=self.agreement.id, **values)
        cart.write({"b2b_orderer_id": self.buyer.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit()
        self.assertEqual(cart.b2b_submit_state, "waiting")
        return cart

    def test_where_how_much_and_until_when(self):
        order = self._submit()
        self.sign_in(self.buyer)
        page = self.page(f"/trade/orders/{order.id}").text
        for words in (
            order.sudo()._b2b_prepayment_bank().acc_number,
            "waits for your payment",
            order.b2b_prepayment_reference,
            self.money(10.0),
            "Pro-forma",
        ):
            self.assertIn(words, page)
        self.assertNotIn("do not pay", page)
        paper = self.page(f"/trade/orders/{order.id}/document").text
        self.assertIn(order.b2b_prepayment_reference, paper)

    def test_nothing_to_pay_before_the_approval(self):
        self.buyer.role_id = self.small
        order = self._submit(quantity=30)
        self.sign_in(self.buyer)
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn("Do not pay yet", page)
        self.assertNotIn(order.sudo()._b2b_prepayment_bank().acc_number, page)
        paper = self.page(f"/trade/orders/{order.id}/document").text
        self.assertNotIn(order.sudo()._b2b_prepayment_bank().acc_number, paper)

    def test_too_late_to_pay(self):
        order = self._submit()
        order._b2b_expire()
        self.sign_in(self.buyer)
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn("The payment did not come in time.", page)
        self.assertIn("not in time", page)
        for words in (
            "not needed",
            "Nobody decided",
            order.sudo()._b2b_prepayment_bank().acc_number,
        ):
            self.assertNotIn(words, page)

    def test_a_rival_sees_none_of_it(self):
        order = self._submit()
        self.sign_in(self.rival)
        for path in ("", "/document"):
            self.assertRefused(self.page(f"/trade/orders/{order.id}{path}"), 404)

    def test_a_block_asks_nobody_for_money(self):
        order = self._submit()
        payment = self.env["payment.transaction"].create(
            {
                "provider_id": self.env.ref("payment.payment_provider_transfer").id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "amount": 10.0,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": order.name,
                "sale_order_ids": [(6, 0, order.ids)],
                "state": "pending",
            }
        )
        order.sudo().state = "sent"
        self.assertEqual(order.get_portal_last_transaction(), payment)
        self.party.b2b_state = "blocked"
        self.assertFalse(order.get_portal_last_transaction())
        self.sign_in(self.buyer)
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn("Do not pay now: orders of", page)
        self.assertNotIn("has approved the order", page)
        self.assertNotIn("Your payment was received", page)
        payment.state = "done"
        self.assertEqual(order.get_portal_last_transaction(), payment)
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn("Your payment was received", page)
