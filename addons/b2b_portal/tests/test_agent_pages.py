from odoo.tests import tagged

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestAgentPages(TradeHttpCase):
    """An external agent: his parties, and ordering for one of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency = cls._make_party("Northgate Agencies", b2b_customer_type=False)
        contact = cls.env["res.partner"].create(
            {
                "name": "Ravi",
                "email": "ravi@northgate.example",
                "parent_id": cls.agency.id,
            }
        )
        cls.agent = contact._b2b_agent_login(password="ravi@northgate.example")
        cls.person = cls.env["b2b.person"].search(
            [("login_user_id", "=", cls.agent.id)]
        )
        cls.party.write({"b2b_agent_ids": [(4, cls.agency.id)], "city": "Bristol"})
        cls.order = cls._make_cart()
        cls.order.write({"b2b_orderer_id": cls.buyer.user_id.id, "b2b_is_cart": False})
        cls.order._b2b_submit()

    def setUp(self):
        super().setUp()
        self.authenticate(self.agent.login, self.agent.login)

    def agent_form(self, seat_id=0, **values):
        values = {"csrf_token": self.token(), "seat_id": seat_id, **values}
        data = {key: value for key, value in values.items() if value is not None}
        return self.url_open("/trade/agent/order", data=data, allow_redirects=False)

    def follow(self, answer):
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        sid = answer.cookies.get("session_id")
        self.opener.cookies.clear()
        self.opener.cookies["session_id"] = sid
        self.session.sid = sid

    def test_the_list_of_assigned_parties(self):
        page = self.page("/trade/agent").text
        for words in ("Brightwell", "Bristol", "Order for", "1 party"):
            self.assertIn(words, page)
        self.assertIn('name="seat_id" value="0"', page)
        self.assertIn('data-seat-id="0"', page)
        self.assertIn('name="seat_id" value="0"', page)
        self.assertIn('data-seat-id="0"', page)
        self.assertNotIn("Lindner", page)
        self.assertIn("No party fits", self.page("/trade/agent?search=Lindner").text)
        for query in ("search=%25", "page=-1", "page=x", "search=%00", "go=//evil"):
            page = self.page(f"/trade/agent?{query}")
            self.assertEqual(page.status_code, 200, query)

    def test_everywhere_else_leads_to_it(self):
        for path in ("/trade", "/trade/cart", "/trade/catalog"):
            page = self.page(path)
            self.assertEqual(page.status_code, 303)
            self.assertTrue(page.headers["Location"].endswith("/trade/agent"))
        self.seat = self.env["b2b.seat"]
        answer = self.json("/trade/cart/add", seat_id=0, lines=[])
        self.assertEqual(answer.status_code, 403)

    def test_ordering_for_a_party_and_back(self):
        self.follow(self.agent_form(party_id=self.party.id))
        seat = self.person._b2b_agent_seat(self.party)
        page = self.page("/trade").text
        self.assertIn(f'data-seat-id="{seat.id}"', page)
        self.assertIn("All your parties", page)
        self.assertNotIn('href="/trade/team"', page)
        page = self.page("/trade/agent").text
        self.assertIn("acting for", page)
        self.assertIn(f'name="seat_id" value="{seat.id}"', page)
        # the list made before the switch changes nothing now
        answer = self.agent_form(seat_id=0, party_id=self.party.id)
        self.assertIn(answer.status_code, (400, 409))

    def test_orders_say_who_ordered_for_whom(self):
        seat = self.person._b2b_agent_seat(self.party)
        cart = self._make_cart(seat)
        cart.write({"b2b_orderer_id": seat.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit()
        words = "Ordered by agent Ravi for Brightwell &amp; Sons Ltd"
        self.follow(self.agent_form(document=f"{self.party.id}-{cart.id}"))
        self.assertIn(words, self.page(f"/trade/orders/{cart.id}").text)
        self.assertIn("agent Ravi", self.page("/trade/agent/orders").text)
        self.sign_in(self.owner)
        self.assertIn(words, self.page(f"/trade/orders/{cart.id}").text)

    def test_several_carts_for_one_party_are_counted(self):
        seat = self.person._b2b_agent_seat(self.party)
        self._make_cart(seat)
        second = self._make_cart(seat, quantity=7, b2b_cart_name="Leeds")
        second._b2b_cart_choose()
        page = self.page("/trade/agent").text
        self.assertIn("in the first of 2 carts", page)
        self.assertIn(self.money(second.amount_untaxed), page)
        second._b2b_cart_delete()
        self.assertNotIn("of 2 carts", self.page("/trade/agent").text)

    def test_a_party_that_is_not_assigned_is_not_there(self):
        garbage = ("", "0", "x", "-1", "9" * 30, "987654321")
        for party_id in (self.rival_party.id, self.agency.id, *garbage):
            self.assertRefused(self.agent_form(party_id=party_id), 404)
        self.assertFalse(self.person.seat_ids)
        self.assertRefused(
            self.agent_form(party_id=self.party.id, csrf_token=None), 400
        )
        self.assertRefused(self.agent_form(party_id=self.party.id, seat_id=5), 409)
        self.assertRefused(self.agent_form(party_id=self.party.id, seat_id="x"), 400)

    def test_others_are_refused(self):
        for seat in (self.buyer, self.owner, self.rival):
            self.sign_in(seat)
            for path in ("/trade/agent", "/trade/agent/orders"):
                self.assertRefused(self.page(path), 403)
            answer = self.agent_form(seat_id=seat.id, party_id=self.party.id)
            self.assertRefused(answer, 403)

    def test_without_parties_and_with_a_blocked_one(self):
        self.party.b2b_state = "blocked"
        page = self.page("/trade/agent").text
        self.assertIn("blocked", page)
        self.assertIn(">Look<", page)
        self.assertNotIn(">Order for<", page)
        self.party.b2b_agent_ids = False
        page = self.page("/trade/agent").text
        self.assertIn("None is assigned to you yet", page)
        self.assertNotIn("Brightwell", page)
        self.assertNotIn(self.order.name, self.page("/trade/agent/orders").text)

    def test_a_seat_taken_away_by_hand_stays_so(self):
        seat = self.person._b2b_agent_seat(self.party)
        seat.with_user(self.manager).action_suspend()
        answer = self.agent_form(party_id=self.party.id)
        self.assertRefused(answer, 403, "is suspended")

    def test_orders_of_all_parties_with_filters(self):
        page = self.page("/trade/agent/orders").text
        self.assertIn(self.order.name, page)
        foreign = self._make_cart(self.rival, partner_shipping_id=self.rival_yard.id)
        foreign.write({"b2b_orderer_id": self.rival.user_id.id, "b2b_is_cart": False})
        foreign._b2b_submit()
        open_cart = self._make_cart()
        for query in (
            "",
            f"party={self.party.id}",
            f"party={self.rival_party.id}",
            "state=waiting&search=%25",
            "page=9999999999999",
        ):
            page = self.page(f"/trade/agent/orders?{query}")
            self.assertEqual(page.status_code, 200)
            self.assertNotIn(foreign.name, page.text)
            self.assertNotIn(f">{open_cart.name}<", page.text)

    def test_a_mail_about_an_order_leads_to_it(self):
        page = self.page(f"/trade/orders/{self.order.id}")
        self.assertIn("/trade/agent?go=", page.headers["Location"])
        page = self.page(f"/trade/agent?go=/trade/orders/{self.order.id}").text
        self.assertIn(f"Open {self.order.name}", page)
        answer = self.agent_form(
            party_id=self.party.id, go=f"/trade/orders/{self.order.id}"
        )
        self.follow(answer)
        self.assertTrue(answer.headers["Location"].endswith(f"orders/{self.order.id}"))

    def test_the_login_lands_where_one_works(self):
        self.logout()
        for login, landing in (
            (self.agent.login, "/trade/agent"),
            (self.buyer.user_id.login, "/trade"),
        ):
            self.opener.cookies.clear()
            self.authenticate(None, None)
            values = {"login": login, "password": login, "csrf_token": self.token()}
            answer = self.url_open("/web/login", data=values, allow_redirects=False)
            self.assertEqual(answer.status_code, 303, answer.text[:300])
            self.assertTrue(answer.headers["Location"].endswith(landing))

    def test_query_budget_of_many_parties(self):
        for number in range(60):
            self._make_party(f"Shop {number}", b2b_agent_ids=[(4, self.agency.id)])
        for path in ("/trade/agent", "/trade/agent/orders"):
            self.page(path)
            with self.subTest(path), self.assertQueryCount(40):
                self.page(path)
