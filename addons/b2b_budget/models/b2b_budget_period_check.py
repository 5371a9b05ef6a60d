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
        return self.env["sale.order"].concat(*(o for o, _s in self._b2b_order_steps()))

    @api.model
    def _b2b_order_steps(self):
        """[(order, steps that would bring its movements in step)] where there are
        any: orders with movements, and those that should have some."""
        rows = self.env.execute_query(
            SQL(
                """SELECT e.order_id FROM b2b_budget_entry e
                     JOIN b2b_budget_period p ON p.id = e.period_id
                    WHERE p.date_to IS NULL OR p.date_to >= now() - interval '1 month'
                    UNION
                   SELECT o.id FROM sale_order o
                     JOIN b2b_budget b ON b.active AND b.amount > 0
                          AND b.company_id = o.company_id AND b.use = 'limit'
                          AND b.start_date IS NOT NULL
                          AND b.create_date <= o.b2b_submitted_at
                          AND (b.party_id = o.b2b_party_id
                               OR b.party_group_id IN (
                                  SELECT group_id FROM b2b_party_group_member m
                                   WHERE m.party_id = o.b2b_party_id))
                    WHERE o.b2b_submitted_at >= now() - interval '1 month'
                      AND NOT COALESCE(o.b2b_historical, FALSE)
                      AND (o.state = 'sale' OR o.b2b_submit_state IN %s)
                    ORDER BY 1""",
                booking.WAITING,
            )
        )
        orders = self.env["sale.order"].sudo().browse([row[0] for row in rows])
        orders.invalidate_recordset(["b2b_is_booked", "b2b_budget_booked"], flush=False)
        booked = {}
        for row in orders._b2b_booked_rows():
            booked.setdefault(row.order_id, []).append(row)
        found = []
        for order in orders:
            if steps := order._b2b_budget_steps(booked.get(order.id, [])):
                found.append((order, steps))
        return found

    @api.model
    def _cron_b2b_check_counters(self):
        """Report differences to the administrators; correct nothing."""
        found = self._b2b_counter_differences() + self._b2b_order_differences()
        fresh = self.env["b2b.budget.drift"].sudo()._b2b_report(found)
        if fresh:
            self._b2b_tell_administrators(fresh)

    def _b2b_counter_differences(self):
        found = []
        for drift in self._b2b_counter_drift():
            period = self.browse(drift["period_id"])
            counter = booking.Booking(drift["used"], drift["pending"])
            ledger = booking.Booking(drift["ledger_used"], drift["ledger_pending"])
            _logger.error(
                "Budget %s, period %s: counter %s, movements %s",
                period.budget_id.name,
                period.date_from,
                counter,
                ledger,
            )
            found.append(
                {
                    "kind": "counter",
                    "budget_id": period.budget_id.id,
                    "period_id": period.id,
                    "company_id": period.company_id.id,
                    "currency_id": period.currency_id.id,
                    "booked": float(ledger.total),
                    "expected": float(counter.total),
                }
            )
        return found

    def _b2b_order_differences(self):
        found = {}
        for order, steps in self._b2b_order_steps():
            _logger.error("Order %s is not booked as it should be", order.name)
            rows = order._b2b_booked_rows()
            for step in steps:
                key = (step.budget.id, order.id)
                booked = sum(r.sums.total for r in rows if r.budget_id == key[0])
                values = found.setdefault(
                    key,
                    {
                        "kind": "order",
                        "budget_id": step.budget.id,
                        "order_id": order.id,
                        "company_id": step.budget.company_id.id,
                        "currency_id": step.budget.currency_id.id,
                        "booked": booked,
                        "expected": booked,
                    },
                )
                values["expected"] += step.change
        return list(found.values())

    def _b2b_tell_administrators(self, drifts):
        """A note on each budget that goes to everybody who administers B2B."""
        group = self.env.ref("b2b_party.group_administrator")
        for budget in drifts.budget_id:
            mine = drifts.filtered(lambda d, b=budget: d.budget_id == b)
            people = group.all_user_ids.filtered(
                lambda u, b=budget: b.company_id in u.company_ids
            )
            budget.message_notify(
                partner_ids=people.partner_id.ids,
                subject=self.env._("Figures of the budget %s differ", budget.name),
                body=self.env._(
                    "%(count)s differences between counter, movements and orders were "
                    "found; see Budgets & credit > Budget differences. Nothing was "
                    "changed.",
                    count=len(mine),
                ),
            )
