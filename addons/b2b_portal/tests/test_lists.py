from lxml import html

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..context import build_context
from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestLists(TradeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._make_seat(cls.party, "Col", "buyer")
        cls.colleague.user_id.password = cls.colleague.user_id.login
        cls.lists = cls.env["b2b.order.list"]
        cls.window = cls.lists.create(
            {
                "name": "Window",
                "party_id": cls.party.id,
                "seat_id": cls.buyer.id,
                "is_shared": False,
                "line_ids": [
                    (0, 0, {"product_id": cls.product.id, "quantity": 6}),
                    (0, 0, {"product_id": cls.other_product.id, "quantity": 0}),
                ],
            }
        )

    def context(self, seat=None):
        user = (seat or self.buyer).user_id
        return build_context(self.env(user=user))

    def more(self, code):
        values = {"name": code, "default_code": code, "list_price": 1.0}
        return self.env["product.product"].create(values)

    def quantities(self, record):
        return {line.product_id: line.quantity for line in record.line_ids}

    def answer(self, path, **params):
        response = self.json(path, **params)
        self.assertEqual(response.status_code, 200, response.text[:300])
        return response.json()["result"]

    # -- who sees and changes ------------------------------------------------------

    def test_own_lists_are_seen_by_nobody_else(self):
        for seat, expected in (
            (self.buyer, 200),
            (self.colleague, 404),
            (self.owner, 404),
            (self.rival, 404),
        ):
            self.sign_in(seat)
            answer = self.page(f"/trade/lists/{self.window.id}")
            self.assertEqual(answer.status_code, expected, seat.user_id.name)
            named = "Window" in self.page("/trade/lists").text
            self.assertEqual(named, seat == self.buyer)

    def test_shared_lists_are_ordered_from_by_colleagues_and_changed_by_few(self):
        self.window.is_shared = True
        path = f"/trade/lists/{self.window.id}"
        lines = [[self.product.id, 12]]
        self.sign_in(self.colleague)
        self.assertIn("Window", self.page(path).text)
        answer = self.json(path + "/set", lines=lines)
        self.assertEqual(answer.status_code, 400)
        self.assertIn("is not yours to change", answer.text)
        self.sign_in(self.owner)
        self.answer(path + "/set", lines=lines)
        self.assertEqual(self.quantities(self.window)[self.product], 12)
        self.sign_in(self.rival)
        for call in ("set", "remove"):
            answer = self.json(f"{path}/{call}", lines=lines, product_ids=[1])
            self.assertEqual(answer.status_code, 404)
        for call in ("name", "share", "copy", "delete", "restore", "cart"):
            answer = self.form(f"{path}/{call}", name="Mine", shared="1")
            self.assertEqual(answer.status_code, 404, call)
        self.assertEqual(self.window.name, "Window")

    def test_a_role_that_does_not_order_has_no_lists(self):
        self.sign_in(self.viewer)
        self.assertEqual(self.page("/trade/lists").status_code, 403)
        self.assertNotIn('href="/trade/lists"', self.page("/trade").text)

    def test_our_proposal_is_read_not_changed(self):
        ours = self.lists.create({"name": "Spring", "party_id": self.party.id})
        self.sign_in(self.owner)
        page = self.page(f"/trade/lists/{ours.id}").text
        self.assertIn("kept by us", page)
        answer = self.form(f"/trade/lists/{ours.id}/name", name="Ours")
        self.assertEqual(answer.status_code, 400)
        self.form(f"/trade/lists/{ours.id}/copy", name="Own spring")
        self.assertEqual(
            self.lists.search([("name", "=", "Own spring")]).seat_id, self.owner
        )

    def test_administrator_ends_the_sharing_of_a_colleague(self):
        self.window.is_shared = True
        self.sign_in(self.owner)
        answer = self.form(f"/trade/lists/{self.window.id}/share", shared="0")
        self.assertTrue(answer.headers["Location"].endswith("/trade/lists"))
        self.assertFalse(self.window.is_shared)
        self.window.is_shared = True
        answer = self.form(f"/trade/lists/{self.window.id}/delete")
        self.assertIn(
            "“Window” was deleted",
            self.page(f"/trade/lists?deleted={self.window.id}").text,
        )
        self.form(f"/trade/lists/{self.window.id}/restore")
        self.assertTrue(self.window.active)

    def test_names_of_private_lists_are_not_told_to_administrators(self):
        self.window.copy({"name": "Secret", "seat_id": self.buyer.id})
        self.lists.search([("name", "=", "Secret")]).is_shared = False
        self.window.is_shared = True
        self.sign_in(self.owner)
        self.form(f"/trade/lists/{self.window.id}/name", name="secret")
        self.assertEqual(self.window.name, "secret")

    # -- making and changing ---------------------------------------------------------

    def test_names(self):
        self.sign_in(self.buyer)
        for name, sentence in (
            ("  ", "Give the list a name"),
            ("window", "You have a list “window” already"),
            ("x" * 61, "at most 60 signs"),
        ):
            answer = self.form("/trade/lists/new", name=name)
            self.assertEqual(answer.status_code, 400)
            self.assertIn(sentence, answer.text)
        answer = self.form("/trade/lists/new", name=" New  one ")
        made = self.lists.search([("name", "=", "New one")])
        self.assertEqual(made.seat_id, self.buyer)
        self.assertFalse(made.is_shared, "nobody sees a list before it is shared")
        self.assertIn(f"/trade/lists/{made.id}", answer.headers["Location"])

    def test_put_keeps_what_is_good_and_counts_the_rest(self):
        self.sign_in(self.buyer)
        hidden = self.product.copy({"default_code": "HID"})
        hidden.sale_ok = False
        lines = [
            [self.product.id, "4"],
            [hidden.id, 1],
            [99999999, 1],
            ["x", 1],
            [self.other_product.id, -3],
            [self.other_product.id, "abc"],
        ]
        answer = self.answer("/trade/lists/put", lines=lines, list_id=self.window.id)
        self.assertIn("1 on “Window”, 5 left out", answer["text"])
        self.assertEqual(
            self.quantities(self.window), {self.product: 10, self.other_product: 0}
        )
        self.answer("/trade/lists/put", lines=lines, name="Fresh")
        fresh = self.lists.search([("name", "=", "Fresh")])
        self.assertEqual(self.quantities(fresh), {self.product: 4})
        wrong = self.json("/trade/lists/put", lines=lines[1:], name="Bad only")
        self.assertEqual(wrong.status_code, 400)
        self.assertFalse(self.lists.search([("name", "=", "Bad only")]))

    def test_as_many_articles_as_the_cart_takes_at_once(self):
        products = self.env["product.product"].create(
            [{"name": f"P{n}"} for n in range(500)]
        )
        self.sign_in(self.buyer)
        lines = [[product.id, 1] for product in products]
        answer = self.json("/trade/lists/put", lines=lines, list_id=self.window.id)
        self.assertEqual(answer.status_code, 400)
        self.assertIn("A list holds 500 articles; this would be 502", answer.text)
        self.assertEqual(len(self.window.line_ids), 2)

    def test_take_off_and_put_back(self):
        self.sign_in(self.buyer)
        path = f"/trade/lists/{self.window.id}"
        answer = self.answer(path + "/remove", product_ids=[self.product.id])
        self.assertEqual(self.window.line_ids.product_id, self.other_product)
        self.answer(path + "/set", lines=answer["undo"])
        self.assertEqual(self.quantities(self.window)[self.product], 6)

    def test_delete_and_undo(self):
        self.sign_in(self.buyer)
        answer = self.form(f"/trade/lists/{self.window.id}/delete")
        self.assertFalse(self.window.active)
        self.assertIn(
            "“Window” was deleted", self.page(answer.headers["Location"]).text
        )
        self.form(f"/trade/lists/{self.window.id}/restore")
        self.assertTrue(self.window.active)

    # -- into the cart ----------------------------------------------------------------

    def test_the_cart_takes_what_is_not_there_and_not_coming(self):
        line = self.window.line_ids.filtered(lambda ln: ln.product_id != self.product)
        line.quantity = 3
        self._make_cart(quantity=2)
        self.sign_in(self.buyer)
        page = self.page(f"/trade/lists/{self.window.id}").text
        self.assertIn("in cart 2", page)
        answer = self.form(f"/trade/lists/{self.window.id}/cart")
        self.assertIn("added=1&there=1", answer.headers["Location"])
        cart = self.context().cart
        self.assertEqual(
            cart._b2b_cart_quantities(),
            {self.product.id: 2, self.other_product.id: 3},
        )
        self.assertIn(
            "1 article added. 1 is in a cart or on its way already",
            self.page(answer.headers["Location"]).text,
        )

    def test_without_a_cart_the_button_makes_one(self):
        line = self.window.line_ids.filtered(lambda ln: ln.product_id != self.product)
        line.quantity = 3
        self.assertFalse(self.context().cart)
        self.sign_in(self.buyer)
        page = self.page("/trade/lists").text
        action = f"/trade/lists/{self.window.id}/cart"
        (form,) = (f for f in html.fromstring(page).forms if f.action == action)
        self.assertIn('data-cart-id="0"', page)
        answer = self.form(action, cart_id=form.fields["cart_id"] or "")
        self.assertEqual(answer.status_code, 303, answer.text[:300])
        self.assertEqual(
            self.context().cart._b2b_cart_quantities()[line.product_id.id], 3
        )

    def test_what_left_the_catalog_is_counted_never_named(self):
        self.other_product.sale_ok = False
        self.sign_in(self.buyer)
        page = self.page(f"/trade/lists/{self.window.id}").text
        self.assertNotIn("Cakestand", page)
        self.assertIn("1 article of this list cannot be ordered any more", page)

    def test_articles_without_quantity_are_not_left_out(self):
        self.sign_in(self.buyer)
        answer = self.form(f"/trade/lists/{self.window.id}/cart")
        self.assertTrue(answer.headers["Location"].endswith("added=1"))
        self.window.line_ids.quantity = 0
        self.assertNotIn(
            f"/trade/lists/{self.window.id}/cart", self.page("/trade/lists").text
        )

    def test_what_is_gone_can_be_taken_off(self):
        self.other_product.sale_ok = False
        self.sign_in(self.buyer)
        self.form(f"/trade/lists/{self.window.id}/clean")
        self.assertEqual(self.window.line_ids.product_id, self.product)

    def test_a_blocked_party_keeps_lists_and_orders_nothing(self):
        self.party.sudo().b2b_state = "blocked"
        self.sign_in(self.buyer)
        page = self.page(f"/trade/lists/{self.window.id}")
        self.assertEqual(page.status_code, 200)
        answer = self.form(f"/trade/lists/{self.window.id}/cart")
        self.assertEqual(answer.status_code, 403)

    def test_what_left_the_catalog_and_what_is_there_are_told_apart(self):
        third, fourth = self.more("T3"), self.more("T4")
        for product, quantity in ((third, 2), (fourth, 2)):
            self.window.line_ids = [
                (0, 0, {"product_id": product.id, "quantity": quantity})
            ]
        self.sign_in(self.buyer)
        self.json("/trade/cart/add", lines=[[third.id, 1]])
        fourth.sale_ok = False
        answer = self.form(f"/trade/lists/{self.window.id}/cart")
        page = self.page(answer.headers["Location"]).text
        self.assertIn("1 cannot be ordered any more.", page)
        self.assertIn("1 is in a cart or on its way already; it stays", page)

    def test_undo_puts_an_article_back_at_its_place(self):
        third = self.more("T3")
        self.window.line_ids = [(0, 0, {"product_id": third.id, "quantity": 2})]
        self.window.line_ids.sequence = 10
        before = self.window.line_ids.sorted().product_id.ids
        self.sign_in(self.buyer)
        path = f"/trade/lists/{self.window.id}"
        for product_id in before:
            answer = self.answer(path + "/remove", product_ids=[product_id])
            self.answer(path + "/set", lines=answer["undo"], places=answer["places"])
            self.window.invalidate_recordset()
            self.assertEqual(self.window.line_ids.sorted().product_id.ids, before)
        for wrong in ("x", [1], [[1]], [["x", None]], [[9**9, 1]]):
            good = [[third.id, 2]]
            answer = self.json(path + "/set", lines=good, places=wrong)
            self.assertIn(answer.status_code, (200, 400), wrong)
            self.window.invalidate_recordset()
            self.assertEqual(self.window.line_ids.sorted().product_id.ids, before)
        self.sign_in(self.rival)
        places = [[third.id, self.product.id]]
        answer = self.json(path + "/set", lines=[[third.id, 2]], places=places)
        self.assertEqual(answer.status_code, 404)

    # -- favourites ----------------------------------------------------------------

    def test_hearts_and_their_filter(self):
        self.sign_in(self.buyer)
        pressed = {"product_id": self.product.id}
        self.assertTrue(self.answer("/trade/favourite", **pressed)["on"])
        page = self.page("/trade/catalog?favourites=1").text
        self.assertIn(f'data-product-id="{self.product.id}"', page)
        self.assertNotIn(f'data-product-id="{self.other_product.id}"', page)
        favourites = self.lists.search([("is_favourites", "=", True)])
        self.assertEqual(favourites.seat_id, self.buyer)
        answer = self.form(f"/trade/lists/{favourites.id}/delete")
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.answer("/trade/favourite", **pressed)["on"])
        self.assertFalse(favourites.line_ids)
        for wrong in (0, -1, "x", 99999999, None, [1]):
            answer = self.json("/trade/favourite", product_id=wrong)
            self.assertEqual(answer.status_code, 404, wrong)

    def test_archived_favourites_come_back(self):
        self.sign_in(self.buyer)
        self.answer("/trade/favourite", product_id=self.product.id)
        favourites = self.lists.search([("is_favourites", "=", True)])
        favourites.active = False
        self.assertFalse(self.context().favourites)
        self.answer("/trade/favourite", product_id=self.other_product.id)
        self.assertTrue(favourites.active)
        self.assertFalse(favourites.copy({"name": "Copy"}).is_favourites)

    def test_hearts_of_one_seat_only(self):
        self.sign_in(self.buyer)
        self.answer("/trade/favourite", product_id=self.product.id)
        self.assertEqual(self.context().favourites, {self.product.id})
        self.assertFalse(self.context(self.colleague).favourites)

    def test_an_order_becomes_a_list(self):
        order = self._make_order(seat=self.buyer, quantity=4)
        self.assertEqual(order._b2b_list_lines(), [(self.product.id, 4.0)])
        order._b2b_submit()
        self.sign_in(self.buyer)
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn(f'data-order-id="{order.id}"', page)
        self.assertNotIn("data-lines", page)
        answer = self.answer("/trade/lists/choices", order_id=order.id)
        self.assertEqual(answer["lines"], [[self.product.id, 4.0]])
        for wrong in (self.product.id + 10**6, 10**12, "x", [1]):
            call = self.json("/trade/lists/choices", order_id=wrong)
            self.assertEqual(call.status_code, 404, wrong)
        self.sign_in(self.rival)
        call = self.json("/trade/lists/choices", order_id=order.id)
        self.assertEqual(call.status_code, 404)

    # -- back office ---------------------------------------------------------------

    def test_seat_of_another_party_keeps_no_list(self):
        with self.assertRaisesRegex(ValidationError, "kept by one of its own people"):
            self.window.seat_id = self.rival

    def test_staff_read_who_keeps_a_list(self):
        ours = self.lists.create({"name": "Spring", "party_id": self.party.id})
        self.assertEqual(ours.kept_by, "Us")
        self.assertEqual(self.window.kept_by, self.buyer.user_id.name)

    def test_a_list_of_ours_is_shared(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            self.lists.create(
                {"name": "X", "party_id": self.party.id, "is_shared": False}
            )
        self.assertIn("kept_or_shared", str(caught.exception))

    def test_reps_for_own_parties_see_lists_of_these_only(self):
        rep = new_test_user(self.env, "lists_rep", "b2b_party.group_rep")
        rep.b2b_own_parties_only = True
        mine = self.lists.with_user(rep)
        self.assertNotIn(self.window, mine.search([]))
        self.party.b2b_rep_ids = rep
        self.assertIn(self.window, mine.search([]))
        mine.create({"name": "From us", "party_id": self.party.id})
        with self.assertRaises(AccessError):
            mine.create({"name": "Not mine", "party_id": self.rival_party.id})

    def test_reps_for_own_parties_move_no_article_to_another_party(self):
        rep = new_test_user(self.env, "moving_rep", "b2b_party.group_rep")
        rep.b2b_own_parties_only = True
        self.party.b2b_rep_ids = rep
        foreign = self.lists.create({"name": "X", "party_id": self.rival_party.id})
        line = self.window.line_ids[0].with_user(rep)
        with self.assertRaises(AccessError):
            line.list_id = foreign.id

    def test_portal_users_read_no_list_by_call(self):
        with self.assertRaises(AccessError):
            self.lists.with_user(self.buyer.user_id).search([])
