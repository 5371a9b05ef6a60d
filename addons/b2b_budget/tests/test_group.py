from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestGroup(BudgetCase):
    """One budget for all members of a party group."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["b2b.party.group"].create({"name": "Brightwell group"})
        cls._join(partner_id=cls.party.id)
        cls._join(partner_id=cls.rival_party.id)
        cls.budget = cls._make_budget(
            name="Group",
            party_id=False,
            party_group_id=cls.group.id,
            supervisor_ids=cls.owner.ids,
        )

    @classmethod
    def _join(cls, **values):
        members = cls.env["b2b.party.group.member"]
        return members.create({"group_id": cls.group.id, **values})

    def test_orders_of_all_members_count(self):
        self._submit(self._make_order(quantity=6))
        with self.assertRaises(GateBlocked) as caught:
            self._submit(self._make_order(self.rival, quantity=5))
        self.assertEqual(caught.exception.findings[0].code, "budget")
        self._submit(self._make_order(self.rival, quantity=4))
        self.assertBooked(self.budget, 100.0)
        entries = self._entries(self.budget)
        self.assertEqual(entries.party_id, self.party | self.rival_party)

    def test_limit_of_the_party_counts_besides_and_is_named_first(self):
        own = self._make_budget(amount=30, name="Own")
        with self.assertRaises(GateBlocked) as caught:
            self._submit(self._make_order(quantity=20))
        keys = [finding.key for finding in caught.exception.findings]
        self.assertEqual(keys, [str(own.id), str(self.budget.id)])

    def test_dates_of_the_membership_decide(self):
        self.group.member_ids.unlink()
        self._join(partner_id=self.party.id, date_to="2026-11-10")
        for day, used in (("10", 50.0), ("11", 50.0)):
            with freeze_time(f"2026-11-{day} 12:00:00"):
                self._submit(self._make_order(quantity=5))
            self.assertBooked(self.budget, used, date=date(2026, 11, 1))

    def test_joining_late_counts_what_was_ordered_since(self):
        self.group.member_ids.filtered(lambda m: m.partner_id == self.party).unlink()
        order = self._make_order(quantity=5)
        self._submit(order)
        self.assertBooked(self.budget, 0.0)
        self.budget.start_date = date(2020, 1, 1)
        member = self._join(partner_id=self.party.id)
        self.assertBooked(self.budget, 50.0)
        # What is booked stays; later orders do not count.
        member.unlink()
        self._submit(self._make_order(quantity=5))
        self.assertBooked(self.budget, 50.0)
        order.order_line.product_uom_qty = 4
        self.assertBooked(self.budget, 40.0)
        order._action_cancel()
        self.assertBooked(self.budget, 0.0)

    def test_address_and_seat_as_members(self):
        self.group.member_ids.unlink()
        shop = self.env["res.partner"].create(
            {"name": "Leeds", "parent_id": self.party.id, "type": "delivery"}
        )
        self._join(partner_id=shop.id)
        self._join(seat_id=self.rival.id)
        self._submit(self._make_order(quantity=5, partner_shipping_id=self.party.id))
        self.assertBooked(self.budget, 0.0)
        self._submit(self._make_order(quantity=3, partner_shipping_id=shop.id))
        self._submit(self._make_order(self.rival, quantity=4))
        self.assertBooked(self.budget, 70.0)

    def test_an_archived_group_counts_nothing(self):
        self.group.active = False
        self._submit(self._make_order(quantity=50))
        self.assertBooked(self.budget, 0.0)

    def test_a_pot_of_the_group(self):
        self.budget.unlink()
        pot = self._make_budget(
            name="Fair",
            use="pot",
            party_id=False,
            party_group_id=self.group.id,
            supervisor_ids=[],
        )
        order = self._make_order(self.rival, quantity=5)
        self._submit(order)
        self.assertEqual(order.b2b_budget_id, pot)
        self.assertBooked(pot, 50.0)

    def test_who_decides_sits_in_the_party_that_orders(self):
        self.budget.action = "authorize"
        (mine,) = self._submit(self._make_order(quantity=11))["holds"]
        self.assertEqual(mine.decider_ids, self.owner.user_id)
        order = self._make_order(self.rival, quantity=11)
        (theirs,) = self._submit(order)["holds"]
        self.assertNotIn(self.owner.user_id, theirs.decider_ids)

    @mute_logger("odoo.sql_db")
    def test_either_party_or_group(self):
        for party in (self.party, self.env["res.partner"]):
            group = self.group if party else self.env["b2b.party.group"]
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self._make_budget(
                    party_id=party.id, party_group_id=group.id, supervisor_ids=[]
                )

    def test_seats_and_strange_supervisors_are_refused(self):
        stranger = self._make_seat(self._make_party("Other"), "Nora", "approver")
        for values, word in (
            ({"seat_ids": self.buyer.ids}, "group"),
            ({"supervisor_ids": stranger.ids}, "Nora"),
        ):
            with (
                self.assertRaisesRegex(ValidationError, word),
                self.env.cr.savepoint(),
            ):
                self.budget.write(values)

    def test_own_parties_only(self):
        self._submit(self._make_order(quantity=3))
        self._submit(self._make_order(self.rival, quantity=4))
        self.rep.b2b_own_parties_only = True
        self.party.b2b_rep_ids = self.rep
        other = self._make_budget(party_id=self.rival_party.id, supervisor_ids=[])
        Budget = self.env["b2b.budget"].with_user(self.rep)
        found = Budget.search([("id", "in", (self.budget | other).ids)])
        self.assertEqual(found, self.budget)
        entries = self.env["b2b.budget.entry"].with_user(self.rep)
        seen = entries.search([("budget_id", "=", self.budget.id)])
        self.assertEqual(seen.party_id, self.party)
        self.assertEqual(self.budget.period_ids.with_user(self.rep).used, 70.0)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            other.with_user(self.rep).read(["amount"])

    def test_members_see_their_own_share_and_the_total(self):
        self._submit(self._make_order(quantity=3))
        self._submit(self._make_order(self.rival, quantity=4))
        item = self.env["b2b.budget"].sudo()._b2b_overview(self.owner)[0]
        self.assertEqual(item["used"], 70.0)
        self.assertEqual({m["by"] for m in item["movements"]}, {"Hannah"})
        names = {p["name"]: p["used"] for p in item["people"]}
        self.assertEqual(names, {"Hannah": 30.0, "Other members": 40.0})
