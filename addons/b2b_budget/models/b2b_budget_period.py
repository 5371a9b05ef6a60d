from typing import NamedTuple

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.sql_db import Cursor
from odoo.tools import SQL, float_repr

from ..rules import booking

# How often somebody may be overtaken while he queues for a counter.
TURNS = 100
# Which counters this transaction waited for already: {kind: set of keys}.
QUEUED = "b2b_queued"
# What this transaction read of the counters, until it moves one.
SEEN, MOVED = "b2b_budget_rows", "b2b_budget_moved"


class Row(NamedTuple):
    id: int
    amount: float
    used: float
    pending: float

    @property
    def left(self):
        return booking.left(self.amount, self.used, self.pending)


class BudgetPeriod(models.Model):
    """The counter of one budget in one period: the row that everyone contends for.

    Locking it and then summing up the orders overspends, because a transaction goes
    on reading its old snapshot. Therefore the test is part of the UPDATE itself: it
    waits for whoever holds the row, and when that one commits, PostgreSQL refuses
    ours and Odoo runs the whole request again on fresh figures.
    """

    _name = "b2b.budget.period"
    _description = "B2B Budget Period"
    _order = "date_from desc, id desc"
    _rec_name = "budget_id"

    budget_id = fields.Many2one(
        "b2b.budget",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The budget that is counted here.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        help="Company of the budget.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, help="Currency of the budget."
    )
    date_from = fields.Date(
        "From", required=True, readonly=True, help="First day of the period."
    )
    date_to = fields.Date(
        "To", readonly=True, help="Last day of the period. Empty: no end."
    )
    amount = fields.Monetary(
        readonly=True,
        help="The most that the orders of this period may come to. Follows the budget "
        "until the period is over.",
    )
    used = fields.Monetary("Booked", readonly=True, help="Confirmed orders.")
    pending = fields.Monetary(
        "Waiting", readonly=True, help="Reserved for orders that wait for a decision."
    )
    left = fields.Monetary(compute="_compute_left", help="What may still be ordered.")
    percent = fields.Float(
        "Used %", compute="_compute_left", help="Booked and waiting in % of the amount."
    )
    alert_ids = fields.One2many(
        "b2b.budget.alert",
        "period_id",
        "Alerts",
        readonly=True,
        help="Shares that were reached in this period.",
    )

    _budget_start_unique = models.Constraint(
        "UNIQUE(budget_id, date_from)", "This period of the budget exists already."
    )

    @api.depends("amount", "used", "pending")
    def _compute_left(self):
        for period in self:
            figures = (period.amount, period.used, period.pending)
            period.left = period.currency_id.round(booking.left(*figures))
            period.percent = booking.percent_used(*figures)

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(self.env._("Periods of a budget open by themselves."))

    def write(self, vals):
        raise UserError(self.env._("The counters of a budget move by its orders only."))

    # --------------------------------------------------------------- counters

    @api.model
    def _b2b_rows(self, keys):
        """Counters of (budget id, first day) keys in one query: {key: Row}."""
        if not keys:
            return {}
        # A transaction sees others' bookings as of its start; as long as it moved no
        # counter itself, a page that asks twice gets the same answer.
        data, asked = self.env.cr.precommit.data, frozenset(keys)
        known = {} if data.get(MOVED) else data.setdefault(SEEN, {})
        if asked not in known:
            self.env.cr.execute(self._b2b_rows_sql(keys))
            known[asked] = self._b2b_fetch_rows()
        return dict(known[asked])

    def _b2b_rows_sql(self, keys):
        return SQL(
            """SELECT budget_id, date_from, id, amount, used, pending
                 FROM b2b_budget_period
                WHERE (budget_id, date_from) IN %s""",
            tuple(keys),
        )

    def _b2b_fetch_rows(self):
        """The answer of :meth:`_b2b_rows_sql`: {key: Row}."""
        return {
            (budget_id, start): Row(*map(_number, figures))
            for budget_id, start, *figures in self.env.cr.fetchall()
        }

    def _b2b_moved(self):
        """From now on this transaction reads its counters from the database."""
        self.env.cr.precommit.data[MOVED] = True

    @api.model
    def _b2b_queue(self, keys):
        """Wait until nobody else moves these counters.

        :param keys: set of (budget id, first day)
        """
        mine = self.env.cr.precommit.data.setdefault(QUEUED, {}).setdefault(
            self._name, set()
        )
        if keys - mine:
            # Being overtaken is nothing to log: the request starts anew.
            self.env.cr.execute(
                SQL(
                    "%s ORDER BY budget_id, date_from FOR NO KEY UPDATE",
                    self._b2b_rows_sql(keys),
                ),
                log_exceptions=False,
            )
            mine |= keys
            # Read by the way: what is asked for next.
            data = self.env.cr.precommit.data
            data.setdefault(SEEN, {})[frozenset(keys)] = self._b2b_fetch_rows()

    @api.model
    def _b2b_take_turn(self, queue):
        """Queue on the newest snapshot, as long as nothing was written yet.

        Somebody who waited for a counter holds a snapshot from before; having only
        read so far, the transaction can begin anew on the spot.

        :param queue: function that waits for all counters that will be moved
        """
        cr = self.env.cr
        for _turn in range(TURNS if self._b2b_only_read() else 0):
            try:
                return queue()
            except SerializationFailure:
                # Not cr.rollback(): there is nothing to undo, and whoever waits for
                # the end of the transaction waits for its real one.
                cr._cnx.rollback()
                # What was locked before the one that refused is locked no more.
                cr.precommit.data.pop(QUEUED, None)
                cr.precommit.data.pop(SEEN, None)
                self.env.invalidate_all(flush=False)
        return None

    def _b2b_only_read(self):
        """Whether this transaction has written nothing, in the database or so far
        in memory only."""
        transaction, cr = self.env.transaction, self.env.cr
        if type(cr) is not Cursor or transaction.field_dirty or transaction.tocompute:
            return False
        cr.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        return cr.fetchone()[0]

    @api.model
    def _b2b_consume(self, budget_id, period, change, rows, *, force=False, digits=2):
        """Add ``change`` to the counters if there is room, and write the ledger.

        :param period: rules.periods.Period
        :param change: rules.booking.Booking, may be negative
        :param rows: ledger rows (dicts with equal keys) that say the same
        :param force: book even above the amount: the order has a release
        :return: Row after the booking, or None when there is no room
        """
        arguments = (budget_id, period, change, rows, force, digits)
        row = self._b2b_update(*arguments)
        if row is None and not self._b2b_rows([(budget_id, period.start)]):
            self._b2b_open(budget_id, period)
            row = self._b2b_update(*arguments)
        return row

    def _b2b_update(self, budget_id, period, change, rows, force, digits):
        self._b2b_moved()
        # Exact decimals: the counter is numeric and must equal the ledger's sum.
        used = SQL(float_repr(change.used, digits))
        pending = SQL(float_repr(change.pending, digits))
        self.env.cr.execute(
            SQL(
                """WITH moved AS (
                       UPDATE b2b_budget_period
                          SET used = used + %(used)s, pending = pending + %(pending)s
                        WHERE budget_id = %(budget)s AND date_from = %(start)s
                          AND (%(force)s
                               OR %(used)s + %(pending)s <= 0
                               OR used + pending + %(used)s + %(pending)s <= amount)
                    RETURNING id, amount, used, pending), noted AS (%(ledger)s)
                   SELECT id, amount, used, pending FROM moved""",
                used=used,
                pending=pending,
                budget=budget_id,
                start=period.start,
                force=force,
                ledger=self.env["b2b.budget.entry"]._b2b_insert(rows, SQL("moved")),
            ),
            log_exceptions=False,
        )
        row = self.env.cr.fetchone()
        self._invalidate_cache(["used", "pending"])
        if row:
            self.env["b2b.budget.entry"]._b2b_appended()
        return Row(*map(_number, row)) if row else None

    def _b2b_open(self, budget_id, period):
        """Insert the counter row of a period.

        The budget's own row is touched, so that a change of its amount at the same
        time either sees the new period or is refused and run again.
        """
        self._b2b_moved()
        self.env["b2b.budget"].browse(budget_id).flush_recordset()
        self.env.execute_query(
            SQL(
                """WITH budget AS (
                       UPDATE b2b_budget SET amount = amount WHERE id = %(budget)s
                       RETURNING id, company_id, currency_id, amount)
                   INSERT INTO b2b_budget_period
                          (budget_id, company_id, currency_id, date_from, date_to,
                           amount, used, pending, create_date, create_uid)
                   SELECT id, company_id, currency_id, %(start)s, %(end)s,
                          COALESCE(amount, 0), 0, 0, now() AT TIME ZONE 'UTC', %(uid)s
                     FROM budget
                   ON CONFLICT (budget_id, date_from) DO NOTHING""",
                budget=budget_id,
                start=period.start,
                end=period.end,
                uid=self.env.uid,
            )
        )
        self.env["b2b.budget"].browse(budget_id).invalidate_recordset(
            ["period_ids"], flush=False
        )

    def _b2b_follow_budget(self):
        """Take over amount and last day of the budget while the period runs."""
        if not self:
            return
        self._b2b_moved()
        self.env["b2b.budget"].flush_model(["amount", "date_to", "period"])
        self.env.execute_query(
            SQL(
                """UPDATE b2b_budget_period p
                      SET amount = COALESCE(b.amount, 0),
                          date_to = CASE WHEN b.period = 'one_off' THEN b.date_to
                                         ELSE p.date_to END
                     FROM b2b_budget b
                    WHERE b.id = p.budget_id AND p.id IN %s
                      AND (b.period = 'one_off' OR p.date_to >= %s)""",
                tuple(self.ids),
                fields.Date.today(),
            )
        )
        self.invalidate_recordset(["amount", "date_to"], flush=False)


def _number(value):
    return value if isinstance(value, int) else float(value or 0.0)
