from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PartyCase

TODAY = date.today()


@tagged("post_install", "-at_install")
class TestPartyGroup(PartyCase):
    """Who belongs to a group, and on which days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["b2b.party.group"].create({"name": "Brightwell group"})
        make = cls.env["res.partner"].create
        cls.campus = make(
            {"name": "Campus", "type": "delivery", "parent_id": cls.party.id}
        )
        cls.lab = make({"name": "Lab", "type": "delivery", "parent_id": cls.campus.id})
        cls.shop = make({"name": "Shop", "type": "other", "parent_id": cls.party.id})

    def _join(self, partner=None, seat=None, first=None, last=None):
        return self.env["b2b.party.group.member"].create(
            {
                "group_id": self.group.id,
                "partner_id": partner and partner.id,
                "seat_id": seat and seat.id,
                "date_from": first is not None and TODAY + timedelta(days=first),
                "date_to": last is not None and TODAY + timedelta(days=last),
            }
        )

    def _covers(self, days=0, **what):
        return bool(self.group._b2b_covers(on=TODAY + timedelta(days=days), **what))

    def test_a_party_belongs_with_its_addresses_and_seats(self):
        self.assertEqual(self._join(self.party).kind, "party")
        for what in (
            {"party": self.party},
            {"address": self.lab},
            {"seat": self.buyer},
        ):
            with self.subTest(what):
                self.assertTrue(self._covers(**what))
        self.assertFalse(self._covers(party=self.rival_party, seat=self.rival))
        self.assertFalse(self.group._b2b_covers())

    def test_an_address_belongs_with_the_points_below_it_only(self):
        self.assertEqual(self._join(self.campus).kind, "address")
        self.assertTrue(self._covers(address=self.campus))
        self.assertTrue(self._covers(address=self.lab))
        self.assertFalse(self._covers(address=self.shop))
        self.assertFalse(self._covers(party=self.party))
        self.assertFalse(self._covers(seat=self.buyer))

    def test_a_seat_belongs_without_its_party(self):
        self.assertEqual(self._join(seat=self.buyer).kind, "seat")
        self.assertTrue(self._covers(seat=self.buyer))
        self.assertFalse(self._covers(seat=self.approver))
        self.assertFalse(self._covers(party=self.party))

    def test_first_and_last_day_belong(self):
        self._join(self.party, first=-1, last=1)
        found = [self._covers(days, party=self.party) for days in (-2, -1, 0, 1, 2)]
        self.assertEqual(found, [False, True, True, True, False])

    def test_what_is_archived_or_suspended_is_not_covered(self):
        self._join(self.campus)
        self._join(seat=self.buyer)
        self.lab.active = False
        self.assertFalse(self._covers(address=self.lab))
        self.buyer.action_suspend()
        self.assertFalse(self._covers(seat=self.buyer))
        self.group.active = False
        self.assertFalse(self._covers(address=self.campus))

    def test_the_party_knows_its_groups_of_today(self):
        member = self._join(self.party, first=0)
        self.assertEqual(self.party.b2b_party_group_ids, self.group)
        self.assertEqual((self.group.party_count, self.group.member_count), (1, 1))
        member.date_from = TODAY + timedelta(days=1)
        self.assertFalse(self.party.b2b_party_group_ids)
        self.assertEqual(self.group.party_count, 0)
        member.date_from = TODAY
        member.unlink()
        self.assertFalse(self.party.b2b_party_group_ids)

    def test_the_nightly_job_follows_the_dates(self):
        member = self._join(self.party, first=0)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE b2b_party_group_member SET date_from = date_from - 9, "
            "date_to = date_from - 1 WHERE id = %s",
            [member.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.party.b2b_party_group_ids, self.group)
        self.env["b2b.party.group"]._b2b_refresh_partners()
        self.assertFalse(self.party.b2b_party_group_ids)

    def _refused(self, constraint, **values):
        with (
            self.assertRaisesRegex(IntegrityError, constraint),
            mute_logger("odoo.sql_db"),
        ):
            with self.env.cr.savepoint():
                self._join(**values)

    def test_nobody_belongs_twice_on_a_day(self):
        self._join(self.party, first=0, last=5)
        self._refused("partner_overlap", partner=self.party, first=5)
        self._join(self.party, first=6)
        self._join(seat=self.buyer)
        self._refused("seat_overlap", seat=self.buyer, first=3)

    def test_a_member_is_one_thing(self):
        self._refused("one_member")
        self._refused("one_member", partner=self.party, seat=self.buyer)

    def test_archived_parties_and_people_without_seat_do_not_join(self):
        with self.assertRaisesRegex(ValidationError, "add the seat"):
            self._join(self.buyer.user_id.partner_id)
        self.shop.active = False
        with self.assertRaisesRegex(ValidationError, "is archived"):
            self._join(self.shop)

    def test_a_party_of_another_company_does_not_join(self):
        company = self.env["res.company"].create({"name": "B"})
        self.group.company_id = self.env.company
        with self.assertRaisesRegex(UserError, "belongs to another company"):
            self._join(self._make_party("Of B", company_id=company.id))

    def test_managers_keep_groups_and_reps_read_them(self):
        self._join(self.party)
        group = self.group.with_user(self.rep)
        self.assertEqual(group.party_member_ids.partner_id, self.party)
        with self.assertRaises(AccessError):
            group.party_member_ids.unlink()
        self.group.with_user(self.manager).party_member_ids.unlink()

    def test_asking_for_all_groups_of_an_order_takes_few_queries(self):
        self._join(self.party)
        self.env["b2b.party.group"].create([{"name": f"G{n}"} for n in range(9)])
        partners = self.env["res.partner"]
        self.env.invalidate_all()
        with self.assertQueryCount(7):
            found = partners._b2b_party_groups(self.party, self.lab, self.buyer)
        self.assertEqual(found, self.group)
