from odoo import Command

from .common import BudgetCase

LIMIT = 100.0


class GateCase(BudgetCase):
    """A party with a budget of 100 that blocks and credit of 100 that holds.

    What an entrance lets through has to stand in both ledgers, once.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "order"
        cls.budget = cls._make_budget(amount=LIMIT, action="authorize")
        cls.account = cls.env["b2b.credit.account"].create(
            {
                "party_id": cls.party.id,
                "action": "hold",
                "overdue_action": "none",
                "currency_id": cls.currency.id,
                "limit_ids": [
                    Command.create(
                        {"amount": 500.0, "date_from": "2020-01-01", "kind": "own"}
                    )
                ],
            }
        )

    def _quote(self, quantity=7, **values):
        """An order that was offered to the buyer and that he may pay."""
        return self._make_order(quantity=quantity, state="sent", **values)

    def _confirmed(self, quantity=7, **values):
        order = self._make_order(quantity=quantity, **values)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        return order

    def _provider(self, code="none", **values):
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1
        )
        provider = self.env["payment.provider"].create(
            {"name": f"Provider {code}", "code": code, **values}
        )
        provider.journal_id = journal
        # Money that came in is booked through a line of the journal.
        journal.inbound_payment_method_line_ids[:1].copy(
            {"payment_provider_id": provider.id, "name": provider.name}
        )
        return provider

    def _transaction(self, order, provider=None, amount=None):
        return self.env["payment.transaction"].create(
            {
                "provider_id": (provider or self._provider()).id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "amount": order.amount_total if amount is None else amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"{order.name}-{len(order.transaction_ids)}",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )

    def assertCounts(self, confirmed, waiting=0.0):
        """Budget and credit have these sums, in counter, ledger and orders."""
        self.assertBooked(self.budget, confirmed, waiting)
        exposure = self.account._b2b_exposures(fresh=True)[self.account.id]
        self.assertEqual((exposure.confirmed, exposure.waiting), (confirmed, waiting))
        self.assertFalse(self.env["b2b.credit.account"]._b2b_credit_drift())

    def assertWaits(self, order, *codes):
        self.assertIn(order.state, ("draft", "sent"))
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertEqual(order.b2b_open_hold_ids.mapped("code"), list(codes))
