from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestSubstitute(ApprovalCase):
    """In the place of somebody who is away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olive = cls._make_seat(cls.party, "Olive", "approver")
        cls.today = fields.Date.today()

    def _stand_in(self, seat=None, substitute=None, first=0, last=None):
        last = last if last is None else self.today + timedelta(days=last)
        return self.env["b2b.approval.substitute"].create(
            {
                "seat_id": (seat or self.approver).id,
                "substitute_id": (substitute or self.olive).id,
                "date_from": self.today + timedelta(days=first),
                "date_to": last,
            }
        )

    def _may(self, order, seat):
        self.env.invalidate_all()
        return order.b2b_open_hold_ids._b2b_can_decide(seat.user_id)

    def test_the_decision_names_both(self):
        order = self._submitted()
        self.assertFalse(self._may(order, self.olive))
        self._stand_in()
        self.assertTrue(self._may(order, self.olive))
        self.assertTrue(self._may(order, self.approver))
        order.b2b_open_hold_ids.with_user(self.olive.user_id).action_release("ok")
        row = order.b2b_hold_ids.decision_ids
        self.assertEqual(row.user_id, self.olive.user_id)
        self.assertEqual(row.acting_for_id, self.approver.user_id)
        self.assertEqual(row._b2b_who(), "Olive for Marcus")
        self.assertEqual(order.state, "sale")

    def test_a_refusal_names_both_too(self):
        order = self._submitted()
        self._stand_in()
        order.b2b_open_hold_ids.with_user(self.olive.user_id).action_refuse("no")
        row = order.b2b_hold_ids.decision_ids
        self.assertEqual(row.acting_for_id, self.approver.user_id)

    def test_before_the_first_and_after_the_last_day(self):
        order = self._submitted()
        for first, last, expected in ((1, 2, False), (-2, -1, False), (-1, 0, True)):
            row = self._stand_in(first=first, last=last)
            self.assertEqual(self._may(order, self.olive), expected, (first, last))
            row.unlink()

    def test_he_acts_with_the_limit_of_who_is_away(self):
        self.olive.role_id = self.env.ref("b2b_party.role_approver").copy(
            {"approve_limit": 1.0, "party_id": self.party.id}
        )
        order = self._submitted()
        self._stand_in()
        self.assertTrue(self._may(order, self.olive))

    def test_never_about_what_he_caused(self):
        self.olive.write({"role_id": self.olive.role_id.id})
        self.olive.role_id = self.env.ref("b2b_party.role_approver").copy(
            {"order_limit": 100.0, "party_id": self.party.id}
        )
        self.olive.supervisor_id = self.approver
        self._stand_in()
        order = self._submitted(seat=self.olive)
        self.assertEqual(order.b2b_open_hold_ids.decider_ids, self.approver.user_id)
        self.assertFalse(self._may(order, self.olive))
        with self.assertRaises(AccessError):
            order.b2b_open_hold_ids.with_user(self.olive.user_id).action_release()

    def test_who_is_away_gets_no_way_to_his_own_order(self):
        # Marcus orders; Olive is asked; Marcus stands in for Olive.
        self.approver.role_id = self.env.ref("b2b_party.role_approver").copy(
            {"order_limit": 100.0, "party_id": self.party.id}
        )
        self.approver.supervisor_id = self.olive
        self._stand_in(self.olive, self.approver)
        order = self._submitted(seat=self.approver)
        self.assertFalse(self._may(order, self.approver))

    def test_a_substitute_of_a_substitute_is_nobody(self):
        rob = self._make_seat(self.party, "Rob", "approver")
        order = self._submitted()
        self._stand_in()
        self._stand_in(self.olive, rob)
        self.assertFalse(self._may(order, rob))

    def test_not_after_the_right_or_the_seat_is_gone(self):
        order = self._submitted()
        self._stand_in()
        self.olive.role_id = self.env.ref("b2b_party.role_viewer")
        self.assertFalse(self._may(order, self.olive))
        self.olive.role_id = self.env.ref("b2b_party.role_approver")
        self.assertTrue(self._may(order, self.olive))
        self.approver.action_suspend()
        self.assertFalse(self._may(order, self.olive))

    def test_wrong_people_and_dates(self):
        cases = (
            ("does not sit in", {"substitute": self.rival}),
            ("Nobody stands in for himself", {"substitute": self.approver}),
            ("Hannah may not approve", {"substitute": self.buyer}),
            ("Hannah does not approve", {"seat": self.buyer}),
        )
        for words, people in cases:
            with self.subTest(words), self.assertRaisesRegex(ValidationError, words):
                self._stand_in(**people)
