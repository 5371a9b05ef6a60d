from odoo.tests import new_test_user, tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestLoyaltyLog(LoyaltyCase):
    def test_a_changed_weight_is_in_the_log(self):
        weight = self.env["b2b.loyalty.weight"].create(
            {"program_id": self.program.id, "name": "Kitchen", "factor": 2.0}
        )
        weight.factor = 3.0
        line = self.env["b2b.audit.entry"].search(
            [("model", "=", weight._name), ("field", "=", "factor")], limit=1
        )
        self.assertEqual((line.before, line.after), ("2", "3"))

    def test_a_rep_for_own_parties_sees_their_points_only(self):
        hidden = self.make_party("Points & Daughters Ltd")
        rep = new_test_user(self.env, "points_rep", "b2b_party.group_rep")
        self.party.b2b_rep_ids = rep
        rep.b2b_own_parties_only = True
        accounts = self.accounts.create(
            [
                {"program_id": self.program.id, "party_id": party.id}
                for party in (self.party, hidden)
            ]
        )
        seen = accounts.with_user(rep).search([("id", "in", accounts.ids)])
        self.assertEqual(seen.party_id, self.party)
