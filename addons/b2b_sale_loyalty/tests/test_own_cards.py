from odoo.tests import new_test_user, tagged

from odoo.addons.b2b_approval.tests.common import ApprovalCase


@tagged("post_install", "-at_install")
class TestOwnCards(ApprovalCase):
    """Cards name their owner: a rep for own parties sees those of own parties."""

    def test_cards_and_their_history_follow(self):
        self.rep.b2b_own_parties_only = True
        self.party.b2b_rep_ids = self.rep
        program = self.env["loyalty.program"].create(
            {"name": "Cards", "program_type": "gift_card"}
        )
        owners = self.party | self.rival_party | self.env["res.partner"]
        cards = self.env["loyalty.card"].create(
            [
                {"program_id": program.id, "partner_id": owner.id}
                for owner in (self.party, self.rival_party)
            ]
            + [{"program_id": program.id}]
        )
        self.env["loyalty.history"].create(
            [{"card_id": card.id, "description": "x", "issued": 1.0} for card in cards]
        )
        self.env.flush_all()
        chosen = [("id", "in", cards.ids)]
        mine = self.env["loyalty.card"].with_user(self.rep).search(chosen)
        self.assertEqual(len(mine), 2)
        self.assertEqual(mine.partner_id, self.party)
        history = self.env["loyalty.history"].with_user(self.rep)
        history = history.search([("card_id", "in", cards.ids)])
        self.assertEqual(history.card_id, mine)
        everybody = self.env["loyalty.card"].with_user(self.manager).search(chosen)
        self.assertEqual(everybody.partner_id, owners)

    def test_who_reads_no_cards_opens_orders_all_the_same(self):
        order = self._make_order()
        for role in ("credit", "pricing"):
            user = new_test_user(self.env, f"cards_{role}", f"b2b_party.group_{role}")
            own = order.with_user(user)
            self.assertFalse(
                self.env["loyalty.card"].with_user(user).has_access("read")
            )
            self.assertEqual(own.read(["gift_card_count"])[0]["gift_card_count"], 0)
