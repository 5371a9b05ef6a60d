from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.b2b_party.rules.finding import BUYER, WARN, Finding

from ..models import sale_order_cart, sale_order_pages
from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestOrders(TradeHttpCase):
    def setUp(self):
        super().setUp()
        self.own = self._submit(self._make_cart(client_order_ref="PO 1"))
        self.colleague = self._submit(self._make_cart(self.owner))
        self.foreign = self._submit(
            self._make_cart(self.rival, partner_shipping_id=self.rival_yard.id)
        )
        self.sign_in(self.buyer)

    def _submit(self, cart, quantity=None):
        seat = cart.b2b_seat_id
        cart.write({"b2b_orderer_id": seat.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit(acknowledged=["unusual"])
        return cart

    def test_list_shows_what_the_role_may_see(self):
        page = self.page("/trade/orders").text
        self.assertIn(self.own.name, page)
        self.assertNotIn(self.colleague.name, page)
        self.assertNotIn(self.foreign.name, page)
        self.sign_in(self.owner)
        page = self.page("/trade/orders").text
        self.assertIn(self.own.name, page)
        self.assertIn(self.colleague.name, page)
        self.assertNotIn(self.foreign.name, page)

    def test_carts_and_drafts_of_ours_are_no_orders(self):
        cart, draft = self._make_cart(), self._make_order(b2b_orderer_id=False)
        page = self.page("/trade/orders").text
        for order in (cart, draft):
            self.assertNotIn(order.name, page)
            self.assertRefused(self.page(f"/trade/orders/{order.id}"), 404)

    def test_search_and_filters(self):
        page = self.page("/trade/orders?search=PO+1").text
        self.assertIn(self.own.name, page)
        self.assertIn("No order fits", self.page("/trade/orders?search=nothing").text)
        self.assertIn("No order fits", self.page("/trade/orders?state=waiting").text)
        self.assertIn(self.own.name, self.page("/trade/orders?state=open").text)
        for query in (
            "search=%25",
            "search=%5C",
            "search=_",
            "state=x",
            "page=-1",
            "page=99999999999999",
            "search=%00%FF",
            "state=open&state=all",
        ):
            page = self.page(f"/trade/orders?{query}")
            self.assertEqual(page.status_code, 200, query)
            self.assertNotIn(self.foreign.name, page.text)

    def test_pages_of_many_orders(self):
        for __ in range(35):
            self._make_order(b2b_historical=True, state="sale")
        first = self.page("/trade/orders").text
        self.assertIn("Page 1 of 2", first)
        self.assertIn("Page 2 of 2", self.page("/trade/orders?page=2").text)

    def test_query_budgets(self):
        for __ in range(20):
            self._make_order(b2b_historical=True, state="sale")
        paths = (
            "/trade/orders",
            f"/trade/orders/{self.own.id}",
            f"/trade/order/{self.own.id}/thanks",
        )
        for path in paths:
            self.page(path)
            with self.subTest(path), self.assertQueryCount(40):
                self.page(path)

    def test_another_partys_order_is_not_there(self):
        for order in (self.foreign, self.colleague):
            for path in (
                f"/trade/orders/{order.id}",
                f"/trade/order/{order.id}/thanks",
                f"/trade/orders/{order.id}/document",
            ):
                self.assertRefused(self.page(path), 404)
                missing = path.replace(str(order.id), "987654321")
                self.assertEqual(
                    self.page(missing).text.count("is not yours"),
                    self.page(path).text.count("is not yours"),
                )
            answer = self.form(f"/trade/orders/{order.id}/reorder")
            self.assertRefused(answer, 404)

    def test_ids_that_name_nothing(self):
        for number in ("0", "99999999999999999999", "-1", "x", "1.5"):
            page = self.page(f"/trade/orders/{number}")
            self.assertEqual(page.status_code, 404, number)

    def test_order_page_of_a_confirmed_order(self):
        page = self.page(f"/trade/orders/{self.own.id}").text
        self.assertIn(f"{self.own.name} is confirmed", page)
        self.assertIn("Order confirmation", page)
        self.assertIn(self.money(20), page)

    def test_own_codes_stand_beside_ours(self):
        product = self.own.order_line.product_id[:1]
        self.env["b2b.product.code"].create(
            {"party_id": self.party.id, "product_id": product.id, "code": "MINE-7"}
        )
        page = self.page(f"/trade/orders/{self.own.id}").text
        self.assertRegex(page, r"· your\s+MINE-7")

    def test_an_order_by_phone_says_so(self):
        self.assertNotIn(
            "Sales channel", self.page(f"/trade/orders/{self.own.id}").text
        )
        phone = self.env.ref("b2b_party.channel_phone")
        order = self._make_order(b2b_channel_id=phone.id)
        note = Finding(code="note", severity=WARN, side=BUYER, message="Look here.")
        with patch.object(type(order), "_b2b_findings", lambda _order: [note]):
            order.action_confirm()
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn("Sales channel: Phone.", page)
        self.assertEqual(order.b2b_decision_ids.verdict, "not_acknowledged")
        self.assertFalse(order._b2b_history_rows())

    def test_many_warnings_ticked_at_once_are_one_row(self):
        order = self._make_order()
        for number in range(6):
            note = Finding(
                code="note", severity=WARN, side=BUYER, message=f"Look {number}."
            )
            order._b2b_record_acknowledged(note)
        (row,) = order._b2b_history_rows()
        self.assertEqual(len(row["more"]), 5)
        told = {text.partition(": ")[2] for text in (row["text"], *row["more"])}
        self.assertEqual(told, {f"Look {number}." for number in range(6)})
        self.assertEqual(row["more_text"], "and 5 more")

    def test_who_took_note_of_a_warning_has_not_approved(self):
        order = self._make_order()
        note = Finding(code="note", severity=WARN, side=BUYER, message="Look here.")
        with patch.object(type(order), "_b2b_findings", lambda _order: [note]):
            order._b2b_submit("portal", acknowledged=["note"])
        self.assertEqual(order.b2b_hold_ids.mapped("severity"), ["warn"])
        self.assertEqual(order._b2b_approval_fact(), "not needed")

    def test_without_prices_there_is_no_figure(self):
        self.viewer.role_id = self.viewer.role_id.copy(
            {"see_company_orders": True, "party_id": self.party.id}
        )
        self.sign_in(self.viewer)
        for path in ("/trade/orders", f"/trade/orders/{self.own.id}"):
            page = self.page(path)
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("20.00", page.text)
        self.assertRefused(self.page(f"/trade/orders/{self.own.id}/document"), 403)

    def test_document(self):
        paper = self.page(f"/trade/orders/{self.own.id}/document")
        self.assertEqual(paper.status_code, 200)
        self.assertIn("no-store", paper.headers["Cache-Control"])
        html = str(self.own._b2b_document_html())
        self.assertIn("Order confirmation", html)
        self.assertNotIn("Do not pay", html)
        self.assertNotIn("Your no.", html)
        self.env["b2b.product.code"].create(
            {"party_id": self.party.id, "product_id": self.product.id, "code": "MINE-1"}
        )
        self.assertIn("Your no. MINE-1", str(self.own._b2b_document_html()))
        self.assertNotIn("http", html.split("<body>")[0])
        self.assertNotIn("Note for the warehouse", html)
        self.own.b2b_warehouse_note = "Ring at <gate 3>"
        self.assertIn("Ring at &lt;gate 3&gt;", str(self.own._b2b_document_html()))

    def test_document_of_a_waiting_order_is_a_copy(self):
        self.buyer.role_id = self.small
        waiting = self._submit(self._make_cart(quantity=30))
        html = str(waiting._b2b_document_html())
        self.assertIn("Order copy", html)
        self.assertIn("not a confirmation", html)
        self.assertIn("Do not pay", html)
        page = self.page(f"/trade/orders/{waiting.id}").text
        self.assertIn("not a confirmation, do not pay", page)

    def test_reorder_adds_to_the_cart(self):
        answer = self.form(f"/trade/orders/{self.own.id}/reorder")
        self.assertEqual(answer.status_code, 303)
        cart = self.env["sale.order"]._b2b_cart_find(self.buyer, self.env.company)
        self.assertEqual(cart.order_line.product_id, self.product)
        self.assertEqual(cart.order_line.product_uom_qty, 2)
        self.form(f"/trade/orders/{self.own.id}/reorder")
        self.assertEqual(cart.order_line.product_uom_qty, 4)

    def test_reorder_takes_more_articles_than_one_request_may_bring(self):
        other = self.env["product.product"].create({"name": "Another", "list_price": 1})
        orders = self.env["sale.order"]
        builder = self.env["b2b.portal.context"].with_user(self.buyer.user_id)
        context = builder._b2b_build()
        orders._b2b_cart_set_lines(context, [(self.product.id, 2), (other.id, 1)])
        both = self._submit(orders._b2b_cart_find(self.buyer, self.env.company))
        with (
            patch.object(sale_order_pages, "MAX_ROWS", 1),
            patch.object(sale_order_cart, "MAX_ROWS", 1),
        ):
            answer = self.form(f"/trade/orders/{both.id}/reorder")
        self.assertEqual(answer.status_code, 303)
        cart = orders._b2b_cart_find(self.buyer, self.env.company)
        self.assertEqual(cart.order_line.product_id, self.product | other)

    def test_reorder_needs_token_right_and_seat(self):
        path = f"/trade/orders/{self.own.id}/reorder"
        self.assertRefused(self.form(path, csrf_token=None), 400)
        self.assertRefused(self.form(path, seat_id=self.rival.id), 409)
        self.sign_in(self.finance)
        self.assertRefused(self.form(path), 403)
        self.assertFalse(self.env["sale.order"].search([("b2b_is_cart", "=", True)]))

    def test_historical_orders_are_orders(self):
        old = self._make_order(b2b_historical=True, state="sale")
        page = self.page(f"/trade/orders/{old.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("was delivered", page.text)
