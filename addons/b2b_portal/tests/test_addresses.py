from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestAddresses(TradeHttpCase):
    """The address book: by right, in one sentence, never another company's."""

    def setUp(self):
        super().setUp()
        self.uk = self.env.ref("base.uk")
        self.fields = {
            "name": "Depot",
            "street": "Dock Road 4",
            "city": "Hull",
            "zip": "HU1 1AA",
            "country_id": self.uk.id,
        }
        self.sign_in(self.owner)

    def _depot(self, **marks):
        return self.env["res.partner"].search([("name", "=", "Depot")])

    def _role(self, seat, **rights):
        copy = seat.role_id.copy({"party_id": self.party.id, **rights})
        seat.role_id = copy

    def test_who_sees_and_who_keeps_it(self):
        page = self.page("/trade/addresses").text
        for words in ("Yard", "Shop", "Add delivery address", "Use for my orders"):
            self.assertIn(words, page)
        self.assertNotIn("Lager", page)
        self.sign_in(self.buyer)
        page = self.page("/trade/addresses").text
        self.assertIn("Yard", page)
        self.assertNotIn("Add delivery address", page)
        for seat in (self.finance, self.viewer):
            self.sign_in(seat)
            self.assertRefused(self.page("/trade/addresses"), 403)
        for seat in (self.buyer, self.finance):
            self.sign_in(seat)
            for path in ("add", f"{self.yard.id}/save", f"{self.yard.id}/archive"):
                answer = self.form(f"/trade/addresses/{path}", **self.fields)
                self.assertRefused(answer, 403)
            self.assertRefused(self.page(f"/trade/addresses/{self.yard.id}"), 403)
        self.assertTrue(self.yard.active)

    def test_adding_changing_and_archiving(self):
        answer = self.form("/trade/addresses/add", kind="delivery", **self.fields)
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        depot = self._depot()
        self.assertEqual(depot.parent_id, self.party)
        self.assertEqual(depot.type, "delivery")
        self.assertTrue(depot.b2b_unconfirmed)
        changed = {**self.fields, "city": "Goole"}
        self.form(f"/trade/addresses/{depot.id}/save", **changed)
        self.assertEqual(depot.city, "Goole")
        self.form(f"/trade/addresses/{depot.id}/archive")
        self.assertFalse(depot.active)
        self.assertNotIn("Depot", self.page("/trade/addresses").text)
        page = self.page(f"/trade/addresses?done=archived&place={depot.id}").text
        self.assertIn("Depot was taken out of the address book", page)
        page = self.page(f"/trade/addresses?done=added&place={self.rival_yard.id}").text
        self.assertNotIn("Lager", page)

    def test_what_is_missing_stands_at_its_field(self):
        answer = self.form(
            "/trade/addresses/add", name="Depot", email="x@", city="Hull"
        )
        self.assertRefused(
            answer,
            400,
            "Enter street and number.",
            "Choose the country.",
            "“x@” is not an e-mail address.",
            'value="Hull"',
        )
        state = self.env["res.country"].search([("state_required", "=", True)], limit=1)
        answer = self.form(
            "/trade/addresses/add", **{**self.fields, "country_id": state.id}
        )
        self.assertRefused(answer, 400, "Choose the state")
        answer = self.form("/trade/addresses/add", **{**self.fields, "name": "x" * 81})
        self.assertRefused(answer, 400, "shorten it to 80 signs")
        for country in ("x", "0", "99999999999", "-1"):
            values = {**self.fields, "country_id": country}
            self.assertRefused(self.form("/trade/addresses/add", **values), 400)
        self.assertFalse(self._depot())

    def test_delivery_points_are_nested(self):
        answer = self.form("/trade/addresses/add", above=self.yard.id, name="Dock B")
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        dock = self.env["res.partner"].search([("name", "=", "Dock B")])
        self.assertEqual(dock.parent_id, self.yard)
        self.assertEqual(dock.type, "delivery")
        self.assertFalse(dock.b2b_unconfirmed)
        self.assertIn("o_b2b_depth_1", self.page("/trade/addresses").text)
        for above in (self.rival_yard.id, self.owner.user_id.partner_id.id, 987654321):
            answer = self.form("/trade/addresses/add", above=above, name="Dock C")
            self.assertRefused(answer, 404)

    def test_another_companys_address_is_not_there(self):
        for place in (self.rival_yard, self.buyer.user_id.partner_id, self.party):
            self.assertRefused(self.page(f"/trade/addresses/{place.id}"), 404)
            for path in ("save", "archive", "default", "mine"):
                answer = self.form(f"/trade/addresses/{place.id}/{path}", **self.fields)
                self.assertRefused(answer, 404)
        self.assertEqual(self.rival_yard.name, "Lager")
        self.assertTrue(self.rival_yard.active)

    def test_name_and_vat_of_the_company_stay(self):
        for path in ("/trade/addresses/add", f"/trade/addresses/{self.shop.id}/save"):
            self.form(
                path, **self.fields, vat="GB123", company_name="Hacked", parent_id="1"
            )
        self.assertEqual(self.party.name, "Brightwell & Sons Ltd")
        self.assertFalse(self.party.vat)
        self.assertEqual(self.shop.parent_id, self.party)

    def test_what_is_needed_is_not_archived(self):
        answer = self.form(f"/trade/addresses/{self.yard.id}/archive")
        self.assertRefused(answer, 400, "is the default of your company")
        order = self._make_order(partner_shipping_id=self.shop.id)
        order.write({"b2b_submit_state": "waiting", "b2b_submitted_at": "2026-11-01"})
        answer = self.form(f"/trade/addresses/{self.shop.id}/archive")
        self.assertRefused(answer, 400, f"is needed by open orders: {order.name}")
        order._action_cancel()
        order.b2b_submit_state = "done"
        self.buyer.allowed_address_ids = self.shop
        answer = self.form(f"/trade/addresses/{self.shop.id}/archive")
        self.assertRefused(answer, 400, "Hannah may order to")
        self.buyer.allowed_address_ids = False
        self.buyer.default_delivery_id = self.shop
        cart = self._make_cart(partner_shipping_id=self.shop.id)
        self.form(f"/trade/addresses/{self.shop.id}/archive")
        self.assertFalse(self.shop.active)
        self.assertFalse(self.buyer.default_delivery_id)
        self.assertEqual(cart.partner_shipping_id, self.yard)

    def test_defaults_of_company_and_seat(self):
        self.form(f"/trade/addresses/{self.shop.id}/default")
        self.assertEqual(self.party.b2b_default_delivery_id, self.shop)
        self.sign_in(self.buyer)
        self.form(f"/trade/addresses/{self.yard.id}/mine")
        self.assertEqual(self.buyer.default_delivery_id, self.yard)
        self.assertIn("your default", self.page("/trade/addresses").text)
        self.buyer.allowed_address_ids = self.yard
        page = self.page("/trade/addresses").text
        self.assertIn("not for your orders", page)
        answer = self.form(f"/trade/addresses/{self.shop.id}/mine")
        self.assertRefused(answer, 404)
        self._role(self.buyer, choose_address=False, add_address=True)
        answer = self.form(f"/trade/addresses/{self.yard.id}/mine")
        self.assertRefused(answer, 403)

    def _cart_place(self):
        cart = self.env["sale.order"]._b2b_cart_find(self.buyer, self.env.company)
        return cart.partner_shipping_id

    def test_a_new_cart_goes_where_its_seat_orders_to(self):
        self.buyer.default_delivery_id = self.shop
        self.sign_in(self.buyer)
        self.json("/trade/cart/set", lines=[[self.product.id, 5]])
        self.assertEqual(self._cart_place(), self.shop)
        # One that holds nothing follows the wish, one with lines was thought about.
        self.form(f"/trade/addresses/{self.yard.id}/mine")
        self.assertEqual(self._cart_place(), self.shop)
        self.json("/trade/cart/set", lines=[[self.product.id, 0]])
        self.form(f"/trade/addresses/{self.yard.id}/mine")
        self.assertEqual(self._cart_place(), self.yard)

    def test_a_new_cart_goes_where_its_seat_may_order_to(self):
        self.buyer.allowed_address_ids = self.shop
        self.sign_in(self.buyer)
        self.json("/trade/cart/set", lines=[[self.product.id, 5]])
        self.assertEqual(self._cart_place(), self.shop)

    # -- checkout ----------------------------------------------------------------

    def test_the_checkout_offers_what_the_seat_may_choose(self):
        self._make_cart()
        self.sign_in(self.buyer)
        page = self.page("/trade/checkout").text
        self.assertEqual(page.count('name="address_id"'), 2)
        self.buyer.allowed_address_ids = self.shop
        self.buyer.default_delivery_id = self.shop
        cart = self.env["sale.order"]._b2b_cart_find(self.buyer, self.env.company)
        cart.partner_shipping_id = self.shop
        page = self.page("/trade/checkout").text
        self.assertEqual(page.count('name="address_id"'), 1)
        self.assertNotIn("this order only", page)

    def test_an_address_for_one_order_is_checked_once(self):
        self._role(self.buyer, add_address=True)
        cart = self._make_cart()
        self.sign_in(self.buyer)
        self.assertIn("this order only", self.page("/trade/checkout").text)
        path = "/trade/checkout/address"
        answer = self.form(path, cart_id=cart.id, name="Depot")
        self.assertRefused(answer, 400, "Enter street and number.", 'value="Depot"')
        answer = self.form(path, cart_id=cart.id, **self.fields)
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        depot = self._depot()
        self.assertEqual(cart.partner_shipping_id, depot)
        self.assertTrue(depot.b2b_one_order)
        page = self.page("/trade/checkout").text
        self.assertIn("Depot", page)
        self.assertIn("is new; we check the address", page)
        self.assertNotIn("Depot", self.page("/trade/addresses").text)
        cart.write({"b2b_orderer_id": self.buyer.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit(channel_code="portal")
        self.assertEqual(cart.b2b_hold_ids.mapped("code"), ["address"])
        self.assertEqual(cart.b2b_hold_ids.side, "seller")
        cart._action_confirm()
        self.assertFalse(depot.b2b_unconfirmed)
        self.assertFalse(cart._b2b_address_finding())

    def test_only_with_the_right_and_for_the_own_cart(self):
        theirs = self._make_cart(self.rival, partner_shipping_id=self.rival_yard.id)
        cart = self._make_cart()
        self.sign_in(self.buyer)
        path = "/trade/checkout/address"
        self.assertRefused(self.form(path, cart_id=cart.id, **self.fields), 403)
        self._role(self.buyer, add_address=True)
        self.assertRefused(self.form(path, cart_id=theirs.id, **self.fields), 409)
        self.buyer.allowed_address_ids = self.yard
        self.assertRefused(self.form(path, cart_id=cart.id, **self.fields), 403)
        self.assertFalse(self._depot())

    # -- Odoo's own address pages ------------------------------------------------

    def test_odoos_own_pages_obey_the_same_rights(self):
        values = {**self.fields, "phone": "1", "email": "a@b.example"}
        for seat, status in ((self.buyer, 403), (self.owner, 200)):
            self.sign_in(seat)
            page = self.page(f"/my/address?partner_id={self.shop.id}")
            self.assertEqual(page.status_code, status)
            answer = self.form("/my/address/submit", address_type="delivery", **values)
            self.assertEqual(answer.status_code, status)
            self.assertEqual(bool(self._depot()), seat == self.owner)
        self.sign_in(self.buyer)
        with mute_logger("odoo.http"):
            self.json("/my/address/archive", partner_id=self.shop.id)
        self.assertTrue(self.shop.active)
        self.sign_in(self.owner)
        with mute_logger("odoo.http"):
            answer = self.json("/my/address/archive", partner_id=self.yard.id)
        self.assertIn("is the default of your company", answer.text)
        self.assertTrue(self.yard.active)

    def test_nobody_moves_the_company_by_his_own_address(self):
        before = self.party.street
        for seat in (self.buyer, self.owner):
            self.sign_in(seat)
            contact = seat.user_id.partner_id
            for partner in (contact, self.party):
                self.form(
                    "/my/address/submit",
                    partner_id=partner.id,
                    address_type="billing",
                    **{
                        **self.fields,
                        "name": partner.name,
                        "street": "Attacker Street 1",
                        "phone": "1",
                        "email": "a@b.example",
                    },
                )
        self.assertEqual(self.party.street, before)
        self.assertEqual(self.owner.user_id.partner_id.street, before)

    def test_query_budget_of_many_addresses(self):
        for number in range(40):
            self._make_address(self.party, f"Shop {number}", street="Lane 1")
        for path in ("/trade/addresses", "/trade/addresses/new"):
            self.page(path)
            with self.subTest(path), self.assertQueryCount(40):
                self.page(path)
