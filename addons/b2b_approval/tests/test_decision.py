from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestDecision(ApprovalCase):
    def setUp(self):
        super().setUp()
        self.order = self._submitted()
        self.hold = self.order.b2b_open_hold_ids

    def _release(self, seat, comment=""):
        return self.hold.with_user(seat.user_id).action_release(comment)

    def test_the_supervisor_releases_and_the_order_goes_on(self):
        self._release(self.approver, "fine")
        self.assertRecordValues(
            self.order, [{"state": "sale", "b2b_submit_state": "done"}]
        )
        decision = self.hold.decision_ids
        self.assertEqual(decision.user_id, self.approver.user_id)
        self.assertEqual((decision.comment, decision.amount), ("fine", 300.0))
        self.assertEqual(self.order.b2b_orderer_id, self.buyer.user_id)

    def test_those_who_may_not(self):
        olive = self._make_seat(self.party, "Olive", "approver")
        admin = self.env.ref("base.user_admin")
        users = [self.buyer.user_id, self.rival.user_id, olive.user_id, self.rep, admin]
        for user in users:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.hold.with_user(user).action_release()
        self.assertEqual(self.hold.state, "open")

    def test_strangers_learn_nothing_of_a_hold(self):
        words = set()
        missing = self.hold.browse(self.hold.id + 1000)
        for hold in (self.hold, missing):
            with self.assertRaises(AccessError) as caught:
                hold.with_user(self.rival.user_id).action_release()
            words.add(str(caught.exception))
        self.assertEqual(len(words), 1)
        self.assertNotIn(self.order.name, words.pop())

    def test_the_company_administrator_may(self):
        self._release(self.owner)
        self.assertEqual(self.order.state, "sale")

    def test_nobody_releases_his_own_order_in_another_seat(self):
        # The same person sits there twice only by way of another party; within the
        # party the second seat is impossible, so the order is given to the approver.
        self.order.sudo().b2b_orderer_id = self.approver.user_id
        with self.assertRaises(AccessError):
            self._release(self.approver)

    def test_a_suspended_decider_may_not(self):
        self.approver.action_suspend()
        self.assertFalse(self.hold._b2b_can_decide(self.approver.user_id))

    def test_a_limit_below_the_order_sends_it_further_up(self):
        self.approver.role_id = self.env.ref("b2b_party.role_approver").copy(
            {"approve_limit": 200.0, "party_id": self.party.id}
        )
        with self.assertRaises(AccessError):
            self._release(self.approver)
        order = self._submitted()
        self.assertEqual(order.b2b_hold_ids.decider_ids, self.owner.user_id)

    def test_a_refusal_needs_a_reason_and_returns_the_order(self):
        hold = self.hold.with_user(self.approver.user_id)
        with self.assertRaises(UserError):
            hold.action_refuse("  ")
        hold.action_refuse("too much")
        self.assertRecordValues(
            self.order,
            [
                {
                    "state": "draft",
                    "b2b_submit_state": "failed",
                    "b2b_gate_state": "refused",
                }
            ],
        )
        self.assertIn("too much", self.order.message_ids[0].body)
        self.order._b2b_submit()
        self.assertEqual(self.order.b2b_submit_state, "waiting")

    def test_the_second_decision_is_told(self):
        self._release(self.approver)
        with self.assertRaisesRegex(UserError, r"Marcus approved \S+ at \d\d:\d\d"):
            self._release(self.owner)

    def test_a_release_does_not_cover_more(self):
        self.order.order_line.product_uom_qty = 31
        self._release(self.approver)
        self.assertEqual(self.order.b2b_submit_state, "waiting")
        self.assertEqual(self.order.b2b_open_hold_ids.amount, 310.0)

    def test_a_release_covers_less(self):
        self.order.order_line.product_uom_qty = 29
        self._release(self.approver)
        self.assertEqual(self.order.state, "sale")

    def test_seller_holds_are_for_the_role_and_not_for_who_caused_it(self):
        credit = new_test_user(self.env, "b2b_credit", "b2b_party.group_credit")
        self.order._b2b_hold([self._finding()])
        hold = self.order.b2b_open_hold_ids.filtered(lambda h: h.code == "credit")
        for user in (self.owner.user_id, self.manager, self.rep):
            self.assertFalse(hold._b2b_can_decide(user), user.name)
        self.assertTrue(hold._b2b_can_decide(credit))
        hold.sudo().requested_by_id = credit
        self.assertFalse(hold._b2b_can_decide(credit))

    def test_decisions_never_change(self):
        self._release(self.approver)
        with self.assertRaises(UserError):
            self.hold.decision_ids.write({"comment": "x"})
        with self.assertRaises(UserError):
            self.hold.decision_ids.unlink()

    def test_who_is_asked_gets_a_mail_in_his_name(self):
        mail = self.env["mail.mail"].search(
            [("model", "=", "b2b.order.hold"), ("res_id", "=", self.hold.id)]
        )
        self.assertEqual(mail.recipient_ids, self.approver.user_id.partner_id)
        self.assertIn("Marcus", mail.body_html)
        self.assertIn("/trade/approvals", mail.body_html)
