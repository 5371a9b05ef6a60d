from odoo.tests import tagged

from .test_redeem import RedeemCase


@tagged("post_install", "-at_install")
class TestMerge(RedeemCase):
    def merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | target).ids, target)

    def test_two_parties_become_one(self):
        twin = self.make_party("Points & Sons Limited")
        self.give(160, party=twin)
        order = self.order((self.goods, 1, 100), partner=twin)
        order._b2b_points_choose(100)
        order.action_confirm()
        self.env.flush_all()
        keys = set(
            (self.account(twin) | self.account()).entry_ids.mapped("idempotency_key")
        )
        self.merge(twin, self.party)
        self.assert_account(2340 + 60)
        account = self.account()
        self.assertEqual(set(account.entry_ids.mapped("idempotency_key")), keys)
        self.assertEqual(account.entry_ids.party_id, self.party)
        self.assertEqual(order.b2b_points_account_id, account)
        self.assertEqual(self.accounts.search_count([("party_id", "=", twin.id)]), 0)
        # and the order still gives back what it took
        order._action_cancel()
        self.env.flush_all()
        self.assert_account(2340 + 160)
        self.assertEqual(account.liability, 25.0)

    def test_account_of_the_one_that_goes_is_kept(self):
        new = self.make_party("Renamed Ltd")
        self.merge(self.party, new)
        self.assert_account(2340, party=new)
