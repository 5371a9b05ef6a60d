from psycopg2 import IntegrityError

from odoo.exceptions import AccessDenied, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rules.permissions import PERMISSIONS
from .common import PartyCase


@tagged("post_install", "-at_install")
class TestSeat(PartyCase):
    def test_the_role_answers_every_permission_on_and_off(self):
        role = self.env["b2b.seat.role"].create({"name": "Nothing"})
        self.buyer.role_id = role
        user = self.buyer.user_id
        self.assertFalse([name for name in PERMISSIONS if user._b2b_can(name)])
        for name in PERMISSIONS:
            right = {"order_limit": "place_orders", "approve_limit": "approve"}
            role[right.get(name, name)] = True
            self.assertTrue(user._b2b_can(name), name)

    def test_unknown_permission_is_an_error_not_a_no(self):
        with self.assertRaises(ValueError):
            self.buyer.user_id._b2b_can("fly")

    def test_second_question_costs_no_query(self):
        user = self.buyer.user_id
        user._b2b_can("approve")
        with self.assertQueryCount(0):
            user._b2b_can("place_orders")

    def test_staff_and_strangers_have_no_seat(self):
        self.assertFalse(self.rep._b2b_can("see_prices"))
        self.assertFalse(self.rep._b2b_seat())

    def test_a_known_person_gets_a_seat_and_keeps_the_login(self):
        role = self.env.ref("b2b_party.role_buyer")
        login = self.buyer.user_id.login
        second = self.env["b2b.seat"]._b2b_create_login(
            self.rival_party, "Hannah", self.buyer.person_id.email.upper(), role
        )
        self.assertEqual(second.person_id, self.buyer.person_id)
        self.assertEqual(self.buyer.user_id.login, login)
        self.assertNotIn("@", second.user_id.login)
        self.env.cr.execute(
            "SELECT password FROM res_users WHERE id = %s", [second.user_id.id]
        )
        self.assertFalse(self.env.cr.fetchone()[0])

    def test_suspending_the_carrier_moves_the_login(self):
        self.buyer.user_id.password = "correct horse"
        login = self.buyer.user_id.login
        second = self.env["b2b.seat"]._b2b_create_login(
            self.rival_party,
            "Hannah",
            self.buyer.person_id.email,
            self.env.ref("b2b_party.role_buyer"),
        )
        self.buyer.action_suspend()
        self.assertFalse(self.buyer.user_id.active)
        self.assertEqual(second.user_id.login, login)
        self.assertEqual(second.person_id.login_user_id, second.user_id)
        self.assertFalse(self.buyer.user_id._b2b_can("place_orders"))
        credential = {"type": "password", "login": login, "password": "correct horse"}
        found = self.env["res.users"].sudo()._login(credential, {"interactive": False})
        self.assertEqual(found["uid"], second.user_id.id)

    def test_a_suspended_only_seat_cannot_sign_in(self):
        self.buyer.user_id.password = "correct horse"
        login = self.buyer.user_id.login
        self.buyer.action_suspend()
        credential = {"type": "password", "login": login, "password": "correct horse"}
        with self.assertRaises(AccessDenied), mute_logger("odoo.addons.base"):
            self.env["res.users"].sudo()._login(credential, {"interactive": False})

    def test_seats_of_strangers_are_refused(self):
        with self.assertRaises(ValidationError):
            self.buyer.supervisor_id = self.rival
        with self.assertRaises(ValidationError):
            self.env["b2b.seat"].create(
                {
                    "person_id": self.env["b2b.person"]
                    .create({"name": "R", "email": "r@example.com"})
                    .id,
                    "party_id": self.party.id,
                    "user_id": self.rep.id,
                    "role_id": self.env.ref("b2b_party.role_buyer").id,
                }
            )

    def test_supervisors_do_not_form_a_circle(self):
        self.buyer.supervisor_id = self.approver
        with self.assertRaisesRegex(ValidationError, "cannot decide for .* circle"):
            self.approver.supervisor_id = self.buyer

    def test_one_seat_per_person_and_party(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._make_seat(self.party, "Hannah", "viewer")

    def test_a_role_in_use_cannot_be_deleted(self):
        with self.assertRaises(UserError):
            self.env.ref("b2b_party.role_buyer").unlink()

    def test_a_negative_limit_is_refused(self):
        with self.assertRaises(ValidationError):
            self.env.ref("b2b_party.role_buyer").order_limit = -1

    def test_bad_email_is_refused_with_the_name(self):
        with self.assertRaisesRegex(ValidationError, "Tom"):
            self.env["b2b.person"].create({"name": "Tom", "email": "tom at home"})

    def test_a_seat_is_never_one_of_our_own_people(self):
        internal = self.env.ref("base.group_user")
        portal = self.env.ref("base.group_portal")
        rep = self.env.ref("b2b_party.group_rep")
        user = self.buyer.user_id
        for commands in (
            [(3, portal.id), (4, internal.id)],
            [(6, 0, internal.ids)],
            [(6, 0, rep.ids)],
        ):
            with self.subTest(commands=commands):
                with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
                    user.write({"group_ids": commands})
                self.assertIn("own people", str(caught.exception))
                self.env.invalidate_all()
        user.write({"group_ids": [(3, portal.id)]})
        for group, values in (
            (internal, {"user_ids": [(4, user.id)]}),
            (rep, {"user_ids": [(4, user.id)]}),
            (self.env.ref("b2b_party.group_buyer"), {"implied_ids": [(4, rep.id)]}),
        ):
            with self.subTest(group=group.name):
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    group.write(values)
                self.env.invalidate_all()
                self.env.registry.clear_cache("groups")
        self.assertNotIn(internal, user.all_group_ids)
