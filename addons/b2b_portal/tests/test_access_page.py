from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestAccessPage(TradeHttpCase):
    """Anybody may ask for access, and nobody learns who trades with us."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _asked(self):
        return self.env["b2b.access.request"].search([])

    def _send(self, **values):
        values = {
            "csrf_token": Request.csrf_token(self),
            "company": "Finch Pottery",
            "name": "Nora",
            "email": "nora@finch.example",
            "consent": "1",
            **values,
        }
        data = {key: value for key, value in values.items() if value is not None}
        return self.url_open("/trade/request-access", data=data, allow_redirects=False)

    def test_three_fields_and_consent(self):
        page = self.page("/trade/request-access").text
        for words in ("Company", "Your name", "within one working day"):
            self.assertIn(words, page)
        self.assertIn("/trade/request-access", self.page("/web/login").text)
        before = self._asked()
        answer = self._send(vat="GB1", phone="0117")
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        asked = self._asked() - before
        self.assertEqual(asked.company_name, "Finch Pottery")
        self.assertEqual(asked.email, "nora@finch.example")
        self.assertTrue(asked.consent_at)
        # A visitor's name would be hidden from reps, as that of another party.
        self.assertEqual(asked.message_ids.author_id, self.env.ref("base.partner_root"))
        self.assertIn(
            "We have your request", self.page("/trade/request-access?sent=1").text
        )

    def test_what_is_missing_stands_at_its_field(self):
        before = self._asked()
        answer = self._send(company="", email="x", consent=None)
        self.assertRefused(
            answer, 400, "Enter the name of your company.", "consent", 'value="Nora"'
        )
        self.assertEqual(self._asked(), before)

    def test_a_known_person_reads_the_same_words(self):
        new = self._send()
        known = self._send(email=self.buyer.person_id.email)
        self.assertEqual(new.status_code, known.status_code)
        self.assertEqual(new.headers["Location"], known.headers["Location"])

    def test_robots_change_nothing_and_notice_nothing(self):
        before = self._asked()
        answer = self._send(website="http://spam.example")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._asked(), before)

    def test_a_form_from_elsewhere_is_refused(self):
        before = self._asked()
        with mute_logger("odoo.http"):
            self.assertEqual(self._send(csrf_token=None).status_code, 400)
            self.assertEqual(self._send(csrf_token="x" * 40).status_code, 400)
        self.assertEqual(self._asked(), before)

    def test_signing_in_does_not_lead_elsewhere(self):
        self.buyer.user_id.password = "correct horse"
        for target in ("/\t/evil.example/x", "/\n/evil.example"):
            self.authenticate(None, None)
            answer = self.url_open(
                "/web/login",
                data={
                    "csrf_token": Request.csrf_token(self),
                    "login": self.buyer.user_id.login,
                    "password": "correct horse",
                    "redirect": target,
                },
                allow_redirects=False,
            )
            self.assertEqual(answer.status_code, 303)
            self.assertTrue(answer.headers["Location"].endswith("/trade"))

    def test_an_archived_party_has_no_pages(self):
        self.sign_in(self.buyer)
        self.assertEqual(self.page("/trade").status_code, 200)
        self.party.with_context(active_test=False).write({"active": False})
        self.assertEqual(self.page("/trade").status_code, 403)

    def test_floods_are_stopped_with_a_sentence(self):
        for number in range(30):
            answer = self._send(email=f"n{number}@finch.example")
            if answer.status_code != 303:
                break
        self.assertRefused(answer, 429, "Too many requests", 'value="Finch Pottery"')
