from odoo.addons.b2b_party.tests.common import PartyCase


class BudgetCase(PartyCase):
    """A party with an approver as the supervisor of its budgets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currency = cls.env.company.currency_id

    @classmethod
    def _make_budget(cls, amount=100.0, **values):
        values = {
            "name": "Shop floor",
            "party_id": cls.party.id,
            "amount": amount,
            "action": "block",
            "supervisor_ids": cls.approver.ids,
            "currency_id": cls.currency.id,
            "start_date": False,
            **values,
        }
        return cls.env["b2b.budget"].create(values)

    def _submit(self, order, **values):
        """Submit as the portal does: all rights lifted, in the name of the buyer."""
        user = order.b2b_orderer_id
        return order.with_user(user).sudo()._b2b_submit(**values)

    def _decide(self, hold, seat=None, verdict="release", comment="yes"):
        hold = hold.with_user((seat or self.approver).user_id)
        return getattr(hold, f"action_{verdict}")(comment)

    def _entries(self, budget):
        return self.env["b2b.budget.entry"].search(
            [("budget_id", "=", budget.id)], order="id"
        )

    def assertBooked(self, budget, used, pending=0.0, date=None):
        """Counter, ledger and status agree on these figures."""
        self.env.flush_all()
        budget.invalidate_recordset()
        status = budget._b2b_status(date)
        self.assertEqual((status["used"], status["pending"]), (used, pending))
        entries = self._entries(budget)
        period = self.env["b2b.budget.period"].search(
            [("budget_id", "=", budget.id), ("date_from", "=", status["date_from"])]
        )
        entries = entries.filtered(lambda e: e.period_id == period)
        for kind, figure in (("used", used), ("pending", pending)):
            total = sum(
                entries.filtered(lambda e, k=kind: e.kind == k).mapped("amount")
            )
            self.assertAlmostEqual(total, figure, places=2, msg=kind)
        drift = self.env["b2b.budget.period"]._b2b_counter_drift()
        self.assertFalse(drift, "counter and movements differ")
        self.assertFalse(self.env["b2b.budget.period"]._b2b_order_drift())
