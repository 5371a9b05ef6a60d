from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestInvitation(PartyCase):
    """People are asked; nobody's account is taken over by an equal address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls.env.ref("b2b_party.role_buyer")
        cls.seats = cls.env["b2b.seat"]

    def _invite(self, party=None, name="Olive", email="olive@example.com", **values):
        return self.seats._b2b_invite(
            party or self.party, name, email, self.role, **values
        )

    def _mails_to(self, email):
        return self.env["mail.mail"].search([("email_to", "ilike", email)])

    def test_somebody_new_chooses_a_password_and_is_in(self):
        seat = self._invite()
        self.assertEqual(seat.state, "invited")
        self.assertFalse(seat.user_id._b2b_can("place_orders"))
        mail = self._mails_to("olive@example.com")
        self.assertEqual(len(mail), 1)
        self.assertIn("/web/signup?", mail.body_html)
        partner = seat.user_id.partner_id
        token = partner._generate_signup_token()
        users = self.env["res.users"].sudo()
        login, password = users.signup({"password": "correct horse"}, token)
        credential = {"type": "password", "login": login, "password": password}
        found = users._login(credential, {"interactive": False})
        self.assertEqual(found["uid"], seat.user_id.id)
        self.assertEqual(seat.state, "active")
        self.assertTrue(seat.user_id._b2b_can("place_orders"))

    def test_the_mail_is_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("de_DE")
        template = self.env.ref("b2b_party.mail_template_invite_new")
        template.with_context(lang="de_DE").subject = "Einladung"
        self.party.lang = "de_DE"
        self._invite()
        self.assertEqual(self._mails_to("olive@example.com").subject, "Einladung")

    def test_somebody_with_a_seat_is_asked_and_keeps_the_login(self):
        email = self.rival.person_id.email
        seat = self._invite(name="Whoever", email=email.upper())
        self.assertEqual(seat.person_id, self.rival.person_id)
        self.assertFalse(seat.user_id.active)
        self.assertNotIn("@", seat.user_id.login)
        mail = self._mails_to(email)
        self.assertIn("/trade/team/invitations", mail.body_html)
        self.assertNotIn("signup", mail.body_html)
        user = self.rival.user_id
        asked = user._b2b_open_invitations()
        self.assertEqual(asked, seat)
        seat.with_user(user)._b2b_accept()
        self.assertEqual(seat.state, "active")
        self.assertTrue(seat.user_id.active)
        self.assertEqual(self.rival.person_id.login_user_id, user)

    def test_only_the_person_answers_and_once(self):
        seat = self._invite(email=self.rival.person_id.email)
        for other in (self.buyer.user_id, self.owner.user_id, self.manager):
            with self.assertRaises(MissingError):
                seat.with_user(other)._b2b_accept()
            with self.assertRaises(MissingError):
                seat.with_user(other)._b2b_decline()
        seat.with_user(self.rival.user_id)._b2b_accept()
        with self.assertRaises(MissingError):
            seat.with_user(self.rival.user_id)._b2b_decline()

    def test_declining_leaves_nothing(self):
        seat = self._invite(email=self.rival.person_id.email)
        user = seat.user_id
        seat.with_user(self.rival.user_id)._b2b_decline()
        self.assertFalse(seat.exists())
        self.assertFalse(user.exists())
        self.assertTrue(self.rival.person_id.exists())
        self.assertEqual(self.rival.state, "active")

    def test_one_of_us_is_never_invited(self):
        for email in (self.rep.email, self.rep.login):
            if "@" not in (email or ""):
                continue
            with self.assertRaisesRegex(AccessError, "our own people"):
                self._invite(email=email)
        staff = new_test_user(
            self.env, "staff@example.com", "base.group_user", email="other@example.com"
        )
        for email in ("STAFF@example.com", "other@example.com"):
            with self.assertRaisesRegex(AccessError, "our own people"):
                self._invite(email=email)
        staff.active = False
        with self.assertRaisesRegex(AccessError, "our own people"):
            self._invite(email="staff@example.com")

    def test_an_account_of_another_company_is_never_taken_over(self):
        stranger = new_test_user(
            self.env, "portal@example.com", "base.group_portal", email="p@example.com"
        )
        with self.assertRaisesRegex(AccessError, "is no seat"):
            self._invite(email="portal@example.com")
        self.assertFalse(stranger.has_group("b2b_party.group_buyer"))

    def test_an_address_in_a_foreign_contact_keeps_nobody_out(self):
        """Portal users write the address of their contact themselves."""
        squatter = new_test_user(
            self.env, "squat", "base.group_portal", email="olive@example.com"
        )
        inside = self.env["res.partner"].create(
            {"name": "I", "email": "olive@example.com", "parent_id": self.party.id}
        )
        inside = new_test_user(
            self.env, "inside", "base.group_portal", partner_id=inside.id
        )
        self.rival.user_id.partner_id.email = "olive@example.com"
        others = squatter | inside | self.rival.user_id
        before = others.mapped(lambda u: (u.login, u.group_ids.ids, u.partner_id.id))
        seat = self._invite()
        self.assertFalse(seat.user_id & others)
        self.assertEqual(seat.user_id.login, "olive@example.com")
        self.assertNotEqual(seat.person_id, self.rival.person_id)
        after = others.mapped(lambda u: (u.login, u.group_ids.ids, u.partner_id.id))
        self.assertEqual(after, before)
        self.assertEqual(len(self._mails_to("olive@example.com")), 1)

    def test_the_portal_user_of_a_contact_becomes_the_seat_as_he_is(self):
        contact = self.env["res.partner"].create(
            {"name": "Olive", "email": "olive@example.com", "parent_id": self.party.id}
        )
        user = new_test_user(
            self.env, "olive@example.com", "base.group_portal", partner_id=contact.id
        )
        before = user.group_ids
        seat = self._invite()
        self.assertEqual(seat.user_id, user)
        self.assertEqual(seat.person_id.login_user_id, user)
        self.assertEqual(user.group_ids - before, self.env.ref("b2b_party.group_buyer"))
        self.assertTrue(user.active)

    def test_a_known_contact_is_registered(self):
        contact = self.env["res.partner"].create(
            {"name": "Olive", "email": "olive@example.com", "parent_id": self.party.id}
        )
        wizard = self.env["b2b.seat.invite"].with_user(self.rep)
        wizard = wizard.create({"party_id": self.party.id, "contact_id": contact.id})
        self.assertEqual(wizard.email, "olive@example.com")
        wizard.write({"order_limit": 250.0, "supervisor_id": self.approver.id})
        wizard.action_invite()
        seat = self.party.b2b_seat_ids.filtered(lambda s: s.state == "invited")
        self.assertEqual(seat.user_id.partner_id, contact)
        self.assertEqual(seat._b2b_limit("order_limit"), 250.0)
        self.assertEqual(seat.supervisor_id, self.approver)
        self.assertEqual(seat.invited_by_id, self.rep)

    def test_a_contact_of_somebody_else_is_refused(self):
        with self.assertRaisesRegex(UserError, "is not a contact"):
            self._invite(contact=self.rival.user_id.partner_id)

    def test_bad_input_gets_a_sentence_and_leaves_nothing(self):
        persons = self.env["b2b.person"].search_count([])
        for name, email, words in (
            ("", "olive@example.com", "name"),
            ("Olive", "olive at example", "“olive at example”"),
            ("Olive", "", "not an e-mail"),
            ("Hannah", self.buyer.person_id.email, "already has a seat"),
        ):
            with self.subTest(email=email), self.assertRaisesRegex(UserError, words):
                self._invite(name=name, email=email)
        with self.assertRaisesRegex(UserError, "trade company"):
            self._invite(party=self.buyer.user_id.partner_id)
        self.assertEqual(self.env["b2b.person"].search_count([]), persons)

    def test_an_archived_person_is_not_revived_unasked(self):
        self.rival.person_id.active = False
        with self.assertRaisesRegex(AccessError, "archived"):
            self._invite(email=self.rival.person_id.email)

    def test_somebody_whose_seats_are_gone_signs_in_as_before(self):
        self.rival.user_id.password = "correct horse"
        login = self.rival.user_id.login
        self.rival.action_suspend()
        seat = self._invite(email=self.rival.person_id.email)
        self.assertEqual(seat.person_id.login_user_id, seat.user_id)
        credential = {"type": "password", "login": login, "password": "correct horse"}
        found = self.env["res.users"].sudo()._login(credential, {"interactive": False})
        self.assertEqual(found["uid"], seat.user_id.id)
        self.assertEqual(seat.state, "active")
        self.assertEqual(self.rival.state, "suspended")

    def test_sending_again_and_withdrawing(self):
        seat = self._invite()
        seat.with_user(self.manager).action_resend_invitation()
        self.assertEqual(len(self._mails_to("olive@example.com")), 2)
        person, user = seat.person_id, seat.user_id
        contact = user.partner_id
        seat.with_user(self.manager).action_withdraw_invitation()
        self.assertFalse(seat.exists() or person.exists() or user.exists())
        self.assertFalse(contact.exists())
        again = self._invite()
        self.assertEqual(again.state, "invited")

    def test_a_contact_that_serves_elsewhere_stays(self):
        seat = self._invite()
        contact = seat.user_id.partner_id
        order = self.env["sale.order"].create({"partner_id": contact.id})
        seat.action_withdraw_invitation()
        self.assertEqual(order.partner_id, contact)
        known = self.env["res.partner"].create(
            {"name": "Pia", "email": "pia@example.com", "parent_id": self.party.id}
        )
        seat = self._invite(name="Pia", email="pia@example.com")
        self.assertEqual(seat.user_id.partner_id, known)
        seat.action_withdraw_invitation()
        self.assertTrue(known.exists())

    def test_nobody_is_flooded_with_invitations(self):
        owner = self.seats.with_user(self.owner.user_id).sudo()
        seat = self._invite(party=self.party)
        owner._b2b_team_resend(seat.id)
        seat.with_user(self.manager).action_resend_invitation()
        for who in (owner, self.seats.with_user(self.manager).sudo()):
            with self.assertRaisesRegex(UserError, "3 invitations in the last hour"):
                who._b2b_team_resend(seat.id) if who is owner else seat._b2b_resend()
        seat._b2b_withdraw()
        with self.assertRaisesRegex(UserError, "3 invitations in the last hour"):
            self._invite()
        self.assertEqual(len(self._mails_to("olive@example.com")), 3)
        # Another party is not kept from asking the same person.
        self.assertTrue(self._invite(party=self.rival_party))

    def test_a_company_invites_so_many_in_an_hour_and_our_staff_any_number(self):
        owner = self.seats.with_user(self.owner.user_id).sudo()
        count = self.env["b2b.access.attempt"].create
        mine = {"network": f"party|{self.party.id}"}
        count([{**mine, "email": f"{n}@example.com"} for n in range(49)])
        owner._b2b_team_invite("A", "a@example.com", self.role.id)
        with self.assertRaisesRegex(UserError, "50 invitations in the last hour"):
            owner._b2b_team_invite("B", "b@example.com", self.role.id)
        self.assertTrue(self._invite())
        rows = self.env["b2b.access.attempt"].search([("email", "like", "example")])
        self.env.cr.execute(
            "UPDATE b2b_access_attempt SET create_date = create_date - interval '2 h' "
            "WHERE id IN %s",
            [tuple(rows.ids)],
        )
        owner._b2b_team_invite("B", "b@example.com", self.role.id)

    def test_names_and_addresses_have_an_end(self):
        persons = self.env["b2b.person"].search_count([])
        for name, email, words in (
            ("O" * 101, "olive@example.com", "longer than 100"),
            ("Olive", "o" * 250 + "@example.com", "longer than 254"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._invite(name=name, email=email)
            with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                self.env["b2b.person"].create({"name": name, "email": email})
        self.assertEqual(self.env["b2b.person"].search_count([]), persons)
        self.assertTrue(self._invite(name="O" * 100))

    def test_what_was_accepted_is_neither_sent_again_nor_withdrawn(self):
        for action in ("action_resend_invitation", "action_withdraw_invitation"):
            with self.assertRaisesRegex(UserError, "accepted already"):
                getattr(self.buyer.with_user(self.manager), action)()

    def test_an_account_that_was_there_stays_when_the_invitation_is_withdrawn(self):
        contact = self.env["res.partner"].create(
            {"name": "Olive", "email": "olive@example.com", "parent_id": self.party.id}
        )
        user = new_test_user(
            self.env, "olive@example.com", "base.group_portal", partner_id=contact.id
        )
        self.env["res.users.log"].with_user(user).sudo().create({})
        seat = self._invite()
        seat.action_withdraw_invitation()
        self.assertTrue(user.exists())
        self.assertFalse(user.has_group("b2b_party.group_buyer"))

    def test_a_rep_invites_for_parties_he_may_write(self):
        wizard = self.env["b2b.seat.invite"].with_user(self.buyer.user_id)
        with self.assertRaises(AccessError):
            wizard.create({"party_id": self.party.id, "name": "x", "email": "x@y.de"})
