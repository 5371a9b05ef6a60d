from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..rules.permissions import AGENT_NEVER
from .common import PartyCase


@tagged("post_install", "-at_install")
class TestAgent(PartyCase):
    """An external agent sees and orders for assigned parties, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        agency = cls._make_party("Northgate Agencies")
        cls.agency = agency
        cls.contact = cls._contact("Ravi", agency)
        cls.user = cls.contact._b2b_agent_login()
        cls.person = cls.env["b2b.person"].search([("login_user_id", "=", cls.user.id)])
        cls.party.b2b_agent_ids = agency

    @classmethod
    def _contact(cls, name, parent):
        email = f"{name.lower()}@northgate.example.com"
        return cls.env["res.partner"].create(
            {"name": name, "email": email, "parent_id": parent.id}
        )

    def _seen(self, orders):
        return orders.with_user(self.user).search([("id", "in", orders.ids)])

    def test_assigned_by_agency_or_by_contact(self):
        self.assertEqual(self.user._b2b_party_ids(), [self.party.id])
        self.rival_party.b2b_agent_ids = self.contact
        self.assertEqual(
            self.user._b2b_party_ids(), sorted([self.party.id, self.rival_party.id])
        )
        with self.assertQueryCount(0):
            self.user._b2b_party_ids()

    def test_he_lists_the_submitted_orders_of_assigned_parties(self):
        draft, sent = self._make_order(), self._make_order()
        sent.action_confirm()
        foreign = self._make_order(self.rival)
        foreign.action_confirm()
        self.assertEqual(self._seen(draft | sent | foreign), sent)
        with self.assertRaises(AccessError):
            sent.with_user(self.user).write({"note": "x"})
        self.party.b2b_agent_ids = False
        self.env.invalidate_all()
        self.assertFalse(self._seen(sent))

    def test_a_seat_is_made_on_first_use_and_ends_with_the_assignment(self):
        seat = self.person._b2b_agent_seat(self.party)
        self.assertTrue(seat.is_agent)
        self.assertEqual(seat.state, "active")
        self.assertEqual(seat.role_id, self.env.ref("b2b_party.role_agent"))
        self.assertEqual(self.person._b2b_agent_seat(self.party), seat)
        self.assertEqual(self.person.login_user_id, self.user)
        self.party.with_user(self.manager).b2b_agent_ids = False
        self.assertEqual(seat.state, "suspended")
        self.assertFalse(seat.user_id.active)
        with self.assertRaises(AccessError):
            self.person._b2b_agent_seat(self.party)
        self.party.b2b_agent_ids = self.contact
        self.assertEqual(self.person._b2b_agent_seat(self.party), seat)
        self.assertTrue(seat.user_id.active)

    def test_taking_the_party_from_the_agency_side_ends_it_too(self):
        seat = self.person._b2b_agent_seat(self.party)
        self.agency.b2b_agent_party_ids = [(3, self.party.id)]
        self.assertEqual(seat.state, "suspended")

    def test_a_seat_suspended_by_hand_stays_so(self):
        seat = self.person._b2b_agent_seat(self.party)
        seat.with_user(self.manager).action_suspend()
        with self.assertRaises(AccessError):
            self.person._b2b_agent_seat(self.party)

    def test_an_archived_agent_loses_all_seats(self):
        seat = self.person._b2b_agent_seat(self.party)
        self.user.active = False
        self.assertEqual(seat.state, "suspended")

    def test_no_seat_in_a_party_that_is_not_assigned(self):
        with self.assertRaises(AccessError):
            self.person._b2b_agent_seat(self.rival_party)
        with self.assertRaises(AccessError):
            self.person._b2b_agent_seat(self.env["res.partner"].browse(999999))
        with self.assertRaises(AccessError):
            self.buyer.person_id._b2b_agent_seat(self.party)

    def test_a_buyer_with_the_group_by_mistake_stays_a_buyer(self):
        self.rival.user_id.group_ids = [(4, self.env.ref("b2b_party.group_agent").id)]
        self.party.b2b_agent_ids = self.rival_party
        self.assertEqual(self.rival.user_id._b2b_party_ids(), [self.rival_party.id])

    def test_he_never_approves_and_never_sees_invoices(self):
        seat = self.person._b2b_agent_seat(self.party)
        role = self.env.ref("b2b_party.role_agent")
        with self.assertRaises(ValidationError):
            seat.role_id = self.env.ref("b2b_party.role_administrator")
        self.env.cr.execute(
            "UPDATE b2b_seat_role SET approve = true, see_invoices = true"
        )
        role.invalidate_recordset()
        self.env.registry.clear_cache()
        self.assertFalse([n for n in AGENT_NEVER if seat.user_id._b2b_can(n)])
        self.assertTrue(seat.user_id._b2b_can("place_orders"))
        invoice = self._invoice()
        moves = invoice.with_user(seat.user_id)
        self.assertFalse(moves.search([("id", "=", invoice.id)]))
        with self.assertRaises(AccessError):
            moves.read(["amount_total"])
        owner = invoice.with_user(self.owner.user_id)
        self.assertTrue(owner.search([("id", "=", invoice.id)]))

    def _invoice(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.party.id,
                "invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 5.0})],
            }
        )
        invoice.action_post()
        return invoice

    def test_the_order_says_for_whom_the_agent_ordered(self):
        seat = self.person._b2b_agent_seat(self.party)
        order = self._make_order(seat)
        self.assertEqual(order.b2b_agent_id, self.contact)
        self.assertEqual(order.b2b_channel_id, self.env.ref("b2b_party.channel_agent"))
        self.assertEqual(
            order.b2b_agent_text, "Ordered by agent Ravi for Brightwell & Sons Ltd"
        )
        order.b2b_channel_id = self.env.ref("b2b_party.channel_portal")
        self.assertEqual(order.b2b_channel_id, self.env.ref("b2b_party.channel_agent"))
        self.assertFalse(self._make_order().b2b_agent_id)
        with self.assertRaises(AccessError):
            order.with_user(self.manager).b2b_agent_id = self.agency
        order.b2b_seat_id = self.buyer
        self.assertFalse(order.b2b_agent_id)

    def test_drafts_of_two_agents_stay_apart(self):
        other = self._contact("Sasha", self.agency)
        other._b2b_agent_login()
        other = self.env["b2b.person"].search([("email", "=", other.email)])
        mine = self._make_order(self.person._b2b_agent_seat(self.party))
        theirs = self._make_order(other._b2b_agent_seat(self.party))
        seat = self.person._b2b_agent_seat(self.party)
        seen = self.env["sale.order"].with_user(seat.user_id)
        self.assertEqual(seen.search([("id", "in", (mine | theirs).ids)]), mine)
        self.assertEqual(self._seen(mine | theirs), mine)

    def test_inviting_an_agent(self):
        contact = self._contact("Toni", self.agency)
        with self.assertRaises(AccessError):
            contact.with_user(self.rep).action_b2b_make_agent()
        contact.with_user(self.manager).action_b2b_make_agent()
        self.assertTrue(contact.b2b_is_agent)
        self.assertEqual(contact.b2b_agent_all_party_ids, self.party)
        self.assertTrue(contact.user_ids._is_portal())

    def test_nobody_is_taken_over_by_an_equal_address(self):
        twin = self._contact("Hannah", self.agency)
        twin.email = self.buyer.person_id.email
        with self.assertRaises(UserError):
            twin._b2b_agent_login()
        self.rep.partner_id.email = "rep@example.com"
        with self.assertRaises(UserError):
            self.rep.partner_id.with_user(self.manager).action_b2b_make_agent()


@tagged("post_install", "-at_install")
class TestAgentLinks(PartyCase):
    """What an agent took along opens nothing once he is gone; he had no seat."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency = cls._make_party("Northgate Agencies")
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Ravi",
                "email": "ravi@northgate.example.com",
                "parent_id": cls.agency.id,
            }
        )
        cls.user = cls.contact._b2b_agent_login()
        cls.party.b2b_agent_ids = cls.agency
        cls.order = cls._make_order()
        cls.order.action_confirm()
        cls.invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.party.id,
                "invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 5.0})],
            }
        )
        cls.invoice.action_post()
        cls.other = cls._make_order(cls.rival)
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "a",
                "raw": b"x",
                "res_model": "sale.order",
                "res_id": cls.order.id,
            }
        )

    def _take(self):
        for document in self.order | self.other, self.invoice:
            for one in document:
                one._portal_ensure_token()
        self.file.generate_access_token()
        self.assertTrue(self.order.access_token and self.file.access_token)

    def assertTaken(self, kept=False):
        """The party's links are worthless, those of another party still good."""
        self.env.invalidate_all()
        for record in (self.order, self.invoice, self.file):
            with self.subTest(model=record._name):
                self.assertEqual(bool(record.access_token), kept)
        self.assertTrue(self.other.access_token)

    def test_every_way_out_takes_the_keys(self):
        trade = {"b2b_customer_type": "trade"}
        elsewhere = self.env["res.partner"].create({"name": "E", **trade})
        ways = {
            "party": lambda: self.party.write({"b2b_agent_ids": [(5,)]}),
            "agency": lambda: self.agency.write({"b2b_agent_party_ids": [(5,)]}),
            "leaves": lambda: self.contact.write({"parent_id": elsewhere.id}),
            "archived": lambda: self.user.write({"active": False}),
            "group": lambda: self.user.write(
                {"group_ids": [(3, self.env.ref("b2b_party.group_agent").id)]}
            ),
        }
        for name, way in ways.items():
            with self.subTest(way=name), self.cr.savepoint() as savepoint:
                self._take()
                way()
                self.assertTaken()
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()

    def test_the_manager_who_does_it_needs_no_right_on_seats(self):
        self._take()
        self.party.with_user(self.manager).b2b_agent_ids = False
        self.assertTaken()

    def test_nothing_is_taken_while_he_stays_assigned(self):
        self._take()
        self.party.b2b_agent_ids = [(4, self.contact.id)]
        self.party.b2b_agent_ids = [(3, self.agency.id)]
        self.party.write({"is_company": True})
        self.assertTaken(kept=True)
