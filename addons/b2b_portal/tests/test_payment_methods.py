import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.b2b_pricing.tests.payment_common import PaymentMixin

from .common import TradeHttpCase

TOKEN = "0123456789abcdef" * 2


@tagged("post_install", "-at_install")
class TestPaymentMethods(TradeHttpCase, PaymentMixin):
    """Forged payments at Odoo's routes, and what the checkout offers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_providers()
        cls.cash = cls.env.ref("delivery.payment_provider_cod")
        cls.cash.write({"state": "enabled", "is_published": True})
        cls.cash.payment_method_ids.active = True
        cls.wire = cls.env.ref("payment.payment_provider_transfer")
        cls.wire.write({"state": "enabled", "is_published": True})
        cls.wire.payment_method_ids.active = True

    def _quote(self):
        order = self._make_order(require_payment=True)
        order.action_quotation_sent()
        order._portal_ensure_token()
        return order

    def _pay(self, order, provider, amount=0.01, method=None):
        """What a browser sends to Odoo's own route; anybody with the link may."""
        params = {
            "access_token": order.access_token,
            "provider_id": provider.id,
            "payment_method_id": (method or provider.payment_method_ids[:1]).id,
            "token_id": None,
            "amount": amount,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/my",
        }
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "params": params})
        headers = {"Content-Type": "application/json"}
        path = f"/my/orders/{order.id}/transaction"
        return self.url_open(path, data=body, headers=headers).json()

    def _refused(self, order, *arguments, words="is not open for"):
        with mute_logger("odoo.http"):
            answer = self._pay(order, *arguments)
        self.assertIn(words, answer["error"]["data"]["message"])
        self.assertFalse(order.transaction_ids)
        self.assertEqual(order.state, "sent")

    def test_cash_that_the_carrier_does_not_take_is_refused(self):
        """In plain Odoo this confirmed the order for 0.01."""
        order = self._quote()
        self.authenticate(None, None)
        self._refused(order, self.cash)
        self.sign_in(self.buyer)
        self._refused(order, self.cash)

    def test_a_method_that_is_not_agreed_is_refused(self):
        order = self._quote()
        self.party.b2b_payment_method_ids = self.methods["transfer"]
        self.authenticate(None, None)
        self._refused(order, self.providers["card"], order.amount_total)
        self._refused(order, self.wire, order.amount_total)
        forged = self.methods["transfer"]
        # A method that is open, at a provider that does not have it.
        self._refused(
            order,
            self.providers["card"],
            order.amount_total,
            forged,
            words="Test card does not take Test transfer. You can pay by: Test",
        )

    def test_an_amount_nobody_was_offered_is_refused(self):
        order = self._quote()
        self.authenticate(None, None)
        for amount in (0.01, order.amount_total - 0.01):
            self._refused(order, self.wire, amount, words="at least")
        for amount in (0, -5.0, float("nan"), float("inf"), 1e12):
            self._refused(order, self.wire, amount, words="more than zero")

    def test_cash_on_delivery_confirms_nothing(self):
        """Allowed by the carrier or not: goods leave on account by right only."""
        order = self._quote()
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Van",
                "fixed_price": 0.0,
                "allow_cash_on_delivery": True,
                "product_id": self.env["product.product"]
                .create({"name": "Van", "type": "service"})
                .id,
            }
        )
        order.carrier_id = carrier
        self.authenticate(None, None)
        values = self._pay(order, self.cash, order.amount_total)
        self.url_open(
            "/payment/custom/process", data={"reference": values["result"]["reference"]}
        )
        order.transaction_ids._post_process()
        self.assertEqual(order.transaction_ids.state, "pending")
        self.assertEqual(order.state, "sent")
        self.assertFalse(order.picking_ids)

    def test_wire_transfer_waits_for_the_money(self):
        self.party.b2b_payment_method_ids = self.wire.payment_method_ids
        order = self._quote()
        self.sign_in(self.buyer)
        values = self._pay(order, self.wire, order.amount_total)
        self.url_open(
            "/payment/custom/process", data={"reference": values["result"]["reference"]}
        )
        order.transaction_ids._post_process()
        self.assertEqual(order.transaction_ids.state, "pending")
        self.assertEqual(order.state, "sent")

    def test_the_page_offers_only_what_is_agreed(self):
        order = self._quote()
        self.party.b2b_payment_method_ids = self.methods["transfer"]
        self.authenticate(None, None)
        page = self.page(f"/my/orders/{order.id}?access_token={order.access_token}")
        self.assertIn("Test transfer", page.text)
        self.assertNotIn("Test card", page.text)

    # -- the checkout --------------------------------------------------------------

    def _send(self, cart, **values):
        values = {
            "token": TOKEN,
            "cart_id": cart.id,
            "seen": cart._b2b_seen(),
            "address_id": self.yard.id,
            **values,
        }
        return self.form("/trade/checkout", **values)

    def test_checkout_offers_what_the_terms_allow(self):
        cart = self._make_cart()
        self.sign_in(self.buyer)
        page = self.page("/trade/checkout").text
        self.assertIn("On account", page)
        self.assertIn("Test card, Test transfer", page)
        self.party.b2b_payment_method_ids = self.methods["transfer"]
        page = self.page("/trade/checkout").text
        self.assertNotIn("Test card", page)
        self.party.b2b_on_account = "no"
        page = self.page("/trade/checkout").text
        self.assertNotIn("On account", page)
        self.assertIn("In advance", page)
        self.assertEqual(self._send(cart).status_code, 303)
        self.assertEqual(cart.b2b_submit_state, "waiting")
        self.assertEqual(cart.b2b_open_hold_ids.mapped("code"), ["prepayment"])

    def test_in_advance_by_choice_pays_and_goes_on(self):
        cart = self._make_cart()
        self.sign_in(self.buyer)
        answer = self.json(
            "/trade/checkout/update", cart_id=cart.id, form={"pay": "advance"}, seen=""
        ).json()["result"]
        self.assertIn("paid in advance", answer["summary"])
        self.assertEqual(self._send(cart, pay="advance").status_code, 303)
        self.assertTrue(cart._b2b_awaits_prepayment())
        page = self.page(f"/trade/orders/{cart.id}").text
        self.assertIn("Pay now", page)
        self.assertIn("Test card, Test transfer", page)
        self.assertEqual(self.page(f"/my/orders/{cart.id}").status_code, 200)
        cart._portal_ensure_token()
        self._pay(cart, self.providers["card"], cart.amount_total)
        payment = cart.transaction_ids
        payment.state = "done"
        payment._check_amount_and_confirm_order()
        self.assertEqual(cart.state, "sale")

    def test_terms_in_advance_are_called_so(self):
        """An agreement that is prepaid says nothing of days after the invoice."""
        term = self.env["account.payment.term"].create({"name": "At once"})
        agreement = self.env["b2b.agreement"].create(
            {
                "name": "Prepaid",
                "party_id": self.party.id,
                "payment_term_id": term.id,
                "prepayment_percent": 100,
            }
        )
        agreement.action_run()
        cart = self._make_cart(b2b_agreement_id=agreement.id)
        self.sign_in(self.buyer)
        page = self.page("/trade/checkout").text
        self.assertIn("paid in advance", page)
        self.assertNotIn("At once after invoice", page)
        self._send(cart)
        page = self.page(f"/trade/orders/{cart.id}").text
        self.assertNotIn("invoice with the delivery, At once", page)

    def test_a_share_in_advance_is_said_where_it_is_chosen(self):
        term = self.env["account.payment.term"].create({"name": "30 Days"})
        agreement = self.env["b2b.agreement"].create(
            {
                "name": "Partly",
                "party_id": self.party.id,
                "payment_term_id": term.id,
                "prepayment_percent": 30,
            }
        )
        agreement.action_run()
        self.buyer.role_id = self.small  # asks the approver above 100.00
        cart = self._make_cart(quantity=30, b2b_agreement_id=agreement.id)
        self.sign_in(self.buyer)
        page = " ".join(self.page("/trade/checkout").text.split())
        part = self.money(cart.currency_id.round(cart.amount_total * 0.3))
        self.assertIn(f"30 % in advance ({part}), the rest on account, 30 Days", page)
        self.assertIn(f"{part} of it in advance, the rest 30 Days after", page)
        self.env.company.b2b_keep_days_buyer = 1
        self.env.company.b2b_keep_days_seller = 4
        kept = cart._b2b_keep_words(cart._b2b_checkout_state())
        self.assertEqual(self._send(cart).status_code, 303)
        self.assertEqual(
            set(cart.b2b_open_hold_ids.mapped("side")), {"buyer", "seller"}
        )
        self.assertIn(cart._b2b_when(cart.b2b_keep_until)[:-6], kept)

    def test_a_forged_choice_is_no_right(self):
        cart = self._make_cart()
        self.party.b2b_on_account = "no"
        self.sign_in(self.buyer)
        self.assertEqual(self._send(cart, pay="account").status_code, 303)
        self.assertEqual(cart.b2b_submit_state, "waiting")

    def test_a_role_without_account_pays_in_advance(self):
        self.buyer.role_id = self.small
        self.small.pay_on_account = False
        cart = self._make_cart()
        self.sign_in(self.buyer)
        page = self.page("/trade/checkout").text
        self.assertNotIn("On account", page)
        self.assertEqual(self._send(cart).status_code, 303)
        self.assertEqual(cart.b2b_open_hold_ids.mapped("code"), ["prepayment"])
