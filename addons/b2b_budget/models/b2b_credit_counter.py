from odoo import api, models
from odoo.tools import SQL, float_repr

from .b2b_budget_period import QUEUED


class CreditAccount(models.Model):
    """The row that everybody contends for who orders on the same credit.

    Whatever decides about credit (open items, limits, counters) is changed together
    with this row: a confirmation updates its counters, a posting, a payment and a new
    limit touch it. Under REPEATABLE READ the second of two sessions is then refused
    by PostgreSQL and run again on fresh figures, so what was read before the UPDATE
    is what holds when it commits.
    """

    _inherit = "b2b.credit.account"

    def _b2b_touch_rows(self):
        """Make everybody wait who decides about these accounts at the same time.

        Once per transaction: the row stays ours until it ends. What is remembered
        goes with every flush and savepoint.
        """
        self._b2b_forget_figures()
        queued = self.env.cr.precommit.data.setdefault(QUEUED, {})
        touched = queued.setdefault(f"{self._name} touched", set())
        if touched.issuperset(self.ids):
            return
        touched.update(self.ids)
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE b2b_credit_account SET confirmed = confirmed
                    WHERE id IN (SELECT id FROM b2b_credit_account WHERE id IN %s
                                  ORDER BY id FOR NO KEY UPDATE)""",
                tuple(sorted(self.ids)),
            ),
            log_exceptions=False,
        )

    @api.model
    def _b2b_queue(self, ids):
        """Wait until nobody else moves these accounts; once per transaction."""
        mine = self.env.cr.precommit.data.setdefault(QUEUED, {}).setdefault(
            self._name, set()
        )
        fresh = set(ids) - mine
        if fresh:
            # Being overtaken is nothing to log: the request starts anew.
            self.env.cr.execute(
                SQL(
                    """SELECT id FROM b2b_credit_account WHERE id IN %s
                        ORDER BY id FOR NO KEY UPDATE""",
                    tuple(sorted(fresh)),
                ),
                log_exceptions=False,
            )
            mine |= fresh
            self.browse(fresh)._b2b_forget_figures()

    def _b2b_consume(self, change, rows, room=None):
        """Move the counters if there is room, and append to the ledger, in one go.

        The test is part of the UPDATE; ``room`` was read in this transaction, and
        nobody can have changed what it rests on without touching the row.

        :param change: rules.booking.Booking
        :param rows: ledger rows (dicts with equal keys) that say the same
        :param room: what both counters may come to together; None: not tested
        :return: whether it was booked
        """
        self.ensure_one()
        digits = self._b2b_currency().decimal_places
        # Exact decimals: the counter is numeric and must equal the ledger's sum.
        confirmed = SQL(float_repr(change.used, digits))
        waiting = SQL(float_repr(change.pending, digits))
        test = SQL("TRUE")
        if room is not None:
            limit = SQL(float_repr(room, digits))
            test = SQL("confirmed + waiting + %s + %s <= %s", confirmed, waiting, limit)
        self.env.cr.execute(
            SQL(
                """WITH moved AS (
                       UPDATE b2b_credit_account
                          SET confirmed = confirmed + %s, waiting = waiting + %s
                        WHERE id = %s AND %s RETURNING id)
                   %s RETURNING id""",
                confirmed,
                waiting,
                self.id,
                test,
                self.env["b2b.credit.entry"]._b2b_insert(rows, SQL("moved")),
            ),
            log_exceptions=False,
        )
        booked = bool(self.env.cr.fetchall())
        if booked:
            self._b2b_forget_figures()
            self.env["b2b.credit.entry"]._b2b_appended()
        return booked
