import logging

from odoo import api, models
from odoo.tools import SQL

from ..rules import booking

_logger = logging.getLogger(__name__)


class CreditAccount(models.Model):
    """The invariant: sum of the movements = counter = orders.

    Nothing in the addon can break it; raw SQL or an edited tax can. So it is looked
    at every night, and nothing is corrected silently.
    """

    _inherit = "b2b.credit.account"

    @api.model
    def _b2b_credit_drift(self):
        """Accounts whose counter, movements and orders differ.

        :return: list of dicts: account_id, order_id (None: the counter itself),
            booked and expected as rules.booking.Booking
        """
        return self._b2b_counter_drift() + self._b2b_order_drift()

    @api.model
    def _b2b_counter_drift(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT a.id, a.confirmed, a.waiting,
                          COALESCE(e.confirmed, 0), COALESCE(e.waiting, 0)
                     FROM b2b_credit_account a
                LEFT JOIN (SELECT account_id,
                                  COALESCE(SUM(amount)
                                           FILTER (WHERE kind = 'confirmed'), 0)
                                      AS confirmed,
                                  COALESCE(SUM(amount)
                                           FILTER (WHERE kind = 'waiting'), 0)
                                      AS waiting
                             FROM b2b_credit_entry GROUP BY account_id) e
                       ON e.account_id = a.id
                    WHERE a.confirmed != COALESCE(e.confirmed, 0)
                       OR a.waiting != COALESCE(e.waiting, 0)
                    ORDER BY a.id"""
            )
        )
        return [
            {
                "account_id": id_,
                "order_id": None,
                "booked": booking.Booking(float(confirmed), float(waiting)),
                "expected": booking.Booking(float(ledger), float(pending)),
            }
            for id_, confirmed, waiting, ledger, pending in rows
        ]

    @api.model
    def _b2b_order_drift(self):
        orders = self.env["sale.order"].sudo()
        accounts = self.sudo().with_context(active_test=False)
        # Every one: the job is about all accounts.
        for account in accounts.search([]):  # pylint: disable=no-search-all
            orders |= account._b2b_booked_orders()
            if account.active:
                orders |= account._b2b_countable_orders()
        rows, result = {}, []
        for row in orders._b2b_credit_rows():
            rows.setdefault(row.order_id, {})[row.account_id] = row
        for order in orders:
            booked = rows.get(order.id, {})
            for step in order._b2b_credit_steps(booked):
                row = booked.get(step.account.id)
                sums = row.sums if row else booking.Booking()
                expected = booking.Booking(
                    sums.used + step.change.used, sums.pending + step.change.pending
                )
                result.append(
                    {
                        "account_id": step.account.id,
                        "order_id": order.id,
                        "booked": sums,
                        "expected": expected,
                    }
                )
        return result
