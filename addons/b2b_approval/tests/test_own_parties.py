from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestHoldsOfOwnParties(ApprovalCase):
    def test_a_rep_for_own_parties_sees_their_holds_only(self):
        own = self._submitted().b2b_hold_ids
        self.rival.role_id = self.small_role.copy(
            {"party_id": self.rival_party.id, "order_limit": 1.0}
        )
        hidden = self._submitted(seat=self.rival).b2b_hold_ids
        self.assertTrue(own and hidden)
        self.rep.b2b_own_parties_only = True
        self.party.b2b_rep_ids = self.rep
        holds = (own | hidden).with_user(self.rep)
        self.assertEqual(holds.search([("id", "in", holds.ids)]), own)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            hidden.with_user(self.rep).read(["message"])
