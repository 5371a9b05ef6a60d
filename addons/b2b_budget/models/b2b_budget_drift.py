from odoo import api, fields, models
from odoo.exceptions import UserError


class BudgetDrift(models.Model):
    """A difference between counter, movements and orders, found by the nightly check.

    It is reported and never corrected by itself; when a later check does not find it
    any more, it is marked as gone.
    """

    _name = "b2b.budget.drift"
    _description = "B2B Budget Difference"
    _order = "gone_at desc, id desc"
    _rec_name = "budget_id"

    kind = fields.Selection(
        [("counter", "Counter and movements"), ("order", "Order and movements")],
        required=True,
        readonly=True,
        help="What differs: the counter of a period from the sum of its movements, or "
        "the movements of an order from what it comes to.",
    )
    budget_id = fields.Many2one(
        "b2b.budget",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The budget whose figures differ.",
    )
    period_id = fields.Many2one(
        "b2b.budget.period",
        readonly=True,
        ondelete="cascade",
        help="The period whose counter differs.",
    )
    order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        ondelete="cascade",
        help="The order whose movements differ.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, help="Its company."
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, help="Currency of the budget."
    )
    booked = fields.Monetary(
        "Movements", readonly=True, help="What the movements say, waiting included."
    )
    expected = fields.Monetary(
        readonly=True, help="What the counter says, or what the order comes to."
    )
    found_at = fields.Datetime("Found", required=True, readonly=True)
    gone_at = fields.Datetime(
        "Gone", readonly=True, index=True, help="When a check found it no more."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(
                self.env._("Differences are noted by the nightly check only.")
            )
        return super().create(vals_list)

    @api.model
    def _b2b_report(self, found):
        """Note what was found tonight; what is not among it is gone.

        :param found: list of dicts with the values of a difference
        :return: b2b.budget.drift, those that were not known before
        """
        known = {d._b2b_key(): d for d in self.search([("gone_at", "=", False)])}
        now, fresh, seen = fields.Datetime.now(), [], set()
        for values in found:
            key = tuple(
                values.get(name) or False
                for name in ("kind", "budget_id", "period_id", "order_id")
            )
            seen.add(key)
            if key not in known:
                fresh.append({**values, "found_at": now})
        gone = [drift.id for key, drift in known.items() if key not in seen]
        self.browse(gone).write({"gone_at": now})
        return self.create(fresh)

    def _b2b_key(self):
        self.ensure_one()
        return self.kind, self.budget_id.id, self.period_id.id, self.order_id.id
