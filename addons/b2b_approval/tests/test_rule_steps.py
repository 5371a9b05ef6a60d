from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestRuleSteps(ApprovalCase):
    """Steps one after the other, limits, and who may not release."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.role_id = cls.env.ref("b2b_party.role_buyer")
        cls.buyer.supervisor_id = False
        cls.olive = cls._make_seat(cls.party, "Olive", "approver")
        cls.limited = cls.env.ref("b2b_party.role_approver").copy(
            {"name": "Small", "approve_limit": 200.0, "party_id": cls.party.id}
        )

    def _yes(self, order, seat, comment=""):
        return order.b2b_open_hold_ids.with_user(seat.user_id).action_release(comment)

    def _steps(self, *seats, **values):
        return self._make_rule(
            steps=[{"seat_ids": step.ids, **values} for step in seats]
        )

    def assertWaitsFor(self, order, *seats):
        self.assertEqual(order.b2b_submit_state, "waiting")
        asked = order.b2b_open_hold_ids.decider_ids
        self.assertEqual(
            asked, self.env["res.users"].union(*[s.user_id for s in seats])
        )

    # -- one after the other -----------------------------------------------------

    def test_two_steps_release_only_together(self):
        self._steps(self.approver, self.owner)
        order = self._submitted()
        self.assertWaitsFor(order, self.approver)
        with self.assertRaises(AccessError):
            self._yes(order, self.owner)
        self._yes(order, self.approver, "first")
        self.assertWaitsFor(order, self.owner)
        self.assertEqual(order.state, "draft")
        with self.assertRaisesRegex(UserError, "Marcus approved"):
            self._yes(order, self.approver)
        self._yes(order, self.owner, "second")
        self.assertEqual(order.state, "sale")
        rows = order.b2b_hold_ids.decision_ids.sorted("id")
        self.assertEqual(rows.mapped("comment"), ["first", "second"])
        self.assertEqual(rows.step_id.mapped("sequence"), [1, 2])
        self.assertEqual(rows.order_id, order)

    def test_the_next_one_gets_a_mail_when_it_is_his_turn(self):
        self._steps(self.approver, self.owner)
        order = self._submitted()
        self._yes(order, self.approver)
        mails = self.env["mail.mail"].search(
            [
                ("model", "=", "b2b.order.hold"),
                ("res_id", "in", order.b2b_hold_ids.ids),
            ],
            order="id",
        )
        self.assertEqual(
            mails.mapped("recipient_ids"),
            self.approver.user_id.partner_id | self.owner.user_id.partner_id,
        )
        self.assertIn(f"/trade/approvals/{order.id}", mails[0].body_html)
        self.assertIn("Heart", mails[0].body_html)

    def test_a_refusal_in_any_step_ends_it(self):
        self._steps(self.approver, self.owner)
        order = self._submitted()
        self._yes(order, self.approver)
        order.b2b_open_hold_ids.with_user(self.owner.user_id).action_refuse("no")
        self.assertEqual(order.b2b_gate_state, "refused")

    def test_one_of_several_is_enough(self):
        self._steps(self.approver | self.olive)
        order = self._submitted()
        self.assertWaitsFor(order, self.approver, self.olive)
        self._yes(order, self.olive)
        self.assertEqual(order.state, "sale")

    def test_all_of_them(self):
        self._steps(self.approver | self.olive, mode="all")
        order = self._submitted()
        self._yes(order, self.olive)
        self.assertWaitsFor(order, self.approver)
        with self.assertRaisesRegex(UserError, "Olive approved"):
            self._yes(order, self.olive)
        self._yes(order, self.approver)
        self.assertEqual(order.state, "sale")

    def test_several_rules_have_to_be_satisfied(self):
        self._steps(self.approver)
        self._steps(self.olive)
        order = self._submitted()
        first = order.b2b_hold_ids.filtered(
            lambda hold: self.approver.user_id in hold.decider_ids
        )
        first.with_user(self.approver.user_id).action_release()
        self.assertWaitsFor(order, self.olive)
        self._yes(order, self.olive)
        self.assertEqual(order.state, "sale")

    def test_what_falls_to_one_person_is_one_decision(self):
        self.buyer.role_id = self.small_role
        self.buyer.supervisor_id = self.approver
        self._steps(self.approver)
        order = self._submitted()
        self.assertEqual(
            set(order.b2b_hold_ids.mapped("code")), {"seat_limit", "approval_rule"}
        )
        order.b2b_hold_ids[0].with_user(self.approver.user_id).action_release()
        self.assertEqual(order.state, "sale")

    def test_one_yes_answers_both_steps_of_one_person(self):
        self._steps(self.approver | self.owner, self.owner)
        order = self._submitted()
        self._yes(order, self.owner)
        self.assertEqual(order.state, "sale")
        self.assertEqual(len(order.b2b_hold_ids.decision_ids), 2)

    # -- limits ------------------------------------------------------------------

    def test_a_low_limit_suffices_before_somebody_with_more(self):
        self.approver.role_id = self.limited
        self._steps(self.approver, self.owner)
        order = self._submitted()
        self._yes(order, self.approver)
        self.assertWaitsFor(order, self.owner)

    def test_a_low_limit_in_the_last_step_asks_those_above(self):
        self.approver.role_id = self.limited
        self.approver.supervisor_id = self.olive
        self._steps(self.approver)
        self.assertWaitsFor(self._submitted(quantity=20), self.approver)
        order = self._submitted(quantity=21)
        self.assertWaitsFor(order, self.olive)
        self.approver.supervisor_id = False
        self.assertWaitsFor(self._submitted(quantity=21), self.owner)

    def test_all_of_them_with_low_limits_ask_one_more(self):
        (self.approver | self.olive).role_id = self.limited
        self._steps(self.approver | self.olive, mode="all")
        order = self._submitted()
        self._yes(order, self.approver)
        self._yes(order, self.olive)
        self.assertWaitsFor(order, self.owner)
        self._yes(order, self.owner)
        self.assertEqual(order.state, "sale")

    # -- nobody releases what he caused ------------------------------------------

    def test_an_approver_orders_himself(self):
        self._steps(self.approver, self.owner)
        order = self._submitted(seat=self.approver)
        self.assertWaitsFor(order, self.owner)
        with self.assertRaises(AccessError):
            self._yes(order, self.approver)
        self._yes(order, self.owner)
        self.assertEqual(order.state, "sale")

    def test_the_same_person_of_another_company_never_releases(self):
        parent = self._make_party("Brightwell Holding")
        other = self.env["b2b.seat"]._b2b_create_login(
            parent,
            "Marcus",
            self.approver.person_id.email,
            self.env.ref("b2b_party.role_buyer"),
        )
        self.assertEqual(other.person_id, self.approver.person_id)
        self._steps(self.approver)
        order = self._submitted(b2b_orderer_id=other.user_id.id)
        self.assertWaitsFor(order, self.owner)
        self.assertFalse(order.b2b_hold_ids._b2b_can_decide(self.approver.user_id))
        self.assertFalse(order.b2b_hold_ids._b2b_can_decide(other.user_id))

    def test_the_same_mail_address_is_the_same_person(self):
        self._steps(self.approver)
        self.rep.partner_id.email = f"“M” <{self.approver.person_id.email.upper()}>"
        order = self._submitted(b2b_orderer_id=self.rep.id)
        self.assertWaitsFor(order, self.owner)

    def test_an_agent_never_decides(self):
        self._steps(self.approver)
        order = self._submitted()
        self.assertTrue(order._b2b_seat_may_decide(self.approver))
        self.env.cr.execute(
            "UPDATE b2b_seat SET is_agent = TRUE WHERE id = %s", [self.approver.id]
        )
        self.approver.invalidate_recordset()
        self.assertFalse(order._b2b_seat_may_decide(self.approver))

    # -- nobody is left ----------------------------------------------------------

    def test_without_anybody_the_order_waits_and_both_sides_are_told(self):
        self.party.user_id = self.manager
        self._steps(self.approver)
        viewers = self.env.ref("b2b_party.role_viewer")
        (self.approver | self.olive).role_id = viewers
        self.owner.role_id = self.owner.role_id.copy(
            {"approve": False, "party_id": self.party.id, "name": "Keeper"}
        )
        order = self._submitted()
        self.assertWaitsFor(order)
        self.assertEqual(order.b2b_open_hold_ids.waiting_for, "nobody yet")
        mail = self.env["mail.mail"].search(
            [
                ("model", "=", "b2b.order.hold"),
                ("res_id", "in", order.b2b_hold_ids.ids),
            ]
        )
        self.assertEqual(mail.recipient_ids, self.owner.user_id.partner_id)
        self.assertIn("/trade/team", mail.body_html)
        self.assertEqual(order.activity_ids.user_id, self.manager)
        # Somebody is named: he may decide at once, and is asked by the button.
        self.approver.role_id = self.env.ref("b2b_party.role_approver")
        self.assertTrue(order.b2b_open_hold_ids._b2b_can_decide(self.approver.user_id))
        order.b2b_open_hold_ids.with_user(self.manager).action_ask_again()
        self.assertWaitsFor(order, self.approver)
        self._yes(order, self.approver)
        self.assertEqual(order.state, "sale")

    def test_who_left_is_replaced(self):
        self._steps(self.approver)
        order = self._submitted()
        self.approver.action_suspend()
        self.assertTrue(order.b2b_open_hold_ids._b2b_can_decide(self.owner.user_id))
        self._yes(order, self.owner)
        self.assertEqual(order.state, "sale")
