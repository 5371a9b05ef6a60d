import base64
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.b2b_party.rules.finding import Finding

from .approval_common import ApprovalHttpCase

TODAY = fields.Date.today()


@tagged("post_install", "-at_install")
class TestApprovalPages(ApprovalHttpCase):
    """Undo, ask back, several at once, substitutes and the order's history."""

    def _pending(self):
        rows = self.env["b2b.order.decision.pending"].search([])
        return rows.filtered(lambda row: row.order_id == self.order)

    def _sent(self, answer):
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        return answer.headers["Location"].partition("sent=")[2]

    def test_who_took_note_of_his_own_warning_approved_nothing(self):
        own = self._make_cart(self.approver, quantity=1)
        user = self.approver.user_id
        own.write({"b2b_orderer_id": user.id, "b2b_is_cart": False})
        for severity in ("warn", "authorize"):
            hold = self.env["b2b.order.hold"]._b2b_open(
                own,
                [
                    Finding(
                        code=f"{severity}_test",
                        severity=severity,
                        side="buyer",
                        message="Much.",
                    )
                ],
            )
            if severity == "warn":
                hold._b2b_close("released", "acknowledged", user)
        decided = self.page("/trade/approvals?tab=decided").text
        self.assertNotIn(own.name, decided)
        self.assertRefused(self.page(f"/trade/approvals/{own.id}"), 404)

    def test_colleagues_see_what_was_refused_not_what_was_given_back(self):
        """Given back it is its buyer's draft; refused it is the company's history."""
        states = {"refused": 200, "expired": 200, "unpaid": 200, "asked_back": 404}
        self.sign_in(self.owner)
        for state, status in states.items():
            with self.subTest(state):
                self.order._b2b_end_submission("failed", state)
                self.env.flush_all()
                page = self.page(f"/trade/orders/{self.order.id}")
                self.assertEqual(page.status_code, status)
                seen = self.order.with_user(self.owner.user_id).search(
                    [("id", "=", self.order.id)]
                )
                self.assertEqual(bool(seen), status == 200)

    # -- ten seconds -----------------------------------------------------------------

    def test_undo_in_time(self):
        sent = self._sent(self.decide("approve"))
        answer = self.form("/trade/approvals/undo", sent=sent)
        self.assertEqual(answer.headers["Location"].partition("?")[2], "undone=1")
        self.count_now()
        self.assertUndecided()
        self.assertIn(self.order.name, self.page("/trade/approvals").text)

    def test_undo_too_late(self):
        sent = self._sent(self.decide("approve"))
        self._pending().effective_at = fields.Datetime.now() - timedelta(seconds=1)
        answer = self.form("/trade/approvals/undo", sent=sent)
        self.assertIn("sent=", answer.headers["Location"])
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "sale")

    def test_nobody_else_undoes_or_lets_it_count(self):
        sent = self._sent(self.decide("approve"))
        self.sign_in(self.owner)
        self.assertRefused(self.form("/trade/approvals/undo", sent=sent), 400)
        answer = self.json("/trade/approvals/commit", sent=sent).json()
        self.assertEqual(answer["result"]["notices"], [])
        self.assertEqual(self._pending().state, "pending")

    def test_the_page_cannot_hurry(self):
        sent = self._sent(self.decide("approve"))
        answer = self.json("/trade/approvals/commit", sent=sent).json()
        self.assertEqual(answer["result"]["notices"][0]["state"], "pending")
        self.assertUndecided()

    def test_the_second_approver_is_told_within_the_ten_seconds(self):
        self.decide("approve")
        self.sign_in(self.owner)
        answer = self.decide("refuse", comment="late")
        self.assertRefused(answer, 400, "Marcus approved", "a moment ago")

    def test_news_of_what_was_decided_elsewhere(self):
        ids = [self.order.id, self.order.id + 1000, "x", None]
        answer = self.json("/trade/approvals/news", orders=ids).json()
        self.assertEqual(answer["result"]["gone"], [])
        self.order.b2b_open_hold_ids.with_user(self.owner.user_id).action_release()
        self.env.flush_all()
        (item,) = self.json("/trade/approvals/news", orders=ids).json()["result"][
            "gone"
        ]
        self.assertEqual(item["id"], self.order.id)
        self.assertIn("Priya approved", item["text"])
        self.rival.role_id = self.env.ref("b2b_party.role_approver")
        self.sign_in(self.rival)
        answer = self.json("/trade/approvals/news", orders=ids).json()
        self.assertEqual(answer["result"]["gone"], [])

    def test_a_block_keeps_the_yes_and_says_that_the_order_waits(self):
        self._sold()
        words = "but the order waits: orders of"
        path = f"/trade/approvals/{self.order.id}"
        self.assertNotIn(words, self.page(path).text)
        self.party.b2b_state = "blocked"
        page = self.page(path).text
        self.assertIn(f"If you approve: The approval is kept, {words}", page)
        batch = f"/trade/approvals/batch?verdict=approve&order={self.order.id}"
        self.assertIn("but the orders wait", self.page(batch).text)
        self.decide("approve")
        (notice,) = self.count_now()
        self.assertIn("Marcus approved", notice["text"])
        self.assertIn(words, notice["text"])
        self.assertEqual(self.order.b2b_submit_state, "waiting")
        self.assertEqual(self.order.b2b_open_hold_ids.mapped("code"), ["party_state"])

    # -- back to the buyer -----------------------------------------------------------

    def test_asked_back_the_buyer_edits_and_sends_again(self):
        self.assertRefused(self.decide("ask"), 400, "Say why")
        self.decide("ask", comment="Fewer hearts?")
        self.count_now()
        self.sign_in(self.buyer)
        path = f"/trade/orders/{self.order.id}"
        page = self.page(path).text
        for words in ("came back to you", "Fewer hearts?", "and send it again"):
            self.assertIn(words, page)
        empty = self._make_cart(quantity=1)
        empty.order_line.unlink()
        answer = self.form(f"{path}/edit")
        self.assertEqual(answer.headers["Location"].rpartition("/")[2], "cart")
        self.assertTrue(self.order.b2b_is_cart)
        self.assertFalse(empty.exists())
        self.assertIn("Heart", self.page("/trade/cart").text)
        self.assertRefused(self.form(f"{path}/edit"), 404)

    def test_asked_back_beside_a_cart_that_holds_something(self):
        self.decide("ask", comment="Fewer hearts?")
        self.count_now()
        self.sign_in(self.buyer)
        other = self._make_cart(quantity=1)
        answer = self.form(f"/trade/orders/{self.order.id}/edit")
        self.assertEqual(answer.status_code, 303)
        page = self.page("/trade/cart").text
        for words in ("Heart", f"“{self.order.name}”", "Main cart"):
            self.assertIn(words, page)
        self.assertEqual(len(other.order_line), 1)
        self.assertEqual(
            self.env["sale.order"]._b2b_carts(self.buyer, self.env.company),
            self.order | other,
        )

    def test_asked_back_an_emptied_cart_with_files_or_words_stays(self):
        self.decide("ask", comment="Fewer hearts?")
        self.count_now()
        self.sign_in(self.buyer)
        other = self._make_cart(quantity=1)
        self.env["b2b.order.file"].sudo()._b2b_keep(
            {"order_id": other.id, "name": "a.pdf", "user_id": self.buyer.user_id.id},
            b"%PDF-1.7",
            "application/pdf",
        )
        other._b2b_files_changed()
        other.order_line.unlink()
        self.form(f"/trade/orders/{self.order.id}/edit")
        self.assertTrue(self.order.b2b_is_cart)
        self.assertEqual(other.exists().b2b_file_ids.name, "a.pdf")

    def test_what_counts_as_something_in_an_emptied_cart(self):
        cart = self._make_cart(quantity=1)
        cart.order_line.unlink()
        self.assertFalse(cart._b2b_holds_something())
        for name in ("b2b_warehouse_note", "client_order_ref", "b2b_reason"):
            cart[name] = "Ring twice"
            self.assertTrue(cart._b2b_holds_something(), name)
            cart[name] = False

    def test_only_who_ordered_edits_again(self):
        path = f"/trade/orders/{self.order.id}/edit"
        self.sign_in(self.buyer)
        self.assertRefused(self.form(path), 400, "was not given back")
        self.order.b2b_open_hold_ids.with_user(self.owner.user_id).action_ask_back("?")
        for seat, status in ((self.owner, 404), (self.rival, 404), (self.viewer, 403)):
            self.sign_in(seat)
            self.assertRefused(self.form(path), status)
        self.assertFalse(self.order.b2b_is_cart)

    # -- several at once -------------------------------------------------------------

    def _sold(self, product=None):
        """The party bought this before, to this address."""
        order = self._make_order(self.buyer, partner_shipping_id=self.yard.id)
        order.order_line.product_id = product or self.product
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def _batch(self, orders, verdict="approve", **values):
        chosen = [("order", order.id) for order in orders]
        seen = [(f"seen_{order.id}", order._b2b_seen()) for order in orders]
        data = [
            *chosen,
            *seen,
            ("verdict", verdict),
            ("seat_id", self.seat.id),
            ("csrf_token", self.token()),
            *values.items(),
        ]
        return self.url_open(
            "/trade/approvals/batch",
            data=dict(data) | {"order": [order.id for order in orders]},
            allow_redirects=False,
        )

    def test_several_are_decided_together(self):
        self._sold()
        other = self._waiting(self.buyer)
        both = self.order | other
        query = "&".join(f"order={order.id}" for order in both)
        page = self.page(f"/trade/approvals/batch?{query}&verdict=approve").text
        for words in ("2 orders", self.money(sum(both.mapped("amount_total")))):
            self.assertIn(words, page)
        self._sent(self._batch(both))
        self.assertUndecided()
        self.assertEqual(len(self.count_now()), 2)
        self.assertEqual(both.mapped("state"), ["sale", "sale"])

    def test_new_articles_and_addresses_are_opened_one_by_one(self):
        answer = self._batch(self.order)
        self.assertRefused(answer, 400, "has an article you never bought", "Heart")
        self._sold()
        self.order.partner_shipping_id = self.shop
        answer = self._batch(self.order)
        self.assertRefused(answer, 400, "goes to a new address", "Shop")
        self.order.partner_shipping_id = self.yard
        self.order.b2b_hold_ids.code = "budget"
        answer = self._batch(self.order)
        self.assertRefused(answer, 400, "is above a budget")
        self.assertUndecided()
        self.assertFalse(self._pending())

    def test_a_batch_that_changed_or_is_not_ones_own(self):
        self._sold()
        seen = self.order._b2b_seen()
        self.order.order_line.product_uom_qty = 29
        answer = self._batch(self.order, **{f"seen_{self.order.id}": seen})
        self.assertRefused(answer, 409, "changed since you saw it")
        answer = self._batch(self.order, verdict="refuse")
        self.assertRefused(answer, 400, "Say why")
        answer = self._batch(self.order, verdict="maybe")
        self.assertRefused(answer, 400)
        self.rival.role_id = self.env.ref("b2b_party.role_approver")
        self.sign_in(self.rival)
        self.assertRefused(self._batch(self.order), 409, "do not wait for you")
        self.assertUndecided()

    # -- substitutes -----------------------------------------------------------------

    def _name(self, substitute, **values):
        values = {"date_from": str(TODAY), "date_to": "", **values}
        return self.form(
            "/trade/approvals/substitutes", substitute=substitute.id, **values
        )

    def test_a_substitute_is_named_decides_and_is_ended(self):
        olive = self._make_seat(self.party, "Olive", "approver")
        olive.user_id.password = olive.user_id.login
        self.assertEqual(self._name(olive).status_code, 303)
        row = self.env["b2b.approval.substitute"].search([])
        self.assertEqual((row.seat_id, row.substitute_id), (self.approver, olive))
        page = self.page("/trade/approvals?tab=substitutes").text
        self.assertIn("Olive for Marcus", page)
        self.sign_in(olive)
        page = self.page(f"/trade/approvals/{self.order.id}").text
        self.assertIn("You decide for", page)
        self.assertRefused(self.form(f"/trade/approvals/substitutes/{row.id}/end"), 404)
        self.decide("approve")
        self.count_now()
        decision = self.order.b2b_decision_ids
        self.assertEqual(decision.acting_for_id, self.approver.user_id)
        self.sign_in(self.buyer)
        page = self.page(f"/trade/orders/{self.order.id}").text
        self.assertIn("Olive for Marcus approved", page)
        self.sign_in(self.approver)
        self.form(f"/trade/approvals/substitutes/{row.id}/end")
        self.assertFalse(row.exists())

    def test_an_expired_substitute_finds_nothing(self):
        olive = self._make_seat(self.party, "Olive", "approver")
        olive.user_id.password = olive.user_id.login
        self.env["b2b.approval.substitute"].create(
            {
                "seat_id": self.approver.id,
                "substitute_id": olive.id,
                "date_from": TODAY - timedelta(days=9),
                "date_to": TODAY - timedelta(days=1),
            }
        )
        self.sign_in(olive)
        self.assertRefused(self.page(f"/trade/approvals/{self.order.id}"), 404)
        self.assertRefused(self.decide("approve"), 404)
        self.assertUndecided()

    def test_wrong_substitutes_say_what_is_wrong(self):
        cases = (
            (self.buyer, {}, "Hannah may not approve"),
            (self.rival, {}, "Choose who decides"),
            (self.owner, {"date_from": "soon"}, "is no date"),
            (self.owner, {"date_to": "2020-01-01"}, "These days are over"),
            (
                self.owner,
                {"date_from": "2099-01-02", "date_to": "2099-01-01"},
                "The last day is before",
            ),
            (self.approver, {}, "Nobody stands in for himself"),
        )
        for seat, values, words in cases:
            self.assertRefused(self._name(seat, **values), 400, words)
        self.assertRefused(self._name(self.owner, away=self.owner.id), 404)
        self.assertFalse(self.env["b2b.approval.substitute"].search([]))

    def test_the_administrator_names_for_others(self):
        self.sign_in(self.owner)
        answer = self._name(self.owner, away=self.approver.id)
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        answer = self._name(self.owner, away=self.rival.id)
        self.assertNotEqual(answer.status_code, 303)

    # -- the customer's letter -------------------------------------------------------

    def test_the_customer_sees_its_written_approval(self):
        dialog = self.env["b2b.order.written"].with_user(self.manager)
        dialog.create(
            {
                "order_id": self.order.id,
                "document": base64.b64encode(b"%PDF yes"),
                "filename": "yes.pdf",
                "approver": "Priya Nair",
            }
        ).action_record()
        file = self.order.b2b_decision_ids.attachment_id
        path = f"/trade/orders/{self.order.id}/written/"
        self.sign_in(self.buyer)
        self.assertIn(f"{path}{file.id}", self.page(path[: -len("/written/")]).text)
        answer = self.page(f"{path}{file.id}")
        self.assertEqual(answer.content, b"%PDF yes")
        foreign = self.env["ir.attachment"].create({"name": "x", "raw": b"secret"})
        self.assertRefused(self.page(f"{path}{foreign.id}"), 404)
        self.sign_in(self.rival)
        self.assertRefused(self.page(f"{path}{file.id}"), 404)
