import re

from odoo.tests import tagged

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestTeam(TradeHttpCase):
    """The company's administrator keeps people and roles; nobody else does."""

    def setUp(self):
        super().setUp()
        self.small.write({"name": "Buyer, Leeds"})
        self.sign_in(self.owner)

    def _state(self, seat, do):
        return self.form(f"/trade/team/{seat.id}/state", do=do)

    def test_only_who_manages_people_sees_it(self):
        page = self.page("/trade/team").text
        for words in ("Hannah", "Marcus", "Priya", "Buyer, Leeds", "Save roles"):
            self.assertIn(words, page)
        self.assertNotIn("Jana", page)
        self.assertIn('href="/trade/team"', self.page("/trade").text)
        for seat in (self.buyer, self.approver, self.viewer, self.finance):
            self.sign_in(seat)
            self.assertNotIn('href="/trade/team"', self.page("/trade").text)
            for path in ("", "/activity", f"/{self.viewer.id}"):
                self.assertRefused(self.page(f"/trade/team{path}"), 403)
            self.assertRefused(self._state(self.viewer, "suspend"), 403)
            self.assertRefused(self.form("/trade/team/invite", name="x"), 403)
            answer = self.json("/trade/team/roles", changes={"1": {"approve": True}})
            self.assertRefused(answer, 403)

    def test_inviting_a_colleague(self):
        answer = self.form(
            "/trade/team/invite",
            name="Jess Lowe",
            email="jess@brightwell.example",
            role_id=self.small.id,
            supervisor_id=self.approver.id,
            order_limit="50",
            default_delivery_id=self.shop.id,
        )
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        seat = self.env["b2b.seat"].search([("person_id.name", "=", "Jess Lowe")])
        self.assertEqual(seat.party_id, self.party)
        self.assertEqual(seat.state, "invited")
        self.assertEqual(seat.supervisor_id, self.approver)
        self.assertEqual(seat.order_limit, 50)
        self.assertEqual(seat.default_delivery_id, self.shop)
        page = self.page(f"/trade/team?done=invited&who={seat.id}").text
        self.assertIn("Jess Lowe is invited; the mail is on its way.", page)

    def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(self):
        answer = self.form(
            "/trade/team/invite", name="Jess Lowe", email="jess", order_limit="10k"
        )
        self.assertRefused(answer, 400, "Jess Lowe", "“10k” is not an amount")
        for key in ("email", "role_id", "order_limit"):
            error = re.search(rf'id="b2b_{key}_error"[^>]*>', answer.text)[0]
            self.assertNotIn("hidden", error, key)
        name = re.search(r'id="b2b_name_error"[^>]*>', answer.text)[0]
        self.assertIn("hidden", name)
        self.assertFalse(self.env["b2b.person"].search([("name", "=", "Jess Lowe")]))

    def test_an_address_of_ours_or_of_a_stranger_sounds_the_same(self):
        self.env["res.users"].create(
            {
                "name": "Staff",
                "login": "staff@ours.example",
                "email": "staff@ours.example",
            }
        )
        answer = self.form(
            "/trade/team/invite",
            name="X",
            email="staff@ours.example",
            role_id=self.small.id,
        )
        self.assertRefused(answer, 400, "cannot be invited here")
        self.assertNotIn("own people", answer.text)

    def test_role_and_decider_change_in_the_list_and_come_back(self):
        answer = self.json(
            "/trade/team/person",
            member_id=self.buyer.id,
            field="role_id",
            value=str(self.small.id),
        ).json()["result"]
        self.assertEqual(self.buyer.role_id, self.small)
        self.assertIn("Hannah is Buyer, Leeds now", answer["text"])
        back = {"member_id": self.buyer.id, "field": "role_id", "value": answer["undo"]}
        self.json("/trade/team/person", **back)
        self.assertEqual(self.buyer.role_id, self.env.ref("b2b_party.role_buyer"))
        self.json(
            "/trade/team/person",
            member_id=self.buyer.id,
            field="supervisor_id",
            value="0",
        )
        self.assertFalse(self.buyer.supervisor_id)

    def test_nobody_reaches_beyond_the_own_company(self):
        for seat_id in (self.rival.id, 987654321):
            self.assertRefused(self.page(f"/trade/team/{seat_id}"), 404)
            answer = self.form(f"/trade/team/{seat_id}/state", do="suspend")
            self.assertRefused(answer, 404)
            answer = self.json(
                "/trade/team/person",
                member_id=seat_id,
                field="role_id",
                value=self.small.id,
            )
            self.assertRefused(answer, 404)
        foreign = self.small.copy({"party_id": self.rival_party.id})
        answer = self.json(
            "/trade/team/person",
            member_id=self.buyer.id,
            field="role_id",
            value=foreign.id,
        )
        self.assertRefused(answer, 404)
        answer = self.json("/trade/team/roles", changes={foreign.id: {"approve": True}})
        self.assertRefused(answer, 404)
        self.assertRefused(self.form(f"/trade/team/roles/{foreign.id}/delete"), 404)
        self.assertEqual(self.rival.state, "active")

    def test_suspending_and_back(self):
        answer = self._state(self.buyer, "suspend")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.buyer.state, "suspended")
        page = self.page(f"/trade/team?done=suspend&who={self.buyer.id}").text
        self.assertIn("Hannah is suspended and signed out", page)
        self._state(self.buyer, "activate")
        self.assertEqual(self.buyer.state, "active")
        self.assertRefused(self._state(self.buyer, "delete"), 400)

    def test_the_own_seat_is_for_others(self):
        answer = self._state(self.owner, "suspend")
        self.assertRefused(answer, 400, "You cannot change your own seat")
        self.assertEqual(self.owner.state, "active")

    def test_limits_and_addresses_of_a_person(self):
        path = f"/trade/team/{self.buyer.id}"
        self.assertIn("Own limit without approval", self.page(path).text)
        values = {"role_id": self.buyer.role_id.id, "supervisor_id": self.approver.id}
        answer = self.form(
            f"{path}/save",
            order_limit="1.750",
            default_delivery_id=self.shop.id,
            allowed_address_ids=[self.shop.id, self.yard.id],
            **values,
        )
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        self.assertEqual(self.buyer.order_limit, 1750)
        self.assertEqual(self.buyer.allowed_address_ids, self.shop | self.yard)
        self.assertIn("750", self.page("/trade/team").text)
        answer = self.form(f"{path}/save", order_limit="many", **values)
        self.assertRefused(answer, 400, "“many” is not an amount")
        self.assertEqual(self.buyer.order_limit, 1750)
        answer = self.form(
            f"{path}/save", default_delivery_id=self.rival_yard.id, **values
        )
        self.assertRefused(answer, 404)

    def test_the_matrix_is_saved_as_a_whole(self):
        roles = {
            self.small.id: {"returns": True, "order_limit": "1,500"},
            self.env.ref("b2b_party.role_viewer").id: {"see_prices": True},
        }
        answer = self.json("/trade/team/roles", changes=roles)
        self.assertRefused(answer, 400, "standard role")
        self.assertFalse(self.small.returns)
        changes = {self.small.id: roles[self.small.id]}
        answer = self.json("/trade/team/roles", changes=changes).json()["result"]
        self.assertIn("Buyer, Leeds", answer["text"])
        self.assertTrue(self.small.returns)
        self.assertEqual(self.small.order_limit, 1500)
        for garbage in ({}, [], "x", {self.small.id: 1}, {self.small.id: {"x": 1}}):
            answer = self.json("/trade/team/roles", changes=garbage)
            self.assertIn(answer.status_code, (400, 404))

    def test_an_own_role_gets_another_name(self):
        page = self.page("/trade/team").text
        names = re.findall(r'<input[^>]*data-name="name"[^>]*>', page)
        roles = [re.search(r'data-role="(\d+)"', name)[1] for name in names]
        self.assertEqual(roles, [str(self.small.id)])
        changes = {self.small.id: {"name": "Buyer, York"}}
        answer = self.json("/trade/team/roles", changes=changes).json()["result"]
        self.assertIn("“Buyer, York” saved", answer["text"])
        self.assertEqual(self.small.name, "Buyer, York")
        answer = self.json("/trade/team/roles", changes={self.small.id: {"name": ""}})
        self.assertRefused(answer, 400, "needs a name")

    def test_standard_roles_are_read_only_and_copied(self):
        viewer = self.env.ref("b2b_party.role_viewer")
        page = self.page("/trade/team").text
        boxes = set(re.findall(r'<input type="checkbox" data-role="(\d+)"', page))
        self.assertEqual(boxes, {str(self.small.id)})
        answer = self.form("/trade/team/roles/copy", role_id=viewer.id, name="")
        self.assertRefused(answer, 400, "A role needs a name")
        self.form("/trade/team/roles/copy", role_id=viewer.id, name="Guest")
        copy = self.env["b2b.seat.role"].search([("name", "=", "Guest")])
        self.assertEqual(copy.party_id, self.party)
        answer = self.form(f"/trade/team/roles/{copy.id}/delete")
        self.assertEqual(answer.status_code, 303)
        self.assertFalse(copy.exists())

    def test_a_right_one_lacks_has_no_box(self):
        weak = self.env.ref("b2b_party.role_administrator").copy(
            {"name": "People", "party_id": self.party.id, "see_credit": False}
        )
        self.owner.role_id = weak
        page = self.page("/trade/team").text
        self.assertNotIn('data-name="see_credit"', page)
        self.assertIn('data-name="see_invoices"', page)
        answer = self.json(
            "/trade/team/roles", changes={self.small.id: {"see_credit": True}}
        )
        self.assertRefused(answer, 400, "do not have yourself")
        self.assertFalse(self.small.see_credit)

    def test_activity_shows_what_was_done(self):
        self._state(self.buyer, "suspend")
        page = self.page("/trade/team/activity").text
        self.assertIn("Hannah", page)
        self.assertIn("Priya", page)
        self.assertNotIn("Jana", page)
        for query in ("page=0", "page=x", "page=99999999999"):
            self.assertEqual(
                self.page(f"/trade/team/activity?{query}").status_code, 200
            )

    def test_query_budget_of_many_people(self):
        for number in range(30):
            self._make_seat(self.party, f"Person{number}", "buyer")
        for path in (
            "/trade/team",
            "/trade/team/activity",
            f"/trade/team/{self.buyer.id}",
        ):
            self.page(path)
            with self.subTest(path), self.assertQueryCount(40):
                self.page(path)
