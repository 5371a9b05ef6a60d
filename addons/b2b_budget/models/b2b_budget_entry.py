from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class BudgetEntry(models.Model):
    """Append-only ledger: the sum of the entries of a period is its counter."""

    _name = "b2b.budget.entry"
    _description = "B2B Budget Movement"
    _order = "id desc"
    _rec_name = "order_id"

    date = fields.Datetime(
        "When", required=True, readonly=True, index=True, help="When it was booked."
    )
    budget_id = fields.Many2one(
        "b2b.budget",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The budget that was moved.",
    )
    period_id = fields.Many2one(
        "b2b.budget.period",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The period in which the order was submitted.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        help="Company of the budget.",
    )
    party_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The company that ordered.",
    )
    seat_id = fields.Many2one(
        "b2b.seat",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The seat whose order it is.",
    )
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The order that moved the budget.",
    )
    kind = fields.Selection(
        [("pending", "Waiting"), ("used", "Booked")],
        required=True,
        readonly=True,
        help="Waiting: reserved for an order that is being decided on. "
        "Booked: taken by a confirmed order.",
    )
    amount = fields.Monetary(
        readonly=True, help="Taken from the budget; negative: given back."
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, help="Currency of the budget."
    )
    order_amount = fields.Monetary(
        "Order amount",
        readonly=True,
        currency_field="order_currency_id",
        help="The same amount in the currency of the order.",
    )
    order_currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, help="Currency of the order."
    )
    rate = fields.Float(
        readonly=True,
        digits=0,
        aggregator=None,
        help="Budget currency per order currency at the first booking of the order; "
        "kept for all later ones.",
    )
    left_after = fields.Monetary(
        "Left after",
        readonly=True,
        aggregator=None,
        help="What was left of the period after this movement.",
    )
    permission = fields.Selection(
        [
            ("room", "Room"),
            ("release", "Released"),
            ("warn", "Warned"),
            ("before", "Older"),
            ("return", "Not returned"),
        ],
        required=True,
        readonly=True,
        default="room",
        help="Why it could be booked. Room: the amount sufficed. Released: somebody "
        "decided so. Warned: the budget only warns. Older: it was ordered before the "
        "budget, or these terms, existed. Not returned: a credit note or return "
        "that had given it back was undone.",
    )
    hold_id = fields.Many2one(
        "b2b.order.hold",
        readonly=True,
        ondelete="restrict",
        help="The decision that allowed to go above the amount.",
    )
    user_id = fields.Many2one(
        "res.users",
        "By",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="Whose action moved the budget.",
    )

    # The latest of a period, and their number, without reading all of them.
    _period_party_latest_index = models.Index("(period_id, party_id, id)")
    _budget_latest_index = models.Index("(budget_id, id)")

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(
            self.env._("Movements of a budget are written by its orders only.")
        )

    def write(self, vals):
        raise UserError(
            self.env._(
                "Movements of a budget never change; change or cancel the order."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Movements of a budget are never deleted; change or cancel the order."
            )
        )

    @api.model
    def _b2b_insert(self, rows, source):
        """INSERT of rows (dicts with equal keys) once for a row of ``source``.

        SQL, because it runs while orders are being recomputed and checked.

        :param source: name of what has ``id``, ``amount``, ``used`` and ``pending`` of
            the counter as it is after all of these rows
        """
        columns = SQL(", ").join(map(SQL.identifier, rows[0]))
        selects = SQL(" UNION ALL ").join(
            SQL("SELECT %s, id FROM %s", self._b2b_typed(row), source) for row in rows
        )
        return SQL("INSERT INTO b2b_budget_entry (%s, period_id) %s", columns, selects)

    def _b2b_typed(self, row):
        types = {name: SQL(self._fields[name].column_type[1]) for name in row}
        # The row says how much of it later rows move; the counter is behind them all.
        left = SQL("amount - used - pending + %s", row["left_after"])
        return SQL(", ").join(
            SQL("CAST(%s AS %s)", value, types[name])
            for name, value in {**row, "left_after": left}.items()
        )

    @api.model
    def _b2b_appended(self):
        self.invalidate_model(flush=False)
        self.env["b2b.budget"].invalidate_model(["entry_ids"], flush=False)
