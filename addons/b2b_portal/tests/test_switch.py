from urllib.parse import parse_qs, urlsplit

from odoo.tests import new_test_user, tagged

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestSwitch(TradeHttpCase):
    def setUp(self):
        super().setUp()
        email = self.buyer.person_id.email
        role = self.env.ref("b2b_party.role_buyer")
        self.sibling = self.env["b2b.seat"]._b2b_create_login(
            self.rival_party, "Hannah", email, role
        )
        self.assertEqual(self.sibling.person_id, self.buyer.person_id)
        self.sign_in(self.buyer)

    def switch(self, target, **values):
        return self.form("/trade/switch", target_seat_id=target, **values)

    def follow(self, response):
        """Use the session that the answer gave, as the browser does."""
        sid = response.cookies.get("session_id")
        self.assertTrue(sid)
        self.opener.cookies.clear()
        self.opener.cookies["session_id"] = sid
        self.session.sid = sid
        return sid

    def test_the_session_goes_over_to_the_other_seat(self):
        old = self.session.sid
        answer = self.switch(self.sibling.id)
        self.assertEqual(answer.status_code, 303)
        self.assertNotEqual(self.follow(answer), old)
        page = self.page("/trade")
        self.assertIn(self.rival_party.name, page.text)
        self.assertIn(f'data-seat-id="{self.sibling.id}"', page.text)

    def test_the_old_session_is_worthless(self):
        old = self.session.sid
        self.switch(self.sibling.id)
        self.opener.cookies.clear()
        self.opener.cookies["session_id"] = old
        page = self.page("/trade")
        self.assertEqual(page.status_code, 303)
        self.assertIn("/web/login", page.headers["Location"])

    def test_whoever_signs_in_again_comes_back_to_the_page_of_his_form(self):
        self._make_cart()
        token, self.opener.cookies = self.token(), type(self.opener.cookies)()
        home = self.base_url()
        for path, page, cart, back in (
            (
                "/trade/checkout",
                "/trade/checkout",
                "388",
                "/trade/checkout?cart_id=388",
            ),
            ("/trade/cart/update", "/trade/cart?x=1", "", "/trade/cart?x=1"),
            ("/trade/checkout", "/trade/checkout?cart_id=7", "388", "?cart_id=7"),
            ("/trade/cart/update", "/trade/cart", "3&x=//evil", "/trade/cart"),
        ):
            answer = self.url_open(
                path,
                data={"csrf_token": token, "cart_id": cart},
                headers={"Referer": home + page},
                allow_redirects=False,
            )
            self.assertEqual(answer.status_code, 303)
            target = parse_qs(urlsplit(answer.headers["Location"]).query)["redirect"]
            self.assertTrue(target[0].endswith(back), (target, back))
        answer = self.url_open(
            "/trade/checkout",
            data={"csrf_token": token},
            headers={"Referer": "https://evil.example/trade/checkout"},
            allow_redirects=False,
        )
        self.assertNotIn("evil", answer.headers["Location"])

    def test_an_older_tab_is_told_and_changes_nothing(self):
        self._make_cart()
        self.follow(self.switch(self.sibling.id))
        answer = self.form("/trade/checkout", seat_id=self.buyer.id, note="x")
        self.assertRefused(answer, 409, f"You now act for {self.rival_party.name}")

    def test_only_own_active_seats(self):
        self.assertRefused(self.switch(self.rival.id), 404)
        self.assertRefused(self.switch(self.owner.id), 404)
        for garbage in ("", "0", "x", "-1", "9" * 30, "1 or 1"):
            self.assertRefused(self.switch(garbage), 404)
        self.sibling.state = "suspended"
        self.assertRefused(self.switch(self.sibling.id), 404)
        self.assertIn("Brightwell", self.page("/trade").text)

    def test_never_to_one_of_us(self):
        internal = new_test_user(self.env, "b2b_sw_staff", "base.group_user")
        self.env.cr.execute(
            "UPDATE b2b_seat SET user_id = %s WHERE id = %s",
            [internal.id, self.sibling.id],
        )
        self.env.invalidate_all()
        self.assertRefused(self.switch(self.sibling.id), 404)

    def test_an_archived_user_is_no_target(self):
        self.sibling.user_id.active = False
        self.assertRefused(self.switch(self.sibling.id), 404)

    def test_needs_token_and_seat(self):
        self.assertRefused(self.switch(self.sibling.id, csrf_token=None), 400)
        self.assertRefused(self.switch(self.sibling.id, seat_id=self.rival.id), 409)
        page = self.page("/trade/switch")
        self.assertIn(page.status_code, (404, 405))

    def test_to_the_same_seat_changes_nothing(self):
        old = self.session.sid
        answer = self.switch(self.buyer.id)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.opener.cookies["session_id"], old)

    def test_a_new_password_ends_the_sessions_of_all_seats(self):
        self.follow(self.switch(self.sibling.id))
        self.assertEqual(self.page("/trade").status_code, 200)
        self.buyer.user_id.password = "another one"
        self.env.flush_all()
        page = self.page("/trade")
        self.assertEqual(page.status_code, 303)
        self.assertIn("/web/login", page.headers["Location"])

    def test_suspending_ends_the_session(self):
        self.follow(self.switch(self.sibling.id))
        self.sibling.action_suspend()
        self.env.flush_all()
        self.assertNotEqual(self.page("/trade").status_code, 200)
