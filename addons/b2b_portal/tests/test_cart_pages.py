from odoo.tests import tagged

from .catalog_common import CatalogCase


@tagged("post_install", "-at_install")
class TestCartPages(CatalogCase):
    def setUp(self):
        super().setUp()
        self.sign_in(self.buyer)

    def add(self, *lines, **params):
        return self.json("/trade/cart/add", lines=list(lines), **params)

    def test_what_was_added_is_told_without_charges(self):
        """Delivery that falls away with the lines is no part of their amount."""
        self.env["b2b.order.condition"].create(
            {"kind": "delivery", "name": "Van", "threshold": 10, "charge": 8}
        )
        self.add([self.tin.id, 1])
        answer = self.add([self.tin.id, 2], on_double="add").json()["result"]
        after, more = self.money(12), self.money(8)
        self.assertEqual(answer["text"], f"1 line added, {more}. Cart: {after}.")

    def test_add_set_remove_undo(self):
        answer = self.add([self.bag.id, 10], [self.tin.id, 2]).json()["result"]
        self.assertEqual(answer["bar"]["count"], 2)
        self.assertIn("2 lines added", answer["text"])
        answer = self.json(
            "/trade/cart/remove", product_ids=[self.bag.id], page=True
        ).json()["result"]
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 2})
        self.assertEqual(answer["undo"], [[self.bag.id, 10.0]])
        self.assertIn("1 article", answer["count"])
        self.json("/trade/cart/set", lines=answer["undo"])
        self.assertEqual(self.lines_of(self.buyer), {self.bag: 10, self.tin: 2})
        page = self.page("/trade/cart")
        self.assertIn("JUMBO BAG RED", page.text)
        self.assertIn("Checkout", page.text)

    def test_total_and_checkout_stay_in_reach_on_a_phone(self):
        self.add([self.tin.id, 2])
        dock = self.page("/trade/cart").text.partition('class="o_b2b_cart_dock"')[2]
        self.assertIn("/trade/checkout", dock[:600])
        self.assertIn(self.money(self.cart_of(self.buyer).amount_total), dock[:600])

    def test_an_article_in_the_cart_is_asked_about(self):
        self.add([self.tin.id, 2])
        asked = self.add([self.tin.id, 5], [self.bag.id, 10]).json()["result"]
        self.assertEqual([row["product_id"] for row in asked["ask"]], [self.tin.id])
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 2})
        self.add([self.tin.id, 5], [self.bag.id, 10], on_double="leave")
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 2, self.bag: 10})
        self.add([self.tin.id, 5], on_double="add")
        self.assertEqual(self.lines_of(self.buyer)[self.tin], 7)
        self.add([self.tin.id, 5], on_double="replace")
        self.assertEqual(self.lines_of(self.buyer)[self.tin], 5)

    def test_row_errors_are_answers_not_failures(self):
        rows = [
            [self.tin.id, "abc"],
            [self.tin.id, -1],
            [self.tin.id, 1e9],
            [self.tin.id, 0],
            [self.hidden.id, 1],
            [10**18, 1],
            ["x", 1],
            5,
            [],
            [1],
            None,
        ]
        answer = self.add(*rows)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("result", answer.json(), answer.text[:500])
        results = answer.json()["result"]["results"]
        self.assertEqual(len(results), len(rows))
        self.assertTrue(all(result["error"] for result in results))
        self.assertFalse(self.cart_of(self.buyer))

    def test_requests_that_are_nonsense(self):
        for params in (
            {},
            {"lines": None},
            {"lines": "x"},
            {"lines": {"a": 1}},
            {"lines": 5},
            {"lines": [[self.tin.id, 1]] * 501},
        ):
            self.assertRefused(self.json("/trade/cart/add", **params), 400)
        self.assertRefused(self.json("/trade/cart/remove", product_ids="all"), 400)
        self.assertRefused(self.json("/trade/cart/code", code="nothing"), 400)
        for code in (None, 7, [], "", "%", "_", "\x00"):
            self.assertRefused(self.json("/trade/cart/code", code=code), 400)

    def test_stale_seat_and_missing_seat(self):
        for path in (
            "/trade/cart/add",
            "/trade/cart/set",
            "/trade/cart/remove",
            "/trade/cart/compare",
            "/trade/catalog/rows",
            "/trade/search/suggest",
        ):
            answer = self.json(path, seat_id=self.rival.id, lines=[[self.tin.id, 1]])
            self.assertRefused(answer, 409, "You now act for")
            for seat in (None, "x", {}, []):
                answer = self.json(path, seat_id=seat, lines=[[self.tin.id, 1]])
                self.assertRefused(answer, 400)
        self.assertFalse(self.cart_of(self.buyer))

    def test_forms_without_scripts(self):
        answer = self.form("/trade/cart/lines", **{f"q_{self.tin.id}": "3", "q_": ""})
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 3})
        self.form("/trade/cart/update", **{f"q_{self.tin.id}": "5"})
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 5})
        bad = self.form("/trade/cart/update", **{f"q_{self.tin.id}": "abc"})
        self.assertRefused(bad, 400, "is not a number")
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 5})

    def test_forms_need_token_and_seat(self):
        line = {f"q_{self.tin.id}": "3"}
        for path in ("/trade/cart/lines", "/trade/cart/update", "/trade/cart/reprice"):
            self.assertRefused(self.form(path, csrf_token=None, **line), 400)
            self.assertRefused(self.form(path, csrf_token="x", **line), 400)
            self.assertRefused(self.form(path, seat_id=None, **line), 400)
            self.assertRefused(self.form(path, seat_id=self.rival.id, **line), 409)
        self.assertFalse(self.cart_of(self.buyer))

    def test_one_bad_row_rolls_the_form_back(self):
        answer = self.form(
            "/trade/cart/lines",
            **{f"q_{self.tin.id}": "3", f"q_{self.hidden.id}": "1"},
        )
        self.assertRefused(answer, 400, "There is no such article.")
        self.assertFalse(self.cart_of(self.buyer))

    def test_add_by_code(self):
        self.json("/trade/cart/code", code="bw-2201", quantity="14")
        self.assertEqual(self.lines_of(self.buyer), {self.bag: 20})
        self.json("/trade/cart/code", code="T227")
        self.assertEqual(self.lines_of(self.buyer)[self.tin], 1)
        self.assertRefused(self.json("/trade/cart/code", code="T999"), 400, "T999")

    # -- agreements --------------------------------------------------------------

    def test_agreement_needs_the_right(self):
        answer = self.json("/trade/cart/agreement/json", agreement_id=self.prepaid.id)
        self.assertRefused(answer, 403)
        page = self.page("/trade/cart").text
        self.assertNotIn("Prepaid", page)

    def test_agreement_switch_and_back(self):
        self.sign_in(self.owner)
        self.add([self.tin.id, 2])
        totals = self.json("/trade/cart/compare").json()["result"]["totals"]
        self.assertEqual(
            {row["id"] for row in totals}, {self.agreement.id, self.prepaid.id}
        )
        answer = self.json(
            "/trade/cart/agreement/json", agreement_id=self.prepaid.id
        ).json()["result"]
        self.assertEqual(self.cart_of(self.owner).b2b_agreement_id, self.prepaid)
        self.assertEqual(answer["undo_id"], self.agreement.id)
        self.assertIn("→", answer["text"])
        answer = self.form("/trade/cart/agreement", agreement_id=self.agreement.id)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.cart_of(self.owner).b2b_agreement_id, self.agreement)

    def test_foreign_agreements_do_not_exist(self):
        foreign = self._make_agreement("Secret terms")
        foreign.state = "draft"
        foreign.party_id = self.rival_party
        foreign.state = "running"
        self.sign_in(self.owner)
        for number in (foreign.id, 0, -1, 10**15, "x", None, []):
            answer = self.json("/trade/cart/agreement/json", agreement_id=number)
            self.assertRefused(answer, 404)
            answer = self.form("/trade/cart/agreement", agreement_id=str(number))
            self.assertRefused(answer, 404)
        self.assertNotIn("Secret terms", self.page("/trade").text)

    def test_an_expired_agreement_falls_back(self):
        self.sign_in(self.owner)
        self.add([self.tin.id, 2])
        cart = self.cart_of(self.owner)
        cart._b2b_switch_agreement(self.prepaid)
        self.prepaid.state = "closed"
        page = self.page("/trade/cart")
        self.assertEqual(page.status_code, 200)
        self.assertIn("can no longer be used", page.text)

    def test_who_may_not_choose_goes_on_all_the_same(self):
        """A buyer without the right to choose is not left with a stopped cart."""
        self.add([self.tin.id, 2])
        cart = self.cart_of(self.buyer)
        self.assertEqual(cart.b2b_agreement_id, self.agreement)
        self.agreement.state = "closed"
        page = self.page("/trade/cart").text
        self.assertIn("the order can go on under “Prepaid”", page)
        self.assertIn('action="/trade/cart/reprice"', page)
        self.assertEqual(self.form("/trade/cart/reprice").status_code, 303)
        self.assertEqual(cart.b2b_agreement_id, self.prepaid)
        self.assertNotIn("can no longer be used", self.page("/trade/cart").text)

    # -- the rival -----------------------------------------------------------------

    def test_rival_sees_nothing_of_it(self):
        self.add([self.tin.id, 2])
        cart = self.cart_of(self.buyer)
        self.sign_in(self.rival)
        page = self.page("/trade/cart").text
        self.assertNotIn("CAKE TIN", page)
        self.json("/trade/cart/set", lines=[[self.tin.id, 9]])
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 2})
        self.assertNotIn("30 days net", self.page("/trade").text)
        self.assertRefused(self.page(f"/my/orders/{cart.id}"), 303)

    def test_get_changes_nothing(self):
        for path in ("/trade/cart/add", "/trade/cart/lines", "/trade/cart/agreement"):
            self.assertIn(self.page(path).status_code, (404, 405))
        self.page("/trade/cart")
        self.assertFalse(self.cart_of(self.buyer))
