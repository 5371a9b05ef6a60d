from odoo.tests import tagged

from .approval_common import ApprovalHttpCase


@tagged("post_install", "-at_install")
class TestApprovals(ApprovalHttpCase):
    def test_the_approver_sees_what_waits(self):
        for path in ("/trade/approvals", f"/trade/approvals/{self.order.id}"):
            page = self.page(path)
            self.assertEqual(page.status_code, 200)
            for words in (self.order.name, "Hannah", "Christmas rush", "Approve"):
                self.assertIn(words, page.text)
            # The reason is told about the orderer, not to him.
            self.assertNotIn("You may order", page.text)
            self.assertIn("may order up to", page.text)
        home = self.page("/trade").text
        self.assertIn(f"{self.order.name} of Hannah waits for you", home)

    def test_query_budget_with_many_orders(self):
        for __ in range(2):
            self._waiting(self.buyer)
        few = self._counts()
        for __ in range(6):
            self._waiting(self.buyer)
        self.assertEqual(self._counts(), few)
        self.assertLessEqual(max(few), 40)

    def _counts(self):
        """Queries of the pages of whoever decides and of whoever waits."""
        counts = []
        for seat, path in ((self.approver, "/trade/approvals"), (self.buyer, "/trade")):
            self.sign_in(seat)
            self.page(path)
            before = self.env.cr.sql_log_count
            self.assertEqual(self.page(path).status_code, 200)
            counts.append(self.env.cr.sql_log_count - before)
        return counts

    def test_approve(self):
        answer = self.decide("approve", comment="fine")
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        self.assertUndecided()
        page = self.page(answer.headers["Location"]).text
        self.assertIn(f"You approve {self.order.name}", page)
        self.assertIn("Undo", page)
        self.assertNotIn(f'data-order="{self.order.id}"', page)
        (notice,) = self.count_now()
        self.assertIn(f"Marcus approved {self.order.name} at", notice["text"])
        self.assertEqual(self.order.state, "sale")
        decision = self.order.b2b_hold_ids.decision_ids
        self.assertEqual(decision.user_id, self.approver.user_id)
        self.assertEqual(decision.comment, "fine")
        page = self.page(answer.headers["Location"])
        self.assertIn(f"Marcus approved {self.order.name}", page.text)
        self.assertIn("approved", self.page("/trade/approvals?tab=decided").text)

    def test_refuse_needs_a_reason(self):
        answer = self.decide("refuse", comment="  ")
        self.assertRefused(answer, 400, "Say why")
        self.assertUndecided()
        self.assertEqual(self.decide("refuse", comment="Too much").status_code, 303)
        self.count_now()
        self.assertEqual(self.order.b2b_gate_state, "refused")
        self.assertEqual(self.order.state, "draft")
        self.sign_in(self.buyer)
        page = self.page(f"/trade/orders/{self.order.id}").text
        self.assertIn("was refused", page)
        self.assertIn("Too much", page)

    def test_pressed_twice_it_is_one_decision(self):
        first, second = self.decide("approve"), self.decide("refuse", comment="x")
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.count_now()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(len(self.order.b2b_hold_ids.decision_ids), 1)

    def test_nobody_decides_twice(self):
        self.decide("approve")
        self.count_now()
        answer = self.decide("approve")
        self.assertRefused(answer, 409, f"Marcus approved {self.order.name}")
        self.sign_in(self.owner)
        answer = self.decide("refuse", comment="late")
        self.assertRefused(answer, 409, f"Marcus approved {self.order.name}")
        self.assertEqual(len(self.order.b2b_hold_ids.decision_ids), 1)

    def test_an_order_that_changed_is_shown_again(self):
        seen = self.order._b2b_seen()
        self.order.order_line.product_uom_qty = 29
        answer = self.decide("approve", seen=seen)
        self.assertRefused(answer, 409, "quantity 30 → 29", "Nothing was decided")
        self.assertEqual(self.order.state, "draft")

    def test_who_may_not_decide(self):
        for seat in (self.buyer, self.viewer, self.finance, self.rival):
            self.sign_in(seat)
            self.assertRefused(self.page("/trade/approvals"), 403)
            self.assertRefused(self.page(f"/trade/approvals/{self.order.id}"), 403)
            self.assertRefused(self.decide("approve"), 403)
        self.assertUndecided()

    def test_an_approver_of_another_party_finds_nothing(self):
        self.rival.role_id = self.env.ref("b2b_party.role_administrator")
        self.sign_in(self.rival)
        self.assertNotIn(self.order.name, self.page("/trade/approvals").text)
        self.assertRefused(self.page(f"/trade/approvals/{self.order.id}"), 404)
        self.assertRefused(self.decide("approve"), 404)
        self.assertUndecided()

    def test_nobody_approves_his_own_order(self):
        role = self.env.ref("b2b_party.role_approver").copy(
            {"order_limit": 100.0, "party_id": self.party.id}
        )
        self.approver.role_id = role
        own = self._waiting(self.approver)
        self.assertNotIn(
            f"/trade/approvals/{own.id}", self.page("/trade/approvals").text
        )
        self.assertIn(self.decide("approve", own).status_code, (404, 409))
        self.assertEqual(own.b2b_submit_state, "waiting")

    def test_above_the_own_limit_somebody_else_decides(self):
        self.approver.role_id = self.env.ref("b2b_party.role_approver").copy(
            {"approve_limit": 200.0, "party_id": self.party.id}
        )
        answer = self.decide("approve")
        self.assertIn(answer.status_code, (404, 409))
        self.assertUndecided()
        self.sign_in(self.owner)
        self.assertEqual(self.decide("approve").status_code, 303)

    def test_bad_input(self):
        self.assertRefused(self.decide("approve", csrf_token=None), 400)
        self.assertRefused(self.decide("approve", seat_id=self.buyer.id), 409)
        self.assertRefused(self.decide("maybe"), 400)
        self.assertRefused(self.decide("approve", seen="x"), 400)
        self.assertRefused(self.decide("approve", comment="x" * 1001), 400)
        for number in ("0", "987654321", "99999999999999999999"):
            path = f"/trade/approvals/{number}"
            self.assertRefused(self.page(path), 404)
            self.assertRefused(self.form(f"{path}/decide", verdict="approve"), 404)
        page = self.page("/trade/approvals?done=x&tab=y")
        self.assertEqual(page.status_code, 200)
        self.assertUndecided()

    def test_nothing_waits(self):
        self.decide("approve")
        self.count_now()
        page = self.page("/trade/approvals")
        self.assertIn("Orders of colleagues that need your yes", page.text)
