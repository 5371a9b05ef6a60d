from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestAccessRequest(PartyCase):
    """From the public page to the first seat."""

    def _ask(self, **values):
        vals = {
            "company": "Hillside Gifts Ltd",
            "name": "Nora Hill",
            "email": "Nora@Hillside.example",
            "consent": "1",
            "network": "192.0.2.7",
            **values,
        }
        public = self.env.ref("base.public_user")
        requests = self.env["b2b.access.request"].with_user(public).sudo()
        return requests._b2b_submit_request(vals).with_env(self.env)

    def test_three_fields_and_consent(self):
        request = self._ask()
        self.assertEqual(request.email, "nora@hillside.example")
        self.assertEqual(request.state, "new")
        self.assertTrue(request.consent_at)
        for name in ("company", "name", "email", "consent"):
            with self.subTest(name=name), self.assertRaises(UserError):
                self._ask(**{name: ""})
        errors = self.env["b2b.access.request"]._b2b_request_errors(
            {"company": "x" * 101, "email": "nora at hillside"}
        )
        self.assertEqual(sorted(errors), ["company", "consent", "email", "name"])

    def test_a_decision_is_not_written(self):
        request = self._ask().with_user(self.manager)
        for vals in ({"state": "accepted"}, {"handled_by_id": 1}, {"seat_id": 1}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                request.write(vals)
        request.write({"phone": "0117"})
        self.assertEqual(request.state, "new")

    def test_a_robot_leaves_nothing_and_hears_nothing(self):
        before = self.env["b2b.access.request"].search_count([])
        self.assertFalse(self._ask(website="http://spam.example"))
        self.assertEqual(self.env["b2b.access.request"].search_count([]), before)

    def test_asking_twice_is_one_request(self):
        first = self._ask()
        self.assertEqual(self._ask(company="Hillside"), first)
        self.assertEqual(first.company_name, "Hillside Gifts Ltd")
        self.assertIn("Hillside", first.message_ids[0].body)

    def test_a_flood_is_refused_for_an_hour(self):
        for number in range(5):
            self._ask(email=f"a{number}@example.com")
        with self.assertRaisesRegex(UserError, "Too many"):
            self._ask(email="a9@example.com")
        self.assertTrue(self._ask(email="a9@example.com", network="192.0.2.8"))
        with self.assertRaisesRegex(UserError, "Too many"):
            for number in range(3):
                self._ask(email="b@example.com", network=f"198.51.100.{number}")
        later = fields.Datetime.add(fields.Datetime.now(), minutes=61)
        # create_date is the clock of the transaction
        self.env["b2b.access.attempt"].search([]).write({})
        with freeze_time(later):
            self.assertTrue(self._ask(email="a10@example.com"))

    def test_no_network_address_is_kept(self):
        request = self._ask()
        self.assertNotIn("192.0.2.7", request.network)
        attempts = self.env["b2b.access.attempt"].search([])
        self.assertNotIn("192.0.2.7", "".join(attempts.mapped("network")))

    def test_accept_makes_party_contact_seat_and_mail(self):
        request = self._ask(vat="GB 123456782")
        action = request.with_user(self.rep).action_accept()
        party, seat = request.party_id, request.seat_id
        self.assertEqual(action["res_id"], party.id)
        self.assertEqual(
            (party.name, party.is_company, party.b2b_customer_type, party.b2b_state),
            ("Hillside Gifts Ltd", True, "trade", "active"),
        )
        self.assertEqual(party.b2b_rep_ids, self.rep)
        self.assertEqual(seat.role_id, self.env.ref("b2b_party.role_administrator"))
        self.assertEqual(seat.state, "invited")
        self.assertEqual(seat.user_id.partner_id.parent_id, party)
        mail = self.env["mail.mail"].search([("email_to", "=", request.email)])
        self.assertEqual(len(mail), 1)
        self.assertEqual(request.handled_by_id, self.rep)

    def test_who_a_rule_names_looks_after_the_new_party(self):
        self.rep.b2b_own_parties_only = True
        colleague = new_test_user(self.env, "b2b_test_tom", "b2b_party.group_rep")
        self.env["b2b.account.manager.rule"].search([]).active = False
        self.env["b2b.account.manager.rule"].create(
            {"name": "Everybody", "user_ids": [(6, 0, colleague.ids)]}
        )
        request = self._ask()
        action = request.with_user(self.rep).action_accept()
        # the rep does not see the request any more: a reload of it would be an error
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(action["params"]["next"]["res_model"], request._name)
        self.assertEqual(request.party_id.user_id, colleague)
        self.assertFalse(request.party_id.b2b_rep_ids)

    def test_accept_twice_is_once(self):
        request = self._ask()
        request.with_user(self.rep).action_accept()
        party = request.party_id
        request.with_user(self.manager).action_accept()
        self.assertEqual(request.party_id, party)
        self.assertEqual(request.handled_by_id, self.rep)
        found = self.env["res.partner"].search_count([("name", "=", party.name)])
        self.assertEqual(found, 1)

    def test_known_parties_are_shown_with_the_reason(self):
        self.party.write({"vat": "GB123456782"})
        request = self._ask(
            company="BRIGHTWELL AND SONS",
            vat="gb 123 456 782",
            email=self.rival.person_id.email,
        )
        found = request._b2b_duplicates()
        self.assertEqual(sorted(found[self.party]), ["same VAT number", "similar name"])
        self.assertEqual(found[self.rival_party], ["same e-mail"])
        self.assertIn(f"/odoo/res.partner/{self.party.id}", request.duplicate_note)
        self.assertEqual(request.duplicate_count, 2)
        self.assertFalse(self._ask(email="x@y.example", company="Q")._b2b_duplicates())

    def test_a_name_from_outside_is_no_markup(self):
        party = self._make_party("<img src=x onerror=alert(1)>")
        request = self._ask(company="<img src=x onerror=alert(1)>")
        self.assertIn(party, request._b2b_duplicates())
        self.assertNotIn("<img", request.duplicate_note)

    def test_joining_a_party_that_has_an_administrator_starts_as_a_buyer(self):
        request = self._ask()
        self.assertEqual(request.role_id, self.env.ref("b2b_party.role_administrator"))
        request.party_id = self.party
        self.assertEqual(request.role_id, self.env.ref("b2b_party.role_buyer"))
        request.with_user(self.manager).action_accept()
        self.assertEqual(request.seat_id.party_id, self.party)
        self.assertFalse(
            self.env["res.partner"].search([("name", "=", "Hillside Gifts Ltd")])
        )

    def test_one_of_us_is_not_made_a_buyer(self):
        self.rep.partner_id.email = "rep@example.com"
        request = self._ask(email="rep@example.com")
        self.assertIn("our own people", request.duplicate_note)
        with self.assertRaisesRegex(UserError, "our own people"):
            request.with_user(self.manager).action_accept()
        self.assertEqual(request.state, "new")

    def test_a_wrong_vat_number_gets_a_sentence_and_makes_nothing(self):
        request = self._ask(vat="GB00")
        self.env.company.country_id = self.env.ref("base.uk")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            request.with_user(self.manager).action_accept()
        request.invalidate_recordset()
        self.assertEqual(request.state, "new")
        self.assertFalse(
            self.env["res.partner"].search([("name", "=", "Hillside Gifts Ltd")])
        )

    def test_refuse_with_and_without_a_word(self):
        quiet, polite = self._ask(), self._ask(email="polite@example.com")
        quiet.with_user(self.rep).action_refuse()
        polite.with_user(self.rep).action_refuse_with_mail()
        mails = self.env["mail.mail"].search([])
        self.assertFalse(mails.filtered(lambda m: quiet.email in (m.email_to or "")))
        sent = mails.filtered(lambda m: polite.email in (m.email_to or ""))
        self.assertEqual(len(sent), 1)
        polite.with_user(self.rep).action_refuse_with_mail()
        self.assertEqual(self.env["mail.mail"].search_count([("id", ">", sent.id)]), 0)
        polite.with_user(self.rep).action_reopen()
        polite.with_user(self.rep).action_accept()
        with self.assertRaisesRegex(UserError, "accepted already"):
            polite.with_user(self.rep).action_refuse()

    def test_the_polite_no_is_in_the_language_of_the_page(self):
        self.env["res.lang"]._activate_lang("de_DE")
        template = self.env.ref("b2b_party.mail_template_access_refused")
        template.with_context(lang="de_DE").subject = "Ihre Anfrage"
        request = self._ask(lang="de_DE")
        request.with_user(self.rep).action_refuse_with_mail()
        mail = self.env["mail.mail"].search([("email_to", "=", request.email)])
        self.assertEqual(mail.subject, "Ihre Anfrage")
        self.assertFalse(self._ask(email="q@example.com", lang="xx_XX").lang)

    def test_only_sales_decides(self):
        request = self._ask()
        for user in (self.buyer.user_id, self.owner.user_id):
            with self.assertRaises(AccessError):
                request.with_user(user).action_accept()
        with self.assertRaises(AccessError):
            request.with_user(self.rep).create({"name": "x"})

    def test_refused_ones_are_forgotten_after_half_a_year(self):
        request = self._ask()
        request.with_user(self.rep).action_refuse()
        request._gc_refused()
        self.assertTrue(request.exists())
        request.handled_at = fields.Datetime.subtract(fields.Datetime.now(), days=181)
        request._gc_refused()
        self.assertFalse(request.exists())

    def test_the_dashboard_counts_who_waits(self):
        self._ask()
        data = self.env["b2b.dashboard"].with_user(self.manager).get_data({})
        tile = next(s for s in data["sections"] if s["id"] == "access_requests")
        self.assertIn("Hillside", tile["subtitle"])
