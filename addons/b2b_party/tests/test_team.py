from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged

from ..rules.permissions import LIMITS, RIGHTS
from .common import PartyCase


class TeamCase(PartyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role_buyer = cls.env.ref("b2b_party.role_buyer")
        cls.leader_role = cls.role_buyer._b2b_copy_for(cls.party, "Team leader")
        cls.leader_role.write({"manage_seats": True, "order_limit": 1000.0})
        cls.leader = cls._make_seat(cls.party, "Lena", "buyer")
        cls.leader.role_id = cls.leader_role

    def team(self, seat=None):
        """The team methods as this seat's user has them on his pages."""
        seat = seat or self.owner
        return self.env["b2b.seat"].with_user(seat.user_id).sudo()

    def roles(self, seat=None):
        seat = seat or self.owner
        return self.env["b2b.seat.role"].with_user(seat.user_id).sudo()


@tagged("post_install", "-at_install")
class TestTeam(TeamCase):
    """A company's administrator and his people, never beyond what he has."""

    def test_only_who_manages_people(self):
        for call in (
            lambda team: team._b2b_team(),
            lambda team: team._b2b_team_invite("X", "x@example.com", 1),
            lambda team: team._b2b_team_suspend(self.approver.id),
            lambda team: team._b2b_team_set_role(self.approver.id, 1),
            lambda team: team._b2b_team_set_limit(self.approver.id, order_limit=1),
            lambda team: team._b2b_team_update(self.approver.id, supervisor_id=0),
            lambda team: team._b2b_team_activate(self.approver.id),
            lambda team: team._b2b_team_resend(self.approver.id),
            lambda team: team.env["b2b.seat.role"]._b2b_matrix(),
            lambda team: team.env["b2b.seat.role"]._b2b_save_matrix({}),
            lambda team: team.env["b2b.seat.role"]._b2b_team_copy_role(1, "X"),
            lambda team: team.env["b2b.seat.role"]._b2b_team_delete_role(1),
        ):
            for seat in (self.buyer, self.approver, self.rival):
                with self.assertRaises(AccessError):
                    call(self.team(seat))

    def test_a_suspended_administrator_manages_nobody(self):
        user = self.leader.user_id
        self.leader.action_suspend()
        with self.assertRaises(AccessError):
            self.env["b2b.seat"].with_user(user).sudo()._b2b_team()

    def test_the_list_shows_the_own_party_only(self):
        rows = self.team()._b2b_team()
        self.assertEqual(
            {row["id"] for row in rows},
            (self.owner | self.buyer | self.approver | self.leader).ids
            and set((self.owner | self.buyer | self.approver | self.leader).ids),
        )
        mine = next(row for row in rows if row["is_me"])
        self.assertFalse(mine["may_change"])

    def test_seats_and_roles_of_others_do_not_exist(self):
        foreign = self.role_buyer._b2b_copy_for(self.rival_party, "Theirs")
        for call in (
            lambda: self.team()._b2b_team_suspend(self.rival.id),
            lambda: self.team()._b2b_team_set_role(self.buyer.id, foreign.id),
            lambda: self.team()._b2b_team_update(
                self.buyer.id, supervisor_id=self.rival.id
            ),
            lambda: self.team()._b2b_team_update(
                self.buyer.id, default_delivery_id=self.rival_party.id
            ),
            lambda: self.roles()._b2b_team_delete_role(foreign.id),
            lambda: self.roles()._b2b_save_matrix({foreign.id: {"approve": True}}),
            lambda: self.roles()._b2b_team_copy_role(foreign.id, "Mine"),
        ):
            with self.assertRaises(MissingError):
                call()
        for garbage in ("", "x", "-1", "9" * 30, None):
            with self.assertRaises(MissingError):
                self.team()._b2b_team_suspend(garbage)

    def test_inviting_a_colleague(self):
        seat = self.team()._b2b_team_invite(
            "Olive",
            "olive@example.com",
            str(self.role_buyer.id),
            supervisor_id=self.approver.id,
            order_limit="300",
        )
        self.assertEqual(seat.party_id, self.party)
        self.assertEqual((seat.state, seat.order_limit), ("invited", 300.0))
        self.assertEqual(seat.supervisor_id, self.approver)
        row = next(r for r in self.team()._b2b_team() if r["id"] == seat.id)
        self.assertEqual(row["state"], "invited")
        self.team()._b2b_team_suspend(seat.id)
        self.assertFalse(seat.exists())

    def test_the_portal_does_not_tell_whose_account_it_is(self):
        self.rep.partner_id.email = "rep@example.com"
        stranger = self.env["res.users"].create(
            {
                "name": "Stranger",
                "login": "stranger@example.com",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        said = set()
        for email in ("rep@example.com", stranger.login):
            with self.assertRaises(UserError) as caught:
                self.team()._b2b_team_invite("X", email, self.role_buyer.id)
            said.add(caught.exception.args[0].replace(email, ""))
        self.assertEqual(len(said), 1)
        self.assertNotIn("own people", said.pop())

    def test_nobody_changes_his_own_seat(self):
        for call in (
            lambda: self.team()._b2b_team_suspend(self.owner.id),
            lambda: self.team()._b2b_team_set_role(self.owner.id, self.role_buyer.id),
            lambda: self.team()._b2b_team_set_limit(self.owner.id, order_limit=5),
        ):
            with self.assertRaisesRegex(UserError, "own seat"):
                call()

    def test_nobody_touches_who_has_more(self):
        for seat in (self.owner, self.approver):
            with self.assertRaisesRegex(UserError, "rights that you do not have"):
                self.team(self.leader)._b2b_team_suspend(seat.id)
        # without a limit a buyer may more than the leader, who has one
        with self.assertRaisesRegex(UserError, "Order up to"):
            self.team(self.leader)._b2b_team_suspend(self.buyer.id)
        self.buyer.order_limit = 400.0
        self.team(self.leader)._b2b_team_set_limit(self.buyer.id, order_limit=500)
        self.assertEqual(self.buyer._b2b_limit("order_limit"), 500)

    def test_suspending_and_activating(self):
        self.team()._b2b_team_suspend(self.buyer.id)
        self.assertEqual(self.buyer.state, "suspended")
        self.assertFalse(self.buyer.user_id.active)
        self.team()._b2b_team_activate(self.buyer.id)
        self.assertEqual(self.buyer.state, "active")

    def test_limits_are_never_above_the_own(self):
        team = self.team(self.leader)
        other = self._make_seat(self.party, "Olive", "buyer")
        # role Buyer has no limit, which is more than the leader's 1,000
        with self.assertRaisesRegex(UserError, "Order up to"):
            team._b2b_team_set_limit(other.id, order_limit=0)
        with self.assertRaisesRegex(UserError, "do not have"):
            team._b2b_team_invite("P", "p@example.com", self.role_buyer.id)
        seat = team._b2b_team_invite(
            "P", "p@example.com", self.role_buyer.id, order_limit=1000
        )
        with self.assertRaisesRegex(UserError, "Order up to"):
            team._b2b_team_set_limit(seat.id, order_limit=1000.01)
        team._b2b_team_set_limit(seat.id, order_limit=999)

    def test_the_own_limit_of_a_seat_counts_for_the_giver_too(self):
        self.leader.order_limit = 100.0
        team = self.team(self.leader)
        self.buyer.order_limit = 50.0
        with self.assertRaisesRegex(UserError, "Order up to"):
            team._b2b_team_set_limit(self.buyer.id, order_limit=101)

    def test_limits_in_another_currency_are_converted(self):
        dollar = self.env.ref("base.USD")
        euro = self.env.ref("base.EUR")
        other = dollar if self.leader_role.currency_id != dollar else euro
        other.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", other.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": other.id, "rate": 2.0, "name": "2020-01-01"}
        )
        role = self.role_buyer._b2b_copy_for(self.party, "Abroad")
        role.write({"currency_id": other.id, "order_limit": 1999.0})
        # 1,999 of a currency of which two make one: below 1,000 of ours
        self.buyer.order_limit = 1.0
        team = self.team(self.leader)
        team._b2b_team_set_role(self.buyer.id, role.id)
        with self.assertRaisesRegex(UserError, "Order up to"):
            team._b2b_team_set_limit(self.buyer.id, order_limit=2001)

    def test_every_right_that_is_lacking_is_refused(self):
        """One role per right: given when the giver has it, refused when not."""
        self.buyer.order_limit = 1.0
        for right in RIGHTS:
            role = self.env["b2b.seat.role"].create(
                {"name": right, "party_id": self.party.id, right: True}
            )
            if "order_limit" in LIMITS and right == "place_orders":
                role.order_limit = 10.0
            give = lambda r=role: self.team(self.leader)._b2b_team_set_role(  # noqa: E731
                self.buyer.id, r.id
            )
            with self.subTest(right=right):
                if self.leader_role[right]:
                    give()
                    self.assertEqual(self.buyer.role_id, role)
                else:
                    with self.assertRaisesRegex(UserError, "do not have"):
                        give()

    def test_an_amount_that_rounds_to_no_limit_is_refused(self):
        seats, roles = self.team(self.leader), self.roles(self.leader)
        for call in (
            lambda: seats._b2b_amount("0.5"),
            lambda: roles._b2b_save_matrix(
                {self.leader_role.id: {"order_limit": 0.001}}
            ),
        ):
            with self.assertRaisesRegex(UserError, "too small"):
                call()
        self.assertEqual(self.leader_role.order_limit, 1000.0)

    def test_a_limit_is_not_parked_until_its_right_comes(self):
        role = self.role_buyer._b2b_copy_for(self.party, "Blank")
        role.write({"place_orders": False, "order_limit": 400.0})
        self.buyer.role_id = role
        with self.assertRaisesRegex(UserError, "above your own limit"):
            self.team(self.leader)._b2b_team_set_limit(
                self.buyer.id, order_limit=900000
            )
        # Staff gave it: whoever has less cannot switch the right on.
        self.buyer.write(
            {"order_limit": 900000.0, "limit_currency_id": role.currency_id.id}
        )
        with self.assertRaisesRegex(UserError, "do not have yourself"):
            self.roles(self.leader)._b2b_save_matrix({role.id: {"place_orders": True}})

    def test_garbage_for_an_amount(self):
        for garbage in ("ten", "-1", "nan", "inf", "1e30", [1]):
            with self.subTest(garbage=garbage), self.assertRaises(UserError):
                self.team()._b2b_team_set_limit(self.buyer.id, order_limit=garbage)

    def test_team_methods_are_not_reached_by_rpc(self):
        from odoo.service.model import get_public_method

        for model in ("b2b.seat", "b2b.seat.role"):
            names = [n for n in dir(self.env[model]) if n.startswith("_b2b_team")]
            self.assertTrue(names or model == "b2b.seat.role")
            for name in names:
                with self.assertRaises(AccessError):
                    get_public_method(self.env[model], name)


@tagged("post_install", "-at_install")
class TestMatrix(TeamCase):
    """The role matrix of a company's administrator."""

    def test_every_permission_stands_once_in_the_matrix(self):
        matrix = self.roles()._b2b_matrix()
        names = [row["name"] for group in matrix["groups"] for row in group["rows"]]
        self.assertEqual(sorted(names), sorted([*RIGHTS, *LIMITS]))

    def test_roles_and_who_has_them(self):
        matrix = self.roles()._b2b_matrix()
        by_id = {role["id"]: role for role in matrix["roles"]}
        self.assertTrue(by_id[self.role_buyer.id]["standard"])
        self.assertFalse(by_id[self.role_buyer.id]["editable"])
        own = by_id[self.leader_role.id]
        self.assertTrue(own["editable"])
        self.assertEqual((own["people"], own["based_on"]), (1, "Buyer"))
        self.assertEqual(own["people_names"], ["Lena"])
        self.assertNotIn(self.env.ref("b2b_party.role_agent").id, by_id)

    def test_a_standard_role_is_copied_first(self):
        with self.assertRaisesRegex(UserError, "standard role"):
            self.roles()._b2b_save_matrix({self.role_buyer.id: {"returns": True}})
        copied = self.roles()._b2b_team_copy_role(self.role_buyer.id, " Buyer, Leeds ")
        self.assertEqual(copied.name, "Buyer, Leeds")
        self.assertEqual(
            (copied.party_id, copied.based_on_id), (self.party, self.role_buyer)
        )
        self.roles()._b2b_save_matrix(
            {str(copied.id): {"returns": "1", "order_limit": "500"}}
        )
        self.assertTrue(copied.returns)
        self.assertEqual(copied.order_limit, 500.0)
        self.assertFalse(self.role_buyer.returns)

    def test_an_own_role_is_renamed(self):
        one = self.roles()._b2b_team_copy_role(self.role_buyer.id, "One")
        two = self.roles()._b2b_team_copy_role(self.role_buyer.id, "Two")
        changed = self.roles()._b2b_save_matrix({one.id: {"name": " Buyer,  York "}})
        self.assertEqual((changed, one.name), (one, "Buyer, York"))
        self.roles()._b2b_save_matrix({one.id: {"name": "buyer, york"}})
        for wrong, said in (("two", "already has a role"), (" ", "needs a name")):
            with self.subTest(wrong), self.assertRaisesRegex(UserError, said):
                self.roles()._b2b_save_matrix({one.id: {"name": wrong}})
        with self.assertRaisesRegex(UserError, "standard role"):
            self.roles()._b2b_save_matrix({self.role_buyer.id: {"name": "Mine"}})
        with self.assertRaisesRegex(UserError, "already has"):
            self.roles()._b2b_team_copy_role(self.role_buyer.id, "TWO")
        # The name of another company's role is no secret and no obstacle.
        two.copy({"party_id": self.rival_party.id, "name": "Theirs"})
        self.roles()._b2b_save_matrix({two.id: {"name": "Theirs"}})
        self.assertEqual(two.name, "Theirs")

    def test_all_or_nothing(self):
        one = self.roles()._b2b_team_copy_role(self.role_buyer.id, "One")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.roles()._b2b_save_matrix(
                {one.id: {"returns": True}, self.role_buyer.id: {"returns": True}}
            )
        one.invalidate_recordset()
        self.assertFalse(one.returns)

    def test_nobody_gives_himself_more_by_editing_his_own_role(self):
        roles = self.roles(self.leader)
        for values in ({"approve": True}, {"order_limit": 0}, {"order_limit": 1001}):
            with self.assertRaisesRegex(UserError, "do not have"):
                roles._b2b_save_matrix({self.leader_role.id: values})
        roles._b2b_save_matrix({self.leader_role.id: {"order_limit": 900}})
        self.assertEqual(self.leader_role.order_limit, 900)

    def test_a_role_with_more_is_not_edited_or_copied(self):
        big = self.env.ref("b2b_party.role_approver")._b2b_copy_for(self.party, "Big")
        roles = self.roles(self.leader)
        for call in (
            lambda: roles._b2b_save_matrix({big.id: {"approve": False}}),
            lambda: roles._b2b_team_copy_role(big.id, "Mine"),
            lambda: roles._b2b_team_delete_role(big.id),
        ):
            with self.assertRaisesRegex(UserError, "do not have"):
                call()

    def test_unknown_names_change_nothing(self):
        for name in ("party_id", "sequence", "fly", "write_uid"):
            with self.assertRaises(MissingError):
                self.roles()._b2b_save_matrix({self.leader_role.id: {name: 1}})

    def test_names(self):
        for name in ("", "  ", "x" * 41):
            with self.assertRaisesRegex(UserError, "needs a name"):
                self.roles()._b2b_team_copy_role(self.role_buyer.id, name)
        with self.assertRaisesRegex(UserError, "already has a role"):
            self.roles()._b2b_team_copy_role(self.role_buyer.id, "TEAM LEADER")

    def test_a_role_in_use_stays(self):
        with self.assertRaisesRegex(UserError, "in use by 1 seat;"):
            self.roles()._b2b_team_delete_role(self.leader_role.id)
        with self.assertRaisesRegex(UserError, "in use"):
            self.leader_role.action_archive()
        self.leader.action_suspend()
        with self.assertRaisesRegex(UserError, "in use"):
            self.leader_role.unlink()
        free = self.roles()._b2b_team_copy_role(self.role_buyer.id, "Free")
        self.roles()._b2b_team_delete_role(free.id)
        self.assertFalse(free.exists())

    def test_a_role_in_use_does_not_go_to_another_party(self):
        with self.assertRaisesRegex(UserError, "another party"):
            self.leader_role.party_id = self.rival_party


@tagged("post_install", "-at_install")
class TestLastAdministrator(TeamCase):
    """A party always keeps somebody who manages its people."""

    def setUp(self):
        super().setUp()
        self.leader.role_id = self.role_buyer
        self.admin_role = self.env.ref("b2b_party.role_administrator")

    def _refused(self, call):
        with self.assertRaisesRegex(UserError, "Nobody of"), self.env.cr.savepoint():
            call()
        self.env.invalidate_all()
        self.assertEqual(self.owner.state, "active")
        self.assertEqual(self.owner.role_id, self.admin_role)
        self.assertTrue(self.owner.active and self.owner.user_id.active)

    def test_by_every_path(self):
        manager = self.manager
        own = self.admin_role._b2b_copy_for(self.party, "Own")
        for label, call in {
            "suspend": lambda: self.owner.with_user(manager).action_suspend(),
            "write": lambda: self.owner.with_user(manager).write(
                {"state": "suspended"}
            ),
            "role": lambda: self.owner.with_user(manager).write(
                {"role_id": self.role_buyer.id}
            ),
            "archive": lambda: self.owner.with_user(manager).write({"active": False}),
            "delete": lambda: self.owner.with_user(manager).unlink(),
            "person": lambda: self.owner.person_id.with_user(manager).write(
                {"active": False}
            ),
            "user": lambda: self.owner.user_id.action_archive(),
        }.items():
            with self.subTest(path=label):
                self._refused(call)
        self.owner.role_id = own
        with self.assertRaisesRegex(UserError, "Nobody of"), self.env.cr.savepoint():
            own.with_user(manager).manage_seats = False
        with self.assertRaisesRegex(UserError, "Nobody of"), self.env.cr.savepoint():
            self.roles()._b2b_save_matrix({own.id: {"manage_seats": False}})

    def test_an_account_is_not_deleted_by_its_owner(self):
        with self.assertRaisesRegex(UserError, "Nobody of"):
            self.owner.user_id._deactivate_portal_user()

    def test_by_a_colleague(self):
        second = self._make_seat(self.party, "Second", "administrator")
        self.team()._b2b_team_suspend(second.id)
        self.assertEqual(second.state, "suspended")
        second.action_activate()
        self.team(second)._b2b_team_suspend(self.owner.id)
        self.assertEqual(self.owner.state, "suspended")

    def test_an_invited_administrator_is_none_yet(self):
        self.env["b2b.seat"]._b2b_invite(
            self.party, "Next", "next@example.com", self.admin_role
        )
        self._refused(lambda: self.owner.action_suspend())

    def test_staff_close_a_party_down(self):
        seats = self.party.b2b_seat_ids
        seats.with_user(self.manager).write({"state": "suspended"})
        self.assertEqual(set(seats.mapped("state")), {"suspended"})

    def test_a_party_without_administrator_has_none_to_lose(self):
        self.rival.with_user(self.manager).action_suspend()
        self.assertEqual(self.rival.state, "suspended")

    def test_the_matrix_takes_only_what_its_page_sends(self):
        for values, words in (
            ({"name": ["x"]}, "needs a name"),
            ({"name": {"a": 1}}, "needs a name"),
            ({"name": 7}, "needs a name"),
            ({"name": "a\x00b"}, "needs a name"),
            ({"returns": ["x"]}, "ticked or not"),
            ({"returns": {}}, "ticked or not"),
            ({"returns": "perhaps"}, "ticked or not"),
            ({"returns": 2}, "ticked or not"),
            ({"order_limit": ["5"]}, "is not an amount"),
        ):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, words):
                self.roles()._b2b_save_matrix({self.leader_role.id: values})
        self.assertEqual(self.leader_role.name, "Team leader")
        for value, expected in (("on", True), ("0", False), (True, True), ("", False)):
            self.roles()._b2b_save_matrix({self.leader_role.id: {"returns": value}})
            self.assertEqual(self.leader_role.returns, expected)
