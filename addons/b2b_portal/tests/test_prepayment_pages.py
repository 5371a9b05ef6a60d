import json
from unittest.mock import patch

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.b2b_pricing.tests.payment_common import PaymentMixin

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestPrepaymentPages(TradeHttpCase, PaymentMixin):
    """One figure of what is paid and missing, on every page; an order of 20.00 half of
    which is paid in advance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_providers()
        cls.wire = cls.env.ref("payment.payment_provider_transfer")
        cls.wire.write({"state": "enabled", "is_published": True})
        cls.wire.payment_method_ids.active = True

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(
                type(self.env["ir.actions.report"]),
                "get_wkhtmltopdf_state",
                return_value="install",
            )
        )
        self.agreement = self.env["b2b.agreement"].create(
            {
                "name": "Half in advance",
                "party_id": self.party.id,
                "prepayment_percent": 50.0,
            }
        )
        self.agreement.action_run()

    def _submit(self, quantity=2, **values):
        cart = self._make_cart(
            quantity=quantity, b2b_agreement_id=self.agreement.id, **values
        )
        cart.write({"b2b_orderer_id": self.buyer.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit()
        cart._portal_ensure_token()
        self.assertEqual(cart.b2b_submit_state, "waiting")
        return cart

    def _done(self, order, amount, key="card"):
        payment = self._transaction(order, key, amount)
        payment.state = "done"
        payment._check_amount_and_confirm_order()
        return payment

    def _send(self, path, order, provider, amount, method=None, **more):
        """What a browser sends to Odoo's own route."""
        params = {
            "access_token": order.access_token,
            "provider_id": provider.id,
            "payment_method_id": (method or provider.payment_method_ids[:1]).id,
            "token_id": None,
            "amount": amount,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/my",
            **more,
        }
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "params": params})
        headers = {"Content-Type": "application/json"}
        with mute_logger("odoo.http"):
            return self.url_open(path, data=body, headers=headers).json()

    def _pay(self, order, provider, amount, method=None):
        path = f"/my/orders/{order.id}/transaction"
        return self._send(path, order, provider, amount, method)

    def _refused(self, answer, *words):
        message = answer["error"]["data"]["message"]
        for word in words:
            self.assertIn(word, message)

    def _order_page(self, order):
        return self.page(f"/trade/orders/{order.id}").text

    def test_a_typed_position_is_held_when_its_offer_is_paid(self):
        """Whoever is signed in while the payment is processed."""
        odd = self.env["account.fiscal.position"].create({"name": "Odd"})
        for user in (self.buyer.user_id, self.env.ref("base.public_user")):
            offer = self._make_cart(b2b_is_cart=False, require_payment=True)
            offer.with_user(self.manager).fiscal_position_id = odd
            offer.state = "sent"
            pay = self._transaction(offer, "card", offer.amount_total)
            pay.state = "done"
            pay.with_user(user).sudo()._check_amount_and_confirm_order()
            self.assertEqual(offer.state, "sent")
            self.assertEqual(offer.b2b_submit_state, "waiting")
            self.assertEqual(offer.b2b_open_hold_ids.mapped("code"), ["tax"])

    def test_after_paying_the_buyer_is_where_his_order_is(self):
        """An offer is no order yet and has no page in the trade portal."""
        offer = self._make_cart(b2b_is_cart=False, require_payment=True)
        offer.state = "sent"
        offer._portal_ensure_token()
        waiting = self._submit()
        self.sign_in(self.buyer)
        for order, has_page in ((offer, False), (waiting, True)):
            page = html.fromstring(self.page(f"/my/orders/{order.id}").text)
            (route,) = set(page.xpath("//form/@data-landing-route"))
            start = f"/trade/orders/{order.id}" if has_page else "/my/orders/"
            self.assertTrue(route.startswith(start), route)
            self.assertEqual(self.page(route).status_code, 200)

    def test_money_by_another_way_than_agreed_is_not_asked_for_again(self):
        order = self._submit()
        order.user_id = self.manager
        self.party.b2b_payment_method_ids = self.wire.payment_method_ids
        self._done(order, 10.0)
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.activity_ids.user_id, self.manager)
        self.assertIn("counts for nothing yet", order.activity_ids.note)
        self.sign_in(self.buyer)
        page = self._order_page(order)
        self.assertIn("do not pay again", page)
        self.assertNotIn("Pay now", page)
        self._refused(self._pay(order, self.wire, 10.0), "Nothing was paid")
        self.assertIn("which is not agreed", order.b2b_prepayment_text)
        # nothing on the page asks for money, and somebody of ours is told
        self.assertIn(f"We check your payment for {order.name}", page)
        for words in ("To pay", "to be paid until", "are missing", "with our account"):
            self.assertNotIn(words, page)
        self.assertIn("which is not agreed", order.b2b_open_hold_ids.message)
        # agreed after all: it counts, and the order goes on
        self.party.b2b_payment_method_ids = False
        self.assertEqual(order.state, "sale")

    def test_a_hold_of_another_kind_says_nothing_of_money(self):
        order = self._make_order()
        self.assertFalse(order.b2b_prepayment_text)

    # -- what is missing ---------------------------------------------------------------

    def test_every_page_asks_for_the_rest(self):
        order = self._submit()
        self._done(order, 4.0)
        words = f"Paid {self.money(4)} of {self.money(10)}, missing {self.money(6)}."
        self.sign_in(self.buyer)
        for path in (f"/trade/orders/{order.id}", f"/trade/order/{order.id}/thanks"):
            page = self.page(path).text
            self.assertIn(words, page)
            self.assertIn(f"{self.money(6)} are missing", page)
            self.assertNotIn(f"{self.money(10)} are missing", page)
        pay = self.page(f"/my/orders/{order.id}").text
        self.assertIn(words, pay)
        self.assertIn('data-amount="6.0"', pay)
        self.assertIn(f'data-landing-route="/trade/orders/{order.id}"', pay)
        for word in ("Down payment", "Full amount", "(50", "Accept &amp; Pay"):
            self.assertNotIn(word, pay)
        paper = self.page(f"/trade/orders/{order.id}/document").text
        self.assertIn(self.money(6), paper)

    def test_an_old_link_asks_for_the_rest(self):
        """Links with an amount are kept in mails; too high and too low ones alike."""
        order = self._submit()
        self._done(order, 4.0)
        self.authenticate(None, None)
        for amount in ("10", "20", "1", "-5", "abc", "nan"):
            page = self.page(
                f"/my/orders/{order.id}?access_token={order.access_token}"
                f"&payment_amount={amount}&amount_selection=full_amount"
            )
            self.assertEqual(page.status_code, 200, amount)
            self.assertIn('data-amount="6.0"', page.text, amount)

    def test_a_paid_order_offers_nothing_by_an_old_link(self):
        order = self._submit()
        order.sudo().b2b_prepayment_received = 20.0
        order._b2b_follow_prepayment()
        self.assertEqual(order.state, "sale")
        self.authenticate(None, None)
        page = self.page(
            f"/my/orders/{order.id}?access_token={order.access_token}&payment_amount=20"
        ).text
        self.assertNotIn("data-amount=", page)

    def test_another_amount_is_refused(self):
        order = self._submit()
        payment = self._done(order, 4.0)
        for seat in (None, self.buyer):
            if seat:
                self.sign_in(seat)
            else:
                self.authenticate(None, None)
            for amount in (10.0, 20.0, 5.99, 6.01, 0.01):
                answer = self._pay(order, self.wire, amount)
                self._refused(answer, "Nothing was paid", f"missing {self.money(6)}")
            for amount in (-5.0, 0, None):
                self._refused(self._pay(order, self.wire, amount), "more than zero")
            mixed = self._pay(
                order, self.providers["card"], 6.0, self.methods["transfer"]
            )
            self._refused(mixed, "Test card does not take Test transfer")
        self.assertEqual(order.transaction_ids, payment)
        self.assertNotIn("error", self._pay(order, self.wire, 6.0))

    def test_garbage_is_refused(self):
        order = self._submit()
        self.sign_in(self.buyer)
        for ids, words in (
            ({"payment_method_id": 999999}, "no such way of payment"),
            ({"payment_method_id": None}, "no such way of payment"),
            ({"provider_id": 999999}, ""),
        ):
            answer = self._send(
                f"/my/orders/{order.id}/transaction", order, self.wire, 10.0, **ids
            )
            self._refused(answer, words)
        self.assertFalse(order.transaction_ids)

    def test_what_is_no_number_is_refused_in_words(self):
        order = self._submit()
        self.sign_in(self.buyer)
        path = f"/my/orders/{order.id}/transaction"
        for amount in ("121.76", "10.0", "abc", [1], {}, {"a": 1}, True, 1e308, 1e12):
            answer = self._pay(order, self.wire, amount)
            self._refused(answer, "Nothing was paid", "more than zero")
        for name in ("payment_method_id", "provider_id"):
            for value in ("x", "1", [1], {}, {"a": 1}, True, 1.5, -1, 0, 2**31, 1e308):
                answer = self._send(path, order, self.wire, 10.0, **{name: value})
                self._refused(answer, "no such way of payment")
        answer = self._send(path, order, self.wire, 10.0, token_id="x", flow="token")
        self._refused(answer, "no such way of payment")
        for flow in ("x", [1], None):
            answer = self._send(path, order, self.wire, 10.0, flow=flow)
            self._refused(answer, "no such way of payment")
        self.assertFalse(order.transaction_ids)

    def test_what_is_no_number_is_refused_for_invoices_as_well(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.party.id,
                "invoice_line_ids": [Command.create({"price_unit": 10.0})],
            }
        )
        invoice.action_post()
        self.sign_in(self.buyer)
        order = self.env["sale.order"]
        path = f"/invoice/transaction/{invoice.id}"
        token = invoice._portal_ensure_token()
        for name, value, words in (
            ("amount", "121.76", "more than zero"),
            ("amount", [1], "more than zero"),
            ("amount", 1e308, "more than zero"),
            ("provider_id", "x", "no such way of payment"),
            ("payment_method_id", [1], "no such way of payment"),
        ):
            values = {"access_token": token, name: value}
            amount = values.pop("amount", 10.0)
            self._refused(self._send(path, order, self.wire, amount, **values), words)
        self.assertFalse(invoice.transaction_ids)

    # -- a transfer is awaited ---------------------------------------------------------

    def _choose_transfer(self, order, amount=10.0):
        values = self._pay(order, self.wire, amount)
        self.url_open(
            "/payment/custom/process", data={"reference": values["result"]["reference"]}
        )
        order.transaction_ids._post_process()
        self.assertEqual(order.transaction_ids.state, "pending")

    def test_a_transfer_that_was_chosen_is_named(self):
        order = self._submit()
        self.sign_in(self.buyer)
        self.assertIn("Pay now", self._order_page(order))
        self._choose_transfer(order)
        page = self._order_page(order)
        self.assertIn(
            f"We wait for your transfer of {self.money(10)}, reference "
            f"{order.b2b_prepayment_reference}.",
            page,
        )
        self.assertIn(order._b2b_when(order.b2b_keep_until), page)
        self.assertIn("Pay in another way", page)
        self.assertNotIn("Nothing is left for you to do", page)
        # Odoo's page names the same reference.
        self.assertEqual(
            order.transaction_ids._get_communication(), order.b2b_prepayment_reference
        )
        self.assertIn(order.b2b_prepayment_reference, self.page("/payment/status").text)
        # Who pays by card after all is not told to wait for a transfer.
        self._done(order, 10.0)
        self.assertEqual(order.state, "sale")
        self.assertNotIn("We wait for your transfer", self._order_page(order))

    # -- steps and sentences -----------------------------------------------------------

    def _steps(self, order):
        rows = order._b2b_step_rows(order._b2b_situation())
        return [(row["label"], row["state"]) for row in rows]

    def test_steps_of_an_order_that_only_waits_for_its_money(self):
        order = self._submit()
        self.assertEqual(
            self._steps(order)[:3],
            [("Received", "done"), ("Payment", "now"), ("Confirmed", "later")],
        )
        self.sign_in(self.buyer)
        self.assertNotIn("Nothing is left for you", self._order_page(order))
        self._done(order, 10.0)
        page = self._order_page(order)
        self.assertNotIn("OdooBot", page)
        self.assertIn("The payment in advance is complete", page)
        self.assertIn(f"{self.money(10)} is paid in advance", page)
        self.assertEqual(self._steps(order)[1], ("Payment", "done"))
        told = order.message_ids.filtered("partner_ids")[:1].body
        self.assertIn("Your payment for", told)
        self.assertNotIn("OdooBot", told)

    def test_first_approval_then_payment(self):
        self.buyer.role_id = self.small
        order = self._submit(quantity=30)
        self.assertEqual(
            self._steps(order)[1:3], [("Approval", "now"), ("Payment", "later")]
        )
        self.sign_in(self.buyer)
        page = self._order_page(order)
        self.assertIn("Do not pay yet: it is paid in advance after that.", page)
        self.assertNotIn("Nothing is left for you to do", page)
        hold = order.b2b_open_hold_ids.filtered(lambda hold: hold.side == "buyer")
        hold.with_user(self.approver.user_id).action_release("fine")
        self.assertEqual(
            self._steps(order)[1:3], [("Approval", "done"), ("Payment", "now")]
        )
        page = self._order_page(order)
        self.assertIn(self.approver.user_id.name, page)
        self.assertIn("Please pay", page)

    def test_money_that_our_staff_recorded(self):
        credit = self.env["res.users"].create(
            {
                "name": "Cara Credit",
                "login": "b2b_pages_credit",
                "group_ids": [(6, 0, self.env.ref("b2b_party.group_credit").ids)],
            }
        )
        order = self._submit()
        self.env["b2b.order.prepayment"].with_user(credit).create(
            {"order_id": order.id, "amount": 12.5, "reference": "Statement 9"}
        ).action_record()
        self.assertEqual(order.state, "sale")
        self.sign_in(self.buyer)
        page = self._order_page(order)
        self.assertIn(f"recorded by {self.env.company.name}", page)
        self.assertIn(f"{self.money(2.5)} more", page)
        for word in ("Cara Credit", "Statement 9", "OdooBot"):
            self.assertNotIn(word, page)

    def test_terms_that_change_are_not_told_twice(self):
        """Money is booked and the share falls: nothing is to be paid any more."""
        order = self._submit()
        self._done(order, 4.0)
        with patch.object(type(order), "_b2b_prepayment_percent", return_value=20.0):
            self.sign_in(self.buyer)
            page = self._order_page(order)
            for word in ("To pay", "Pay now", "waits for your payment", "to be paid"):
                self.assertNotIn(word, page)
            self.assertIn("What was asked in advance is paid", page)
            pay = self.page(f"/my/orders/{order.id}").text
            self.assertNotIn("data-amount=", pay)
            self._refused(self._pay(order, self.wire, 10.0), "not open for payment")

    def test_who_sees_no_prices_sees_none_of_the_money(self):
        blind = self.env.ref("b2b_party.role_buyer").copy(
            {"name": "Blind", "see_prices": False, "party_id": self.party.id}
        )
        order = self._submit()
        self._done(order, 4.0)
        self.buyer.role_id = blind
        self.sign_in(self.buyer)
        page = self._order_page(order)
        self.assertIn("paid in advance", page)
        for amount in (4, 6, 10):
            self.assertNotIn(self.money(amount), page)

    def test_a_rival_and_a_wrong_token(self):
        order = self._submit()
        self.sign_in(self.rival)
        self.assertRefused(self.page(f"/trade/orders/{order.id}"), 404)
        self.assertNotIn(order.name, self.page(f"/my/orders/{order.id}").text)
        answer = self._send(
            f"/my/orders/{order.id}/transaction",
            order,
            self.wire,
            10.0,
            access_token="wrong",
        )
        self.assertIn("error", answer)
        self.assertFalse(order.transaction_ids)

    # -- invoices ----------------------------------------------------------------------

    def test_an_invoice_is_paid_as_agreed(self):
        self.party.b2b_payment_method_ids = self.methods["transfer"]
        self.product.invoice_policy = "order"
        self.agreement.action_close()
        order = self._make_order(seat=self.buyer)
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        invoice._portal_ensure_token()
        path = f"/invoice/transaction/{invoice.id}"
        for seat in (self.buyer, None):
            if seat:
                self.sign_in(seat)
            else:
                self.authenticate(None, None)
            page = self.page(
                f"/my/invoices/{invoice.id}?access_token={invoice.access_token}"
            ).text
            self.assertIn("Test transfer", page)
            self.assertNotIn("Test card", page)
            total = invoice.amount_total
            answer = self._send(path, invoice, self.providers["card"], total)
            self._refused(answer, "Test card is not open", "pay by: Test transfer")
            answer = self._send(
                path,
                invoice,
                self.providers["card"],
                total,
                self.methods["transfer"],
            )
            self._refused(answer, "Test card does not take Test transfer")
            for amount in (-5.0, 0):
                answer = self._send(path, invoice, self.providers["transfer"], amount)
                self._refused(answer, "more than zero")
        self.assertFalse(invoice.transaction_ids)
