from odoo.tests import tagged

from .catalog_common import CatalogCase

#: Requests that write into the cart of their page, with what they write.
WRITES = (
    ("/trade/cart/set", "json", {"lines": [[0, 9]]}),
    ("/trade/cart/remove", "json", {"product_ids": [0]}),
    ("/trade/cart/update", "form", {"q_": "9"}),
    ("/trade/cart/reprice", "form", {}),
)
FILLS = (
    ("/trade/cart/add", "json", {"lines": [[0, 9]]}),
    ("/trade/cart/code", "json", {"code": "T227", "quantity": "9"}),
    ("/trade/cart/lines", "form", {"q_": "9"}),
)


@tagged("post_install", "-at_install")
class TestCartsPages(CatalogCase):
    def setUp(self):
        super().setUp()
        self.sign_in(self.buyer)

    def new(self, name, **values):
        answer = self.form("/trade/carts/new", name=name, **values)
        self.assertEqual(answer.status_code, 303, answer.text[:300])
        return self.cart_of(self.buyer)

    def two(self):
        """The main cart with a tin, and a named one that is current and empty."""
        self.json("/trade/cart/add", lines=[[self.tin.id, 1]])
        main = self.cart_of(self.buyer)
        return main, self.new("Spring window")

    def held(self, cart):
        cart.invalidate_recordset()
        return {
            line.product_id: line.product_uom_qty for line in cart._b2b_cart_lines()
        }

    def send(self, path, kind, values, cart_id):
        values = dict(values)
        if "lines" in values:
            values["lines"] = [[self.tin.id, values["lines"][0][1]]]
        if "product_ids" in values:
            values["product_ids"] = [self.tin.id]
        if "q_" in values:
            values[f"q_{self.tin.id}"] = values.pop("q_")
        return getattr(self, kind)(path, cart_id=cart_id, **values)

    # -- one cart: as before -----------------------------------------------------

    def test_with_one_cart_there_is_nothing_of_it(self):
        self.json("/trade/cart/add", lines=[[self.tin.id, 1]])
        for path in ("/trade", "/trade/catalog", "/trade/cart", "/trade/checkout"):
            page = self.page(path).text
            for words in ("Main cart", "/trade/carts/switch", "data-cart-name"):
                self.assertNotIn(words, page, path)
            # On phones only: its sum, and the way to a second one.
            self.assertIn("o_b2b_carts_one", page)
        self.assertIn(
            '<a class="o_b2b_link" href="/trade/carts">', self.page("/trade/cart").text
        )

    def test_the_overview_of_one_cart_and_of_none(self):
        self.assertIn("No open cart.", self.page("/trade/carts").text)
        self.json("/trade/cart/add", lines=[[self.tin.id, 1]])
        page = self.page("/trade/carts").text
        for words in ("Main cart", "1 line", "30 days net", "Yard", "you", "current"):
            self.assertIn(words, page)
        self.assertNotIn(">Switch<", page)

    def test_the_first_line_of_a_page_that_showed_no_cart(self):
        answer = self.json("/trade/cart/add", cart_id=0, lines=[[self.tin.id, 1]])
        bar = answer.json()["result"]["bar"]
        self.assertEqual(bar["cart_id"], self.cart_of(self.buyer).id)
        self.sign_in(self.owner)
        answer = self.json("/trade/team/roles", cart_id=0, changes={})
        self.assertNotEqual(answer.status_code, 404)

    # -- several -----------------------------------------------------------------

    def test_every_page_names_the_cart_and_offers_the_others(self):
        main, spring = self.two()
        for path in ("/trade", "/trade/catalog", "/trade/cart", "/trade/orders"):
            page = self.page(path).text
            self.assertIn(f'data-cart-id="{spring.id}"', page)
            self.assertIn('data-cart-name="Spring window"', page)
            self.assertIn(f'name="target_id" value="{main.id}"', page)
        answer = self.form(
            "/trade/carts/switch", target_id=main.id, go="/trade/catalog"
        )
        self.assertTrue(answer.headers["Location"].endswith("/trade/catalog"))
        self.assertIn(f'data-cart-id="{main.id}"', self.page("/trade").text)

    def test_one_stays_on_the_page_and_never_leaves_the_portal(self):
        _main, spring = self.two()
        for go, expected in (
            (
                "/trade/catalog?search=tin&sort=name",
                "/trade/catalog?search=tin&sort=name",
            ),
            (f"/trade/cart?cart_id={spring.id}", "/trade/cart"),
            ("/trade/product/7", "/trade/product/7"),
            ("https://evil.example", "/trade/cart"),
            ("//evil.example", "/trade/cart"),
            ("/trade/orders/5/document", "/trade/cart"),
            ("/trade/catalog\r\nX: 1", "/trade/cart"),
            ("", "/trade/cart"),
        ):
            answer = self.form("/trade/carts/switch", target_id=spring.id, go=go)
            self.assertEqual(answer.status_code, 303)
            location = answer.headers["Location"].partition("/trade")
            self.assertEqual("".join(location[1:]), expected)

    def test_prices_hidden_hides_totals(self):
        role = self.env.ref("b2b_party.role_buyer").copy(
            {"name": "Blind", "see_prices": False, "party_id": self.party.id}
        )
        self.two()
        self.json("/trade/cart/add", lines=[[self.tin.id, 3]])
        self.buyer.role_id = role
        page = self.page("/trade/carts").text
        self.assertIn("Spring window", page)
        self.assertNotIn(self.money(12.0), page)
        self.assertNotIn("Total excl. tax", page)

    def test_who_may_not_order_has_no_carts(self):
        _main, spring = self.two()
        for seat in (self.viewer, self.finance):
            self.sign_in(seat)
            self.assertRefused(self.page("/trade/carts"), 403)
            for path in ("switch", "new", f"{spring.id}/name", f"{spring.id}/delete"):
                answer = self.form(
                    f"/trade/carts/{path}", name="X", target_id=spring.id
                )
                self.assertRefused(answer, 403)
            self.assertRefused(self.json(f"/trade/carts/{spring.id}/empty"), 403)
            self.assertNotIn("/trade/carts", self.page("/trade").text)
        self.assertEqual(spring.b2b_cart_name, "Spring window")

    def test_a_blocked_party_looks_and_makes_none(self):
        main, _spring = self.two()
        self.party.b2b_state = "blocked"
        self.assertEqual(self.page("/trade/carts").status_code, 200)
        self.assertRefused(self.form("/trade/carts/new", name="X"), 403)
        self.assertRefused(self.form(f"/trade/carts/{main.id}/copy", name="X"), 403)
        answer = self.form("/trade/carts/switch", target_id=main.id)
        self.assertEqual(answer.status_code, 303)

    def test_rename_copy_delete_undo(self):
        main, spring = self.two()
        self.form(f"/trade/carts/{main.id}/name", name="Bristol")
        self.assertEqual(main.b2b_cart_name, "Bristol")
        answer = self.form(f"/trade/carts/{main.id}/name", name="spring WINDOW")
        self.assertRefused(answer, 400, "You have a cart")
        answer = self.form(f"/trade/carts/{main.id}/copy", name="Again")
        self.assertIn("added=1", answer.headers["Location"])
        self.assertIn("1 article added", self.page(answer.headers["Location"]).text)
        answer = self.form(f"/trade/carts/{spring.id}/delete")
        page = self.page(answer.headers["Location"]).text
        self.assertIn("“Spring window” was deleted", page)
        self.assertEqual(len(self.cart_of(self.buyer).b2b_seat_id), 1)
        answer = self.form(f"/trade/carts/{spring.id}/restore")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.cart_of(self.buyer), spring)
        self.assertRefused(self.form(f"/trade/carts/{spring.id}/restore"), 404)

    def test_names_that_cannot_be_used_are_said_on_the_page(self):
        for name in ("", "   ", "Main cart", "x" * 61):
            answer = self.form("/trade/carts/new", name=name)
            self.assertRefused(answer, 400, 'role="alert"')
        self.assertFalse(self.cart_of(self.buyer))
        self.new("<b>Ünïcode</b> & Söhne")
        self.assertNotIn("<b>Ünïcode", self.page("/trade/carts").text)

    def test_emptying_answers_with_undo(self):
        main, _spring = self.two()
        answer = self.json(f"/trade/carts/{main.id}/empty").json()["result"]
        self.assertEqual(answer["undo"], [[self.tin.id, 1.0]])
        self.assertFalse(self.held(main))
        self.json("/trade/cart/set", cart_id=main.id, lines=answer["undo"])
        self.assertEqual(self.held(main), {self.tin: 1})

    # -- older tabs ----------------------------------------------------------------

    def test_an_older_tab_edits_its_own_cart(self):
        for path, kind, values in WRITES + FILLS:
            main, spring = self.cart_of(self.buyer), None
            if not main:
                main, spring = self.two()
                old = main
            answer = self.send(path, kind, values, old.id)
            self.assertIn(answer.status_code, (200, 303), (path, answer.text[:300]))
            current = self.cart_of(self.buyer)
            self.assertEqual(current.b2b_cart_name, "Spring window")
            self.assertFalse(self.held(current), path)

    def test_a_cart_that_was_ordered_in_another_tab_is_said_and_nothing_written(self):
        main, spring = self.two()
        self.json("/trade/cart/add", cart_id=spring.id, lines=[[self.bag.id, 10]])
        spring.write({"b2b_is_cart": False})
        for path, kind, values in WRITES + FILLS:
            answer = self.send(path, kind, values, spring.id)
            self.assertRefused(answer, 409, "ordered or deleted meanwhile")
        self.assertEqual(self.held(main), {self.tin: 1})
        self.assertEqual(self.held(spring), {self.bag: 10})
        answer = self.page(f"/trade/cart?cart_id={spring.id}")
        self.assertTrue(answer.headers["Location"].endswith("/trade/cart?gone=1"))
        self.assertIn(
            "ordered or deleted meanwhile", self.page("/trade/cart?gone=1").text
        )
        answer = self.page(f"/trade/checkout?cart_id={spring.id}")
        self.assertEqual(answer.status_code, 303)

    def test_the_page_about_a_lost_cart_leads_to_the_carts_there_are(self):
        _main, spring = self.two()
        spring._b2b_cart_delete()
        for path, values in (
            ("/trade/cart/update", {f"q_{self.tin.id}": "9"}),
            ("/trade/checkout", {"token": "0" * 32}),
        ):
            answer = self.form(path, cart_id=spring.id, **values)
            self.assertRefused(answer, 409)
            part = answer.text.partition('class="o_b2b_refusal"')[2]
            part = part.partition("</section>")[0]
            for link in ('href="/trade/cart"', 'href="/trade/carts"'):
                self.assertIn(link, part, path)
            self.assertNotIn("Load the page for", part)
        # Another seat's page is still about the company.
        answer = self.form("/trade/cart/update", seat_id=self.owner.id)
        self.assertRefused(answer, 409, "Load the page for")

    def test_after_ordering_the_only_cart_an_older_page_begins_the_next(self):
        """As it was with one cart: the catalog left open goes on being useful."""
        self.json("/trade/cart/add", lines=[[self.tin.id, 1]])
        first = self.cart_of(self.buyer)
        first.write({"b2b_is_cart": False, "b2b_submit_state": "waiting"})
        for path, kind, values in WRITES:
            self.assertRefused(self.send(path, kind, values, first.id), 409)
        for path, kind, values in FILLS:
            answer = self.send(path, kind, values, first.id)
            self.assertIn(answer.status_code, (200, 303), answer.text[:300])
            self.cart_of(self.buyer).unlink()
        self.assertEqual(self.held(first), {self.tin: 1})

    def test_ids_that_are_no_cart_of_mine(self):
        main, spring = self.two()
        self.sign_in(self.rival)
        self.json("/trade/cart/add", lines=[[self.tin.id, 1]])
        foreign = self.cart_of(self.rival)
        self.sign_in(self.buyer)
        for cart_id in (foreign.id, 2**31 - 1, -1, "x", "1.5", "9" * 30):
            for path, kind, values in WRITES + FILLS:
                answer = self.send(path, kind, values, cart_id)
                self.assertRefused(answer, 409)
            for path in ("/trade", "/trade/cart", "/trade/checkout"):
                answer = self.page(f"{path}?cart_id={cart_id}")
                self.assertEqual(answer.status_code, 303)
        for what in ("name", "copy", "delete", "restore"):
            for number in (foreign.id, 2**31 - 1, 10**12):
                answer = self.form(f"/trade/carts/{number}/{what}", name="Mine")
                self.assertRefused(answer, 404)
        for number in (foreign.id, "x", "", -1, 10**15):
            answer = self.form("/trade/carts/switch", target_id=number)
            self.assertRefused(answer, 404)
        self.assertRefused(self.json(f"/trade/carts/{foreign.id}/empty"), 404)
        self.assertEqual(self.held(main), {self.tin: 1})
        self.assertEqual(self.cart_of(self.buyer), spring)
        self.assertFalse(foreign.b2b_cart_name or foreign.b2b_cart_deleted_at)

    def test_a_cart_that_was_ordered_meanwhile_is_named(self):
        _main, spring = self.two()
        spring.write({"b2b_is_cart": False, "b2b_submitted_at": "2026-11-20 10:00:00"})
        answer = self.form("/trade/carts/switch", target_id=spring.id)
        self.assertRefused(answer, 400, "was ordered meanwhile", spring.name)

    def test_pages_without_a_cart_id_still_work(self):
        """Scripts, and forms of pages from before."""
        main, spring = self.two()
        self.json("/trade/cart/add", lines=[[self.bag.id, 10]])
        self.assertEqual(self.held(spring), {self.bag: 10})
        self.assertEqual(self.held(main), {self.tin: 1})

    def test_other_calls_of_an_older_tab_work(self):
        _main, spring = self.two()
        spring._b2b_cart_delete()
        answer = self.json(
            "/trade/favourite", cart_id=spring.id, product_id=self.tin.id
        )
        self.assertEqual(answer.status_code, 200)
        answer = self.json("/trade/search/suggest", cart_id=spring.id, text="tin")
        self.assertEqual(answer.status_code, 200)

    def test_looking_at_another_cart_does_not_make_it_current(self):
        main, spring = self.two()
        page = self.page(f"/trade/cart?cart_id={main.id}").text
        self.assertIn("You look at “Main cart”", page)
        self.assertIn("CAKE TIN", page)
        self.assertIn(f'href="/trade/checkout?cart_id={main.id}"', page)
        self.assertEqual(self.cart_of(self.buyer), spring)

    # -- lists, orders, checkout -----------------------------------------------------

    def test_a_list_goes_into_the_cart_of_the_page(self):
        main, spring = self.two()
        record = self.env["b2b.order.list"].create(
            {
                "name": "Window",
                "party_id": self.party.id,
                "line_ids": [(0, 0, {"product_id": self.bag.id, "quantity": 20})],
            }
        )
        answer = self.form(f"/trade/lists/{record.id}/cart")
        self.assertIn(f"cart_id={spring.id}", answer.headers["Location"])
        self.assertEqual(self.held(spring), {self.bag: 20})
        self.assertEqual(self.held(main), {self.tin: 1})
        # What another cart holds is not proposed again (DECISIONS 22).
        self.form("/trade/carts/switch", target_id=main.id)
        answer = self.form(f"/trade/lists/{record.id}/cart")
        self.assertIn("added=0", answer.headers["Location"])

    def test_checkout_orders_the_cart_of_its_page_and_no_other(self):
        main, spring = self.two()
        page = self.page(f"/trade/checkout?cart_id={main.id}").text
        self.assertIn(f'name="cart_id" value="{main.id}"', page)
        self.json("/trade/cart/add", lines=[[self.bag.id, 10]])
        named = self.page(f"/trade/checkout?cart_id={spring.id}").text
        self.assertIn("“Spring window”", named)
        answer = self.json(
            "/trade/checkout/update", cart_id=main.id, form={"po": "PO 9"}, seen=""
        )
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        self.assertEqual(main.client_order_ref, "PO 9")
        self.assertFalse(spring.client_order_ref)
        main._b2b_checkout_submit(
            self.context_of(self.buyer), "b" * 32, ("unusual", "agreement")
        )
        self.assertFalse(main.b2b_is_cart)
        self.assertEqual(self.cart_of(self.buyer), spring)

    def test_the_order_says_from_which_cart_it_came(self):
        _main, spring = self.two()
        self.json("/trade/cart/add", lines=[[self.tin.id, 1]])
        spring._b2b_checkout_submit(self.context_of(self.buyer), "c" * 32)
        page = self.page(f"/trade/orders/{spring.id}").text
        self.assertIn("From the cart “Spring window”", page)
        self.assertIn(spring.name, self.page("/trade/orders?search=spring").text)

    def test_the_form_without_scripts_keeps_what_another_tab_changed(self):
        self.json("/trade/cart/add", lines=[[self.tin.id, 1], [self.bag.id, 10]])
        shown = {f"s_{self.tin.id}": "1.0", f"s_{self.bag.id}": "10.0"}
        self.json("/trade/cart/set", lines=[[self.tin.id, 5]])
        typed = {f"q_{self.tin.id}": "1", f"q_{self.bag.id}": "20"}
        answer = self.form("/trade/cart/update", **shown, **typed)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 5, self.bag: 20})
        typed = {f"q_{self.tin.id}": "3"}
        answer = self.form("/trade/cart/update", **shown, **typed)
        self.assertRefused(answer, 400, "Set to 5 elsewhere")
        self.assertEqual(self.lines_of(self.buyer)[self.tin], 5)

    def test_what_a_page_showed_may_be_anything(self):
        self.json("/trade/cart/add", lines=[[self.tin.id, 1]])
        for seen in (None, [], "x", 5, {"x": 1}, {str(self.tin.id): "x"}, {"1": []}):
            answer = self.json("/trade/cart/set", lines=[[self.tin.id, 2]], seen=seen)
            self.assertEqual(answer.status_code, 200, seen)
