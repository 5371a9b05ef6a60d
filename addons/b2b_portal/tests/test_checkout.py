from unittest.mock import patch
from uuid import uuid4

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.b2b_party.rules.finding import BUYER, WARN, Finding

from .common import TradeHttpCase

TOKEN = "0123456789abcdef" * 2


@tagged("post_install", "-at_install")
class TestCheckout(TradeHttpCase):
    def setUp(self):
        super().setUp()
        self.cart = self._make_cart()
        self.sign_in(self.buyer)

    def send(self, cart=None, **values):
        cart = cart or self.cart
        values = {
            "token": TOKEN,
            "cart_id": cart.id,
            "seen": cart._b2b_seen(),
            "address_id": self.yard.id,
            **values,
        }
        return self.form("/trade/checkout", **values)

    # -- the page ----------------------------------------------------------------

    def test_page_says_where_how_much_and_what_the_button_does(self):
        page = self.page("/trade/checkout")
        self.assertEqual(page.status_code, 200)
        button = f"Place order {self.money(20)}"
        for words in ("Deliver to", "Yard", "Shop", button, "Total"):
            self.assertIn(words, page.text)
        self.assertNotIn("Lager", page.text)

    def test_page_needs_few_queries_whatever_the_lines(self):
        lines = [
            {"product_id": product.id, "order_id": self.cart.id}
            for product in self.env["product.product"].create(
                [{"name": f"Article {n}", "taxes_id": False} for n in range(30)]
            )
        ]
        self.env["sale.order.line"].create(lines)
        self.page("/trade/checkout")
        with self.assertQueryCount(40):
            self.page("/trade/checkout")

    def test_findings_of_one_code_are_one_card(self):
        findings = [
            Finding(
                code="unusual",
                severity=WARN,
                side=BUYER,
                message=f"Article {number}: 80 Units; you usually order 8.",
                solve="Correct the quantity, or confirm it.",
                key=f"article-{number}",
            )
            for number in range(26)
        ]
        with patch.object(type(self.cart), "_b2b_findings", lambda order: findings):
            checkout = html.fromstring(self.page("/trade/checkout").text)
            cart = html.fromstring(self.page("/trade/cart").text)
            answer = self.send(**{f"ack_{f.tick}": "1" for f in findings[1:]})
        (card,) = checkout.find_class("o_b2b_finding_warn")
        names = card.xpath(".//li//input[@type='checkbox']/@name")
        self.assertEqual(names, [f"ack_{finding.tick}" for finding in findings])
        (tick,) = card.find_class("o_b2b_ack_all")
        self.assertNotIn("name", tick.attrib, "the single keys are what counts")
        self.assertEqual(card.text_content().count("Correct the quantity"), 1)
        (card,) = cart.find_class("o_b2b_finding_warn")
        self.assertEqual(len(card.xpath(".//li")), 26)
        self.assertIn("1 thing before you order", cart.text_content())
        self.assertEqual(answer.status_code, 400, "one key is missing")
        self.assertNothingSent()

    def test_staff_type_no_tax_into_what_the_buyer_sends_himself(self):
        tax = self.env["account.tax"].create({"name": "Typed 20 %", "amount": 20})
        world = self.env["account.fiscal.position"].create({"name": "Typed world"})
        self.product.taxes_id = self.cart.order_line.tax_ids = tax
        cart = self.cart.with_user(self.manager)
        waiting = self._make_cart(quantity=30, b2b_cart_name="Second")
        waiting.order_line.tax_ids = tax
        self.buyer.role_id = self.small
        self.assertEqual(self.send(waiting).status_code, 303)
        self.assertEqual(waiting.b2b_submit_state, "waiting")
        for order in (cart, waiting.with_user(self.manager)):
            for words, values in (
                ("was set by hand", {"fiscal_position_id": world.id}),
                ("were set by hand", {"tax_ids": False}),
            ):
                record = order if "tax_ids" not in values else order.order_line
                with (
                    self.assertRaisesRegex(UserError, words),
                    self.env.cr.savepoint(),
                ):
                    record.write(values)
                self.env.invalidate_all()
            order.order_line.tax_ids = tax  # as it follows from all rules

    def test_empty_cart_goes_back_to_the_cart(self):
        self.cart.order_line.unlink()
        page = self.page("/trade/checkout")
        self.assertEqual(page.status_code, 303)
        self.assertTrue(page.headers["Location"].endswith("/trade/cart"))

    def test_who_may_not_order_sees_no_checkout(self):
        for seat in (self.viewer, self.finance):
            self.sign_in(seat)
            self.assertRefused(self.page("/trade/checkout"), 403)
            self.assertRefused(self.send(), 403)
        self.assertEqual(self.cart.state, "draft")

    def test_blocked_party_looks_but_does_not_order(self):
        self.party.b2b_state = "blocked"
        self.assertRefused(self.page("/trade/checkout"), 403)
        self.assertRefused(self.send(), 403)
        self.assertTrue(self.cart.b2b_is_cart)

    # -- sending -----------------------------------------------------------------

    def test_order_is_placed_by_this_seat(self):
        answer = self.send(po="PO 45", note="Ring twice", b2b_seat_id=self.rival.id)
        self.assertEqual(answer.status_code, 303, answer.text[:800])
        self.assertTrue(
            answer.headers["Location"].endswith(f"/trade/order/{self.cart.id}/thanks")
        )
        self.assertRecordValues(
            self.cart,
            [
                {
                    "state": "sale",
                    "b2b_is_cart": False,
                    "b2b_orderer_id": self.buyer.user_id.id,
                    "b2b_seat_id": self.buyer.id,
                    "b2b_channel_id": self.env.ref("b2b_party.channel_portal").id,
                    "client_order_ref": "PO 45",
                    "b2b_warehouse_note": "Ring twice",
                    "partner_shipping_id": self.yard.id,
                }
            ],
        )
        self.assertIn("Ring twice", str(self.cart.picking_ids.note))

    def test_the_same_page_sent_again_is_the_same_order(self):
        self.send()
        before = self.env["sale.order"].search_count([])
        fresh = self._make_cart()
        for cart in (self.cart, fresh):
            answer = self.send(cart)
            self.assertEqual(answer.status_code, 303)
            self.assertIn(f"/trade/order/{self.cart.id}/", answer.headers["Location"])
        self.assertEqual(self.env["sale.order"].search_count([]), before + 1)
        self.assertTrue(fresh.b2b_is_cart)

    def test_a_token_of_somebody_else_is_nothing(self):
        self.send()
        self.sign_in(self.owner)
        cart = self._make_cart(self.owner)
        self.assertRefused(self.send(cart), 404)
        self.assertTrue(cart.b2b_is_cart)

    def test_order_above_the_limit_waits_for_the_approver(self):
        self.buyer.role_id = self.small
        self.cart.order_line.product_uom_qty = 30
        page = self.page("/trade/checkout")
        self.assertIn("Send to Marcus for approval", page.text)
        answer = self.send(reason="Christmas rush")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.cart.b2b_submit_state, "waiting")
        thanks = self.page(f"/trade/order/{self.cart.id}/thanks")
        for words in (f"{self.cart.name} waits for Marcus", "Christmas rush"):
            self.assertIn(words, thanks.text)

    def test_a_refused_page_says_what_else_will_happen(self):
        self.buyer.role_id = self.small
        self.cart.order_line.product_uom_qty = 30
        take_note = Finding("unusual", WARN, BUYER, "You usually order 8.")
        real = type(self.cart)._b2b_findings
        with patch.object(
            type(self.cart), "_b2b_findings", lambda order: [*real(order), take_note]
        ):
            answer = self.send()
        button = "Send to Marcus for approval"
        self.assertRefused(
            answer, 400, "You usually order 8.", "Needs approval", button
        )
        self.assertEqual(answer.text.count("You usually order 8."), 1)
        self.assertNotIn("Place order", answer.text)

    # -- what is refused ---------------------------------------------------------

    def assertNothingSent(self):
        self.assertEqual(self.cart.state, "draft")
        self.assertTrue(self.cart.b2b_is_cart)
        self.assertFalse(self.cart.b2b_submit_token)
        self.assertEqual(self.cart.b2b_submit_state, "none")

    def test_a_form_without_token_changes_nothing(self):
        self.assertRefused(self.send(csrf_token=None, note="no"), 400)
        self.assertRefused(self.send(csrf_token="x" * 40, note="no"), 400)
        self.assertNothingSent()
        self.assertFalse(self.cart.b2b_warehouse_note)

    def test_a_form_of_another_seat_changes_nothing(self):
        answer = self.send(seat_id=self.rival.id, note="no")
        self.assertRefused(answer, 409, "You now act for Brightwell")
        self.assertNothingSent()
        self.assertFalse(self.cart.b2b_warehouse_note)

    def test_a_page_that_is_incomplete_changes_nothing(self):
        wrong = (
            {"token": "short"},
            {"token": None},
            {"token": "Z" * 32},
            {"seen": ""},
            {"seen": "[]"},
            {"seen": "{" * 1000},
        )
        for values in wrong:
            self.assertRefused(self.send(**values), 400, "incomplete")
            self.assertNothingSent()

    def test_another_cart_is_not_sent(self):
        foreign = self._make_cart(self.rival, partner_shipping_id=self.rival_yard.id)
        for cart_id in (foreign.id, 0, -1, "x", 10**20, ""):
            self.assertRefused(self.send(cart_id=cart_id), 409)
        self.assertNothingSent()
        self.assertTrue(foreign.b2b_is_cart)

    def test_changes_of_another_tab_are_shown_and_nothing_is_sent(self):
        seen = self.cart._b2b_seen()
        self.cart.order_line.product_uom_qty = 7
        self.cart.order_line = [(0, 0, {"product_id": self.other_product.id})]
        answer = self.send(seen=seen, note="kept")
        self.assertRefused(answer, 409, "quantity 2 → 7", "was added", "kept")
        self.assertNothingSent()
        self.assertEqual(self.send().status_code, 303)

    def test_a_new_price_is_asked_never_slipped_in(self):
        self.product.list_price = 12.5
        answer = self.send()
        self.assertRefused(answer, 409, f"price {self.money(10)} → {self.money(12.5)}")
        self.assertNothingSent()
        self.assertEqual(self.cart.amount_total, 25.0)
        self.assertEqual(self.send().status_code, 303)

    def test_what_changed_since_is_said_before_anything_is_sent(self):
        self.cart.b2b_condition_result = {"terms": {}, "basis": []}
        self.cart.with_user(self.buyer.user_id).sudo()._b2b_settle_conditions()
        self.env["b2b.order.condition"].create(
            {"kind": "small_order", "name": "Small", "threshold": 500, "charge": 5}
        )
        self.product.list_price = 12.5
        page = self.page("/trade/checkout").text
        self.assertIn("Please confirm · price", page)
        self.assertIn("Please confirm · charges", page)
        answer = self.send()
        self.assertRefused(answer, 409, "small orders changed from", self.money(5))
        self.assertIn(f"price {self.money(10)} → {self.money(12.5)}", answer.text)
        # The page that comes back is today's: it asks about nothing any more.
        page = self.page("/trade/checkout").text
        self.assertNotIn("Please confirm", page)

    def test_address_of_another_party_is_nothing(self):
        for address in (
            self.rival_yard,
            self.rival_party,
            self.rival.user_id.partner_id,
        ):
            self.assertRefused(self.send(address_id=address.id), 404)
        for garbage in ("x", "-1", "9" * 30, "1; DROP"):
            self.assertRefused(self.send(address_id=garbage), 404)
        self.assertNothingSent()
        self.assertEqual(self.cart.partner_shipping_id, self.yard)

    def test_the_chosen_address_stays_when_the_seat_has_a_default(self):
        self.buyer.default_delivery_id = self.yard
        self.assertEqual(self.send(address_id=self.shop.id).status_code, 303)
        self.assertFalse(self.cart.b2b_is_cart)
        self.assertEqual(self.cart.partner_shipping_id, self.shop)

    def test_without_the_right_the_address_stays(self):
        self.buyer.role_id = self.small
        self.small.choose_address = False
        page = self.page("/trade/checkout")
        self.assertIn("Yard", page.text)
        self.assertNotIn("Vicar Lane", page.text)
        self.assertRefused(self.send(address_id=self.shop.id), 404)
        self.assertEqual(self.send().status_code, 303)

    def test_what_blocks_is_shown_with_everything_that_was_typed(self):
        self.party.b2b_po_policy = "unique"
        answer = self.send(po="  ", note="Ring twice", address_id=self.shop.id)
        self.assertRefused(
            answer, 400, "A purchase order number is missing", "Ring twice"
        )
        self.assertNothingSent()
        self.assertEqual(self.cart.partner_shipping_id, self.shop)
        self.assertEqual(self.send(po="PO 45 1187", address_id="").status_code, 303)
        again = self._make_cart()
        answer = self.send(again, token="f" * 32, po="po451187")
        self.assertRefused(answer, 400, f"was used on {self.cart.name}", "po451187")
        self.assertTrue(again.b2b_is_cart)

    def test_what_is_too_long_is_told_beside_its_field(self):
        answer = self.send(po="P" * 65, note="kept")
        self.assertRefused(answer, 400, "PO number has 65 signs", "kept", "P" * 65)
        self.assertRefused(self.send(note="n" * 1001), 400, "Note has 1001 signs")
        self.assertNothingSent()

    def test_a_role_without_account_cannot_order_on_account(self):
        self.buyer.role_id = self.small
        self.small.pay_on_account = False
        self.assertRefused(self.send(pay="account"), 400, "does not order on account")
        self.assertNothingSent()

    def test_garbage_is_never_an_error_of_ours(self):
        garbage = (
            "\x00\ud800",
            "<script>alert(1)</script>",
            "'; DROP TABLE",
            "9" * 400,
            "{{7*7}}",
            "\u202e",
            "%",
            "-1",
            "NaN",
        )
        names = (
            "token",
            "cart_id",
            "seen",
            "address_id",
            "po",
            "note",
            "reason",
            "slot",
            "pot_id",
            "slot_day",
            "ack_budget",
            "seat_id",
            "verdict",
        )
        for name in names:
            for text in garbage:
                text = text.encode("utf-8", "replace").decode()
                answer = self.send(**{"token": uuid4().hex, name: text})
                self.assertLess(answer.status_code, 500, (name, text))
                self.assertNotIn("<script>alert", answer.text)
                if not self.cart.b2b_is_cart:
                    self.cart = self._make_cart()

    # -- while typing ------------------------------------------------------------

    def update(self, form, **params):
        params = {"cart_id": self.cart.id, "seen": self.cart._b2b_seen(), **params}
        return self.json("/trade/checkout/update", form=form, **params)

    def test_typed_values_stay_on_the_cart(self):
        answer = self.update({"po": " PO 9 ", "note": "n", "reason": "r"}).json()
        self.assertEqual(self.cart.client_order_ref, "PO 9")
        self.assertEqual(self.cart.b2b_warehouse_note, "n")
        self.assertIn("Place order", answer["result"]["button"])
        page = self.page("/trade/checkout")
        self.assertIn('value="PO 9"', page.text)

    def test_words_of_the_button_follow_the_answer(self):
        self.buyer.role_id = self.small
        self.cart.order_line.product_uom_qty = 30
        self.assertIn("Send to Marcus", self.update({}).json()["result"]["button"])
        self.small.order_limit = 1000
        self.assertIn("Place order", self.update({}).json()["result"]["button"])

    def test_the_bar_follows_what_the_cart_costs_now(self):
        self.assertEqual(self.cart.amount_untaxed, 20)
        self.cart.order_line.product_uom_qty = 9
        answer = self.update({"address_id": self.shop.id}).json()["result"]
        self.assertEqual(answer["bar"]["cart_id"], self.cart.id)
        self.assertEqual(answer["bar"]["total"], self.money(90))

    def test_update_is_refused_like_a_form(self):
        self.assertEqual(self.update({}, seat_id=self.rival.id).status_code, 409)
        for number in (10**9, 0, "x"):
            answer = self.update({}, cart_id=number)
            self.assertEqual(answer.status_code, 409, number)
        self.assertEqual(
            self.update({"address_id": self.rival_yard.id}).status_code, 404
        )
        self.assertEqual(self.update("x").status_code, 200)
        self.sign_in(self.viewer)
        self.assertEqual(self.update({"note": "no"}).status_code, 403)
        self.assertFalse(self.cart.b2b_warehouse_note)

    def test_update_tells_of_another_tab(self):
        seen = self.cart._b2b_seen()
        self.cart.order_line.product_uom_qty = 9
        result = self.update({"note": "x"}, seen=seen).json()["result"]
        self.assertIn("quantity 2 → 9", result["summary"])
        self.assertEqual(result["seen"], seen)
