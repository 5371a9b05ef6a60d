from odoo.exceptions import UserError
from odoo.tests import tagged

from .credit_common import CreditCase


@tagged("post_install", "-at_install")
class TestCreditMerge(CreditCase):
    def _merge(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        parties = self.rival_party | self.party
        self.env.flush_all()
        wizard._merge(parties.ids, self.party, extra_checks=False)
        self.env.invalidate_all()

    def test_one_account_moves_with_the_party(self):
        own = self.account
        account = self._make_account(60.0, party=self.rival_party)
        order = self._make_order(seat=self.rival, quantity=4)
        order.action_confirm()
        self._confirmed(2)
        self._merge()
        self.assertFalse(account.exists())
        self.assertEqual(order._b2b_payer(), self.party)
        self.assertExposure(own, confirmed=60.0, limit=100.0, available=40.0)
        self.assertIn("not taken over", own.message_ids[:1].body)
        order._action_cancel()
        self.assertExposure(own, confirmed=20.0)

    def test_the_only_account_stays(self):
        self.account.limit_ids.unlink()
        self.env["b2b.credit.entry"]._b2b_drop_limit_rows(self.account)
        self.account.unlink()
        account = self._make_account(60.0, party=self.rival_party)
        self._merge()
        self.assertEqual(account.party_id, self.party)
        self._confirmed(3)
        self.assertExposure(account, confirmed=30.0)

    def test_different_currencies_are_refused(self):
        euro = self.env.ref("base.EUR")
        if euro == self.env.company.currency_id:
            euro = self.env.ref("base.USD")
        euro.active = True
        rate = {"currency_id": euro.id, "rate": 1.17, "name": "2020-01-01"}
        self.env["res.currency.rate"].create(rate)
        self._make_account(60.0, party=self.rival_party, currency_id=euro.id)
        with self.assertRaisesRegex(UserError, "different currencies"):
            self._merge()
