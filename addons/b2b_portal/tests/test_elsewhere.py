from odoo.tests import tagged

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestElsewhere(TradeHttpCase):
    """Mails lead to the right seat; another company's invitation is asked for."""

    def setUp(self):
        super().setUp()
        role = self.env.ref("b2b_party.role_approver")
        self.sibling = self.env["b2b.seat"]._b2b_create_login(
            self.rival_party, "Hannah", self.buyer.person_id.email, role
        )
        self.theirs = self._sent(self.rival, self.rival_yard)
        self.sign_in(self.buyer)

    def _sent(self, seat, place, quantity=2):
        cart = self._make_cart(seat, quantity, partner_shipping_id=place.id)
        cart.write({"b2b_orderer_id": seat.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit()
        return cart

    def follow(self, answer):
        self.assertEqual(answer.status_code, 303, answer.text[:400])
        sid = answer.cookies.get("session_id")
        self.opener.cookies.clear()
        self.opener.cookies["session_id"] = sid
        self.session.sid = sid

    def test_an_order_of_the_own_other_company_is_offered_not_shown(self):
        for path in (
            f"/trade/orders/{self.theirs.id}",
            f"/trade/order/{self.theirs.id}/thanks",
        ):
            page = self.page(path)
            self.assertEqual(page.status_code, 200)
            self.assertIn("This belongs to", page.text)
            self.assertIn(f'name="go" value="{path}"', page.text)
            self.assertNotIn(self.theirs.name, page.text)
            self.assertNotIn(self.money(20), page.text)
        answer = self.form("/trade/switch", target_seat_id=self.sibling.id, go=path)
        self.assertTrue(answer.headers["Location"].endswith(path))
        self.follow(answer)
        self.assertIn(self.theirs.name, self.page(path).text)

    def test_for_everybody_else_it_does_not_exist(self):
        missing = self.page("/trade/orders/987654321")
        self.sign_in(self.approver)
        foreign = self.page(f"/trade/orders/{self.theirs.id}")
        self.assertRefused(foreign, 404)
        self.assertNotIn("This belongs to", foreign.text)
        self.assertRefused(missing, 404)

    def test_only_what_the_other_seat_may_see(self):
        self.sibling.role_id = self.env.ref("b2b_party.role_buyer")
        self.assertRefused(self.page(f"/trade/orders/{self.theirs.id}"), 404)
        self.sibling.role_id = self.env.ref("b2b_party.role_approver")
        self.sibling.action_suspend()
        self.assertRefused(self.page(f"/trade/orders/{self.theirs.id}"), 404)

    def test_approvals_of_the_other_company(self):
        self.rival.supervisor_id = self.sibling
        self.rival.role_id = self.small.copy({"party_id": self.rival_party.id})
        waiting = self._sent(self.rival, self.rival_yard, quantity=30)
        self.assertTrue(waiting.b2b_hold_ids)
        path = f"/trade/approvals/{waiting.id}"
        page = self.page(path)
        self.assertIn("This belongs to", page.text)
        self.assertNotIn(waiting.name, page.text)
        self.sign_in(self.viewer)
        self.assertRefused(self.page(path), 403)
        self.sign_in(self.approver)
        self.assertRefused(self.page(path), 404)

    def test_a_switch_leads_to_our_pages_only(self):
        for go in (
            "https://evil.example/",
            "//evil.example",
            "/my",
            "/trade/../web",
            "",
        ):
            answer = self.form("/trade/switch", target_seat_id=self.buyer.id, go=go)
            self.assertEqual(answer.status_code, 303)
            self.assertTrue(answer.headers["Location"].endswith("/trade"), go)

    # -- invitations -------------------------------------------------------------

    def _invited(self, seat=None):
        third = self._make_party("Oak & Thistle")
        seat = seat or self.buyer
        return self.env["b2b.seat"]._b2b_invite(
            third,
            seat.person_id.name,
            seat.person_id.email,
            self.env.ref("b2b_party.role_viewer"),
        )

    def _answer(self, invitation, answer):
        path = f"/trade/team/invitations/{invitation.id}/answer"
        return self.form(path, answer=answer)

    def test_an_invitation_asks_on_home_and_in_the_switch(self):
        invitation = self._invited()
        page = self.page("/trade").text
        self.assertEqual(page.count("Oak &amp; Thistle</strong> invites you as"), 2)
        self.assertIn("Oak &amp; Thistle", self.page("/trade/team/invitations").text)
        answer = self._answer(invitation, "accept")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(invitation.state, "active")
        page = self.page(f"/trade/team/invitations?accepted={invitation.id}").text
        self.assertIn("Switch to", page)
        self.follow(self.form("/trade/switch", target_seat_id=invitation.id))
        self.assertIn("Oak &amp; Thistle", self.page("/trade").text)

    def test_declining_leaves_nothing(self):
        invitation = self._invited()
        self._answer(invitation, "decline")
        self.assertFalse(invitation.exists())
        self.assertNotIn("invites you", self.page("/trade").text)

    def test_nobody_answers_for_others(self):
        invitation = self._invited(self.approver)
        self.assertNotIn("invites you", self.page("/trade").text)
        for number in (invitation.id, self.sibling.id, self.rival.id, 987654321):
            path = f"/trade/team/invitations/{number}/answer"
            self.assertRefused(self.form(path, answer="accept"), 404)
        self.assertEqual(invitation.state, "invited")
        mine = self._invited()
        self.assertRefused(self._answer(mine, "maybe"), 400)
