import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestSeatHttp(PartyCase, HttpCase):
    """Sessions and links of real browsers; switching is tested with the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sibling = cls.env["b2b.seat"]._b2b_create_login(
            cls.rival_party,
            "Hannah",
            cls.buyer.person_id.email,
            cls.env.ref("b2b_party.role_buyer"),
        )
        cls.buyer.user_id.password = "correct horse"
        cls.login = cls.buyer.user_id.login

    def _sign_in(self, seat):
        """A session of this seat's user, as signing in or switching leaves it."""
        session = self.authenticate(None, None)
        user = seat.user_id
        session["pre_login"], session["pre_uid"] = user.login, user.id
        session.finalize(self.env(user=user.id))
        session.should_rotate = False
        self._save(session)
        return session

    def _save(self, session):
        from odoo import http

        self.env.flush_all()
        http.root.session_store.save(session)
        self.opener.cookies.set("session_id", session.sid)

    def _signed_in(self):
        self.env.flush_all()
        answer = self.url_open("/my", allow_redirects=False)
        if answer.status_code == 200:
            return True
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
        return False

    def _ends(self, seat, change):
        self._sign_in(seat)
        self.assertTrue(self._signed_in())
        change()
        self.assertFalse(self._signed_in())

    def test_a_new_password_ends_all_seats(self):
        for seat in (self.sibling, self.buyer):
            with self.subTest(seat=seat.display_name):
                self._ends(
                    seat, lambda: self.buyer.user_id.write({"password": "battery"})
                )

    def test_a_second_factor_ends_all_seats(self):
        if "totp_secret" not in self.env["res.users"]._fields:
            self.skipTest("two-factor authentication is not installed")
        carrier = self.buyer.user_id.sudo()
        self._ends(self.sibling, lambda: carrier.write({"totp_secret": "A" * 16}))
        self._ends(self.sibling, lambda: carrier.write({"totp_secret": False}))

    def test_a_new_address_or_login_ends_all_seats(self):
        person, carrier = self.buyer.person_id, self.buyer.user_id
        self._ends(self.sibling, lambda: person.write({"email": "n@example.com"}))
        self._ends(self.sibling, lambda: carrier.write({"login": "hannah"}))

    def test_suspending_the_carrier_ends_its_session_and_the_siblings(self):
        self._ends(self.sibling, self.buyer.action_suspend)
        self.assertEqual(self.sibling.state, "active")
        self.authenticate(self.login, "correct horse")
        self.assertTrue(self._signed_in())
        self.assertEqual(self.session.uid, self.sibling.user_id.id)

    def test_a_suspended_seat_is_out_at_once(self):
        self._ends(self.sibling, self.sibling.action_suspend)

    def test_a_session_of_before_stays_closed(self):
        self._ends(self.buyer, self.buyer.action_suspend)
        self.buyer.action_activate()
        self.assertFalse(self._signed_in())
        self._sign_in(self.buyer)
        self.assertTrue(self._signed_in())

    def test_an_archived_person_is_out_at_once(self):
        self._ends(self.sibling, self.buyer.person_id.action_archive)

    def test_an_archived_user_is_out_at_once(self):
        self._ends(self.sibling, self.sibling.user_id.action_archive)

    def test_a_seat_suspended_past_the_buttons_is_out_too(self):
        def directly():
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE b2b_seat SET state = 'suspended' WHERE id = %s",
                [self.sibling.id],
            )
            self.env.invalidate_all()
            self.env.registry.clear_cache()

        self._ends(self.sibling, directly)

    def test_a_suspended_seat_cannot_sign_in(self):
        self.sibling.action_suspend()
        self.buyer.action_suspend()
        self.env.flush_all()
        session = self.authenticate(None, None)
        self._save(session)
        page = self.url_open("/web/login")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = self.url_open(
            "/web/login",
            data={
                "login": self.login,
                "password": "correct horse",
                "csrf_token": token,
            },
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Wrong login/password", answer.text)

    def test_security_of_a_sibling_leads_to_the_login(self):
        self._sign_in(self.sibling)
        page = self.url_open("/my/security")
        self.assertIn(self.login, page.text)
        self.assertNotIn('name="new1"', page.text)
        token = page.text.split("csrf_token")[1]
        self.assertTrue(token)
        answer = self.url_open("/my/deactivate_account", allow_redirects=False)
        self.assertNotEqual(answer.status_code, 500)
        self._sign_in(self.buyer)
        self.assertIn('name="new1"', self.url_open("/my/security").text)

    def test_links_of_orders_and_invoices_die_with_the_seat(self):
        order = self._make_order()
        order.action_confirm()
        self.env.flush_all()
        url = order.get_portal_url()
        self.authenticate(None, None)
        self.assertEqual(self.url_open(url, allow_redirects=False).status_code, 200)
        self.buyer.action_suspend()
        self.env.flush_all()
        answer = self.url_open(url, allow_redirects=False)
        self.assertIn(answer.status_code, (303, 403, 404))
        self.assertNotIn(order.name, answer.text)
        new = order.get_portal_url()
        self.env.flush_all()
        self.assertNotEqual(new, url)
        self.assertEqual(self.url_open(new, allow_redirects=False).status_code, 200)

    def test_signing_in_is_seen(self):
        self.assertFalse(self.buyer.last_seen)
        self.authenticate(self.login, "correct horse")
        self.env.invalidate_all()
        self.assertTrue(self.buyer.last_seen)
        self.assertFalse(self.sibling.last_seen)

    def test_by_rpc_nobody_reaches_the_team_or_an_invitation(self):
        self.authenticate(self.login, "correct horse")
        for model, method, args in (
            ("b2b.seat", "_b2b_team", []),
            ("b2b.seat", "_b2b_accept", [[self.sibling.id]]),
            ("b2b.seat", "action_activate", [[self.sibling.id]]),
            ("b2b.seat.role", "_b2b_save_matrix", [{}]),
            ("b2b.access.request", "_b2b_submit_request", [{}]),
        ):
            body = {
                "jsonrpc": "2.0",
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": {},
                },
            }
            with mute_logger("odoo.http"):
                answer = self.url_open(
                    "/web/dataset/call_kw",
                    data=json.dumps(body),
                    headers={"Content-Type": "application/json"},
                ).json()
            with self.subTest(method=method):
                self.assertIn("AccessError", answer["error"]["data"]["name"])

    def _post(self, path, **data):
        from odoo import http

        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, allow_redirects=False).status_code

    def test_nonsense_in_an_address_form_is_no_server_error(self):
        self._sign_in(self.owner)
        for path, code in (
            ("/my/address?partner_id=abc", 404),
            ("/my/address?partner_id=99999999999999999999", 404),
            ("/my/address?partner_id=%00", 400),
            ("/my/address?use_delivery_as_billing=perhaps", 400),
            ("/my/orders?sortby=%00", 400),
            ("/no-such-page%00", 404),
        ):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path).status_code, code)
        for values, code in (
            ({"partner_id": "abc"}, 404),
            ({"partner_id": "1e3"}, 404),
            ({"partner_id": "²"}, 404),
            ({"partner_id": "1", "name": "a\x00b"}, 400),
            ({"name": "x", "use_delivery_as_billing": "perhaps"}, 400),
        ):
            with self.subTest(values=values):
                self.assertEqual(self._post("/my/address/submit", **values), code)
        self.assertEqual(self.url_open("/my/address").status_code, 200)
