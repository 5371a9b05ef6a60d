from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.b2b_party.tests.common import PartyCase

START = "2020-01-01"


class CreditCase(PartyCase):
    """A party with a limit of 100 whose orders above it wait for the credit team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.credit = new_test_user(cls.env, "b2b_test_credit", "b2b_party.group_credit")
        cls.account = cls._make_account(100.0)
        cls.product.invoice_policy = "order"

    @classmethod
    def _make_account(cls, limit=None, party=None, **values):
        owner = {} if "party_group_id" in values else {"party_id": cls.party.id}
        if party:
            owner = {"party_id": party.id}
        values = {
            "action": "hold",
            "overdue_action": "none",
            "currency_id": cls.env.company.currency_id.id,
            **owner,
            **values,
        }
        account = cls.env["b2b.credit.account"].create(values)
        if limit is not None:
            cls._make_limit(account, limit)
        return account

    @classmethod
    def _make_limit(cls, account, amount, **values):
        values = {"amount": amount, "date_from": START, "kind": "own", **values}
        return cls.env["b2b.credit.limit"].create({"account_id": account.id, **values})

    def _submit(self, order, **values):
        """Submit as the portal does: all rights lifted, in the name of the buyer."""
        return order.with_user(order.b2b_orderer_id).sudo()._b2b_submit(**values)

    def _confirmed(self, quantity=4, **values):
        order = self._make_order(quantity=quantity, **values)
        order.action_confirm()
        self.assertEqual(order.state, "sale", order.b2b_open_hold_ids.mapped("message"))
        return order

    def _bill(self, amount, due=0, party=None, post=True, kind="out_invoice", **values):
        """An invoice without an order, due so many days from today."""
        day = fields.Date.today() + timedelta(days=due)
        move = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": (party or self.party).id,
                "invoice_date": min(day, fields.Date.today()),
                "invoice_date_due": day,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    (0, 0, {"name": "Goods", "price_unit": amount, "tax_ids": False})
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    def _pay(self, amount, party=None):
        """Money arrives; nobody has matched it with an invoice."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": (party or self.party).id,
                "amount": amount,
            }
        )
        payment.action_post()
        return payment

    def _figures(self, account=None):
        self.env.flush_all()
        account = account or self.account
        exposure = account._b2b_exposures(fresh=True)[account.id]
        return exposure

    def assertExposure(self, account=None, **expected):
        """Figures of the account; counter, ledger and orders agree."""
        found = self._figures(account)
        self.assertEqual(
            {name: getattr(found, name) for name in expected}, expected, found
        )
        drift = self.env["b2b.credit.account"]._b2b_credit_drift()
        self.assertFalse(drift, "counter, movements and orders differ")
