import logging

from odoo import api, models
from odoo.tools import SQL

from ..rules import booking

_logger = logging.getLogger(__name__)


class BudgetPeriod(models.Model):
    """The invariant: sum of the movements = counter = orders.

    Nothing in the addon can break it; raw SQL or an edited tax can. So it is looked
    at every night.
    """

    _inherit = "b2b.budget.period"

    @api.model
    def _b2b_counter_drift(self):
        """Periods whose counter is not the sum of their movements.

        :return: list of dicts with period_id, used, pending, ledger_used,
            ledger_pending
        """
        return self.env.execute_query_dict(
            SQL(
                """SELECT p.id AS period_id, p.used, p.pending,
                          COALESCE(e.used, 0) AS ledger_used,
                          COALESCE(e.pending, 0) AS ledger_pending
                     FROM b2b_budget_period p
                LEFT JOIN (SELECT period_id,
                                  COALESCE(SUM(amount) FILTER (WHERE kind = 'used'), 0)
                                      AS used,
                                  COALESCE(SUM(amount)
                                           FILTER (WHERE kind = 'pending'), 0)
                                      AS pending
                             FROM b2b_budget_entry GROUP BY period_id) e
                       ON e.period_id = p.id
                    WHERE p.used != COALESCE(e.used, 0)
                       OR p.pending != COALESCE(e.pending, 0)"""
            )
        )

    @api.model
    def _b2b_order_drift(self):
        """Orders of running periods whose movements are not what they should be."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT e.order_id FROM b2b_budget_entry e
                     JOIN b2b_budget_period p ON p.id = e.period_id
                    WHERE p.date_to IS NULL OR p.date_to >= now() - interval '1 month'
                    ORDER BY 1"""
            )
        )
        orders = self.env["sale.order"].sudo().browse([row[0] for row in rows])
        booked = {}
        for row in orders._b2b_booked_rows():
            booked.setdefault(row.order_id, []).append(row)
        return orders.filtered(lambda o: o._b2b_budget_steps(booked.get(o.id, [])))

    @api.model
    def _cron_b2b_check_counters(self):
        """Report differences on the budget and in the log; correct nothing."""
        for drift in self._b2b_counter_drift():
            period = self.browse(drift["period_id"])
            _logger.error(
                "Budget %s, period %s: counter %s, movements %s",
                period.budget_id.name,
                period.date_from,
                booking.Booking(drift["used"], drift["pending"]),
                booking.Booking(drift["ledger_used"], drift["ledger_pending"]),
            )
            period.budget_id.message_post(
                body=self.env._(
                    "The counter of the period from %s is not the sum of its "
                    "movements; tell the administrator.",
                    period.date_from,
                )
            )
        for order in self._b2b_order_drift():
            _logger.error("Order %s is not booked as it should be", order.name)
            order.message_post(
                body=self.env._(
                    "What this order booked on budgets is not what it comes to."
                )
            )
