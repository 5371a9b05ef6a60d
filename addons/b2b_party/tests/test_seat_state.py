from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessDenied, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestSeatState(PartyCase):
    """Login, links, limits and addresses follow the state of a seat."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls.env.ref("b2b_party.role_buyer")
        cls.sibling = cls.env["b2b.seat"]._b2b_create_login(
            cls.rival_party, "Hannah", cls.buyer.person_id.email, cls.role
        )

    def _sign_in(self, login, password="correct horse"):
        credential = {"type": "password", "login": login, "password": password}
        users = self.env["res.users"].sudo()
        return users._login(credential, {"interactive": False})["uid"]

    def _column(self, user, name):
        self.env.flush_all()
        self.env.cr.execute(
            f"SELECT {name} FROM res_users WHERE id = %s",  # noqa: S608
            [user.id],
        )
        return self.env.cr.fetchone()[0]

    def test_a_state_written_by_import_does_the_same_as_the_button(self):
        self.buyer.write({"state": "suspended"})
        self.assertFalse(self.buyer.user_id.active)
        self.assertEqual(self.buyer.person_id.login_user_id, self.sibling.user_id)
        self.buyer.write({"state": "active"})
        self.assertTrue(self.buyer.user_id.active)
        self.assertEqual(self.buyer.person_id.login_user_id, self.sibling.user_id)

    def test_a_seat_never_goes_back_to_invited(self):
        with self.assertRaisesRegex(UserError, "cannot become invited"):
            self.buyer.state = "invited"

    def test_archiving_the_user_suspends_the_seat_and_moves_the_login(self):
        self.buyer.user_id.password = "correct horse"
        login = self.buyer.user_id.login
        self.buyer.user_id.action_archive()
        self.assertEqual(self.buyer.state, "suspended")
        self.assertEqual(self._sign_in(login), self.sibling.user_id.id)

    def test_the_user_of_a_suspended_seat_is_not_restored_by_hand(self):
        self.buyer.action_suspend()
        with self.assertRaisesRegex(UserError, "activate the seat"):
            self.buyer.user_id.active = True
        self.assertFalse(self.buyer.user_id.active)

    def test_the_second_factor_moves_with_the_login(self):
        users = self.buyer.user_id | self.sibling.user_id
        if "totp_secret" not in users._fields:
            self.skipTest("two-factor authentication is not installed")
        self.buyer.user_id.sudo().totp_secret = "A" * 16
        self.env["auth_totp.device"].with_user(self.buyer.user_id)._generate(
            "browser", "laptop", fields.Datetime.now() + timedelta(days=1)
        )
        self.buyer.action_suspend()
        self.assertEqual(self._column(self.sibling.user_id, "totp_secret"), "A" * 16)
        self.assertIsNone(self._column(self.buyer.user_id, "totp_secret"))
        self.assertTrue(self.sibling.user_id.totp_enabled)
        self.assertFalse(
            self.env["auth_totp.device"].sudo().search([("user_id", "in", users.ids)])
        )

    def test_the_last_seat_keeps_login_and_password_for_later(self):
        self.buyer.user_id.password = "correct horse"
        login = self.buyer.user_id.login
        self.buyer.action_suspend()
        self.sibling.action_suspend()
        with self.assertRaises(AccessDenied), mute_logger("odoo.addons.base"):
            self._sign_in(login)
        self.buyer.action_activate()
        self.assertEqual(self._sign_in(login), self.buyer.user_id.id)
        self.assertEqual(self.buyer.person_id.login_user_id, self.buyer.user_id)

    def test_archiving_a_person_suspends_all_seats(self):
        self.buyer.person_id.with_user(self.manager).action_archive()
        self.assertEqual((self.buyer | self.sibling).mapped("state"), ["suspended"] * 2)
        self.assertFalse((self.buyer | self.sibling).user_id.filtered("active"))

    def test_a_new_address_of_the_person_changes_login_and_contacts(self):
        person = self.buyer.person_id
        person.with_user(self.manager).email = "Hannah.New@example.com"
        self.assertEqual(self.buyer.user_id.login, "hannah.new@example.com")
        self.assertEqual(
            (self.buyer | self.sibling).user_id.mapped("email"),
            ["hannah.new@example.com"] * 2,
        )
        self.assertNotIn("@", self.sibling.user_id.login)

    def test_a_chosen_login_stays_when_the_address_changes(self):
        self.buyer.user_id.login = "hannah"
        self.buyer.person_id.email = "new@example.com"
        self.assertEqual(self.buyer.user_id.login, "hannah")

    def test_an_address_somebody_else_signs_in_with_is_refused(self):
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.buyer.person_id.email = self.rival.user_id.login
        self.rep.partner_id.email = "rep@example.com"
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self.buyer.person_id.email = "rep@example.com"

    # -- siblings ------------------------------------------------------------------

    def test_siblings_have_no_password_and_no_keys(self):
        user = self.sibling.user_id
        with self.assertRaisesRegex(UserError, "signs in with another seat"):
            user.password = "correct horse"
        self.assertIsNone(self._column(user, "password"))
        with self.assertRaises(UserError):
            self.env["res.users.apikeys"].with_user(user)._generate(None, "x", None)

    def test_a_sibling_never_signs_in_even_with_a_hash(self):
        carrier, user = self.buyer.user_id, self.sibling.user_id
        carrier.password = "correct horse"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET password = (SELECT password FROM res_users "
            "WHERE id = %s) WHERE id = %s",
            [carrier.id, user.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessDenied), mute_logger("odoo.addons.base"):
            self._sign_in(user.login)
        self.assertEqual(self._sign_in(carrier.login), carrier.id)

    def test_a_reset_reaches_the_login_only(self):
        carrier, other = self.buyer.user_id, self.sibling.user_id
        carrier.login = "hannah"
        users = self.env["res.users"].sudo()
        for reset in (
            lambda: users.reset_password(self.buyer.person_id.email),
            other.action_reset_password,
        ):
            carrier.partner_id.signup_cancel()
            reset()
            self.assertEqual(carrier.partner_id.signup_type, "reset")
            self.assertFalse(other.partner_id.signup_type)

    def test_mail_prefers_the_contact_of_the_records_party(self):
        email = self.buyer.person_id.email
        for seat in (self.buyer, self.sibling):
            order = self._make_order(seat=seat)
            found = order._partner_find_from_emails_single([email], no_create=True)
            self.assertEqual(found, seat.user_id.partner_id)

    # -- limits ----------------------------------------------------------------------

    def test_the_own_limit_overrules_the_role(self):
        role = self.role._b2b_copy_for(self.party, "Small")
        role.order_limit = 100.0
        self.buyer.role_id = role
        self.assertEqual(self.buyer._b2b_limit("order_limit"), 100.0)
        self.buyer.order_limit = 2000.0
        self.assertEqual(self.buyer._b2b_limit("order_limit"), 2000.0)
        with self.assertRaisesRegex(ValidationError, "below zero"):
            self.buyer.order_limit = -1

    # -- addresses -------------------------------------------------------------------

    def _address(self, name, parent=None):
        return self.env["res.partner"].create(
            {
                "name": name,
                "type": "delivery",
                "parent_id": (parent or self.party).id,
            }
        )

    def test_orders_start_with_the_default_of_the_seat(self):
        yard, shop = self._address("Yard"), self._address("Shop")
        self.party.b2b_default_delivery_id = yard
        self.assertEqual(self._make_order().partner_shipping_id, yard)
        self.buyer.default_delivery_id = shop
        self.assertEqual(self._make_order().partner_shipping_id, shop)
        shop.active = False
        self.assertEqual(self._make_order().partner_shipping_id, yard)

    def test_only_allowed_addresses_are_accepted(self):
        yard, shop = self._address("Yard"), self._address("Shop")
        ramp = self._address("Ramp 3", shop)
        self.party.b2b_default_delivery_id = yard
        self.buyer.allowed_address_ids = shop
        order = self._make_order()
        self.assertEqual(order.partner_shipping_id, shop)
        order.partner_shipping_id = ramp
        with self.assertRaisesRegex(UserError, "do not go to"):
            order.partner_shipping_id = yard
        with self.assertRaisesRegex(UserError, "do not go to"):
            self._make_order(partner_shipping_id=yard.id)
        self.assertEqual(
            self.buyer._b2b_filter_addresses(yard | shop | ramp), shop | ramp
        )

    def test_addresses_of_others_are_refused(self):
        foreign = self._address("Lager", self.rival_party)
        yard, shop = self._address("Yard"), self._address("Shop")
        for values in (
            {"default_delivery_id": foreign.id},
            {"allowed_address_ids": [(6, 0, foreign.ids)]},
            {"allowed_address_ids": [(6, 0, yard.ids)], "default_delivery_id": shop.id},
        ):
            with self.assertRaises(ValidationError):
                self.buyer.write(values)

    # -- links -----------------------------------------------------------------------

    def test_links_of_the_party_die_with_a_seat_and_of_nobody_else(self):
        own, foreign = self._make_order(), self._make_order(seat=self.rival)
        tokens = own._portal_ensure_token(), foreign._portal_ensure_token()
        self.buyer.action_suspend()
        self.assertNotEqual(own._portal_ensure_token(), tokens[0])
        self.assertEqual(foreign._portal_ensure_token(), tokens[1])

    def test_the_form_says_which_limits_count(self):
        self.assertEqual(self.buyer.limits_note, "orders freely")
        self.buyer.order_limit = 250.0
        self.assertIn("250.00", self.buyer.limits_note)
        self.assertIn("approves freely", self.owner.limits_note)
        viewer = self._make_seat(self.party, "Vic", "viewer")
        self.assertEqual(viewer.limits_note, "neither orders nor approves")
