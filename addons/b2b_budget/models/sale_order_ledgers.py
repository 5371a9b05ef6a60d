from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL

from ..rules import booking
from .res_partner import STAFF


class Booked(NamedTuple):
    """What an order has booked in one period of a budget for one seat."""

    order_id: int
    budget_id: int
    start: object
    end: object
    kind: str
    seat_id: int | None
    rate: float
    used: float
    pending: float
    order_used: float
    order_pending: float
    party_id: int

    @classmethod
    def of_json(cls, values):
        row = cls(*values)
        start, end = map(fields.Date.to_date, (row.start, row.end))
        return row._replace(start=start, end=end)

    def as_json(self):
        start, end = map(fields.Date.to_string, (self.start, self.end))
        return list(self._replace(start=start, end=end or None))

    @property
    def key(self):
        return self.budget_id, self.start, self.seat_id

    @property
    def sums(self):
        return booking.Booking(self.used, self.pending)

    @property
    def order_sums(self):
        return booking.Booking(self.order_used, self.order_pending)


class SaleOrder(models.Model):
    """What an order has booked, as its own transaction knows it.

    Gate, booking and every later change ask for it. It is read once, of budgets and
    credit together, and kept in step by what this transaction books.
    """

    _inherit = "sale.order"

    # Orders that never moved a budget, carts above all, cost one query and not one
    # per change.
    b2b_is_booked = fields.Boolean(
        compute="_compute_b2b_ledgers",
        groups=STAFF,
        help="Whether this order ever moved a budget.",
    )
    b2b_budget_booked = fields.Json(
        compute="_compute_b2b_budget_booked",
        groups=STAFF,
        help="What this order holds of each budget, as plain values.",
    )
    b2b_credit_booked = fields.Json(
        compute="_compute_b2b_ledgers",
        groups=STAFF,
        help="What this order holds of each credit account, as plain values.",
    )

    def _compute_b2b_ledgers(self):
        booked, credit = set(), {}
        for order_id, account_id, *sums in self._b2b_read_ledgers():
            if account_id is None:
                booked.add(order_id)
                continue
            sums = (float(value or 0.0) for value in sums)
            credit.setdefault(order_id, []).append([account_id, *sums])
        for order in self:
            order.b2b_is_booked = order._origin.id in booked
            order.b2b_credit_booked = credit.get(order._origin.id, [])

    def _b2b_read_ledgers(self):
        """Sums of the credit ledger, and a row for each order that moved a budget."""
        ids = tuple(filter(None, self._origin.ids))
        if not ids:
            return []
        return self.env.execute_query(
            SQL(
                """SELECT order_id, account_id,
                          SUM(amount) FILTER (WHERE kind = 'confirmed'),
                          SUM(amount) FILTER (WHERE kind = 'waiting'),
                          SUM(order_amount) FILTER (WHERE kind = 'confirmed'),
                          SUM(order_amount) FILTER (WHERE kind = 'waiting'),
                          (array_agg(rate ORDER BY id))[1],
                          (array_agg(order_total ORDER BY id DESC))[1]
                     FROM b2b_credit_entry
                    WHERE order_id IN %(ids)s AND kind IN ('confirmed', 'waiting')
                    GROUP BY order_id, account_id
                    UNION ALL
                   SELECT DISTINCT order_id, NULL::int4, NULL::numeric, NULL::numeric,
                          NULL::numeric, NULL::numeric, NULL::float8, NULL::numeric
                     FROM b2b_budget_entry WHERE order_id IN %(ids)s""",
                ids=ids,
            )
        )

    def _compute_b2b_budget_booked(self):
        found = {}
        for row in self._b2b_read_booked_rows():
            found.setdefault(row.order_id, []).append(row.as_json())
        for order in self:
            order.b2b_budget_booked = found.get(order._origin.id, [])

    def _b2b_booked_rows(self):
        """What these orders have booked on budgets: list of :class:`Booked`."""
        return [
            Booked.of_json(values)
            for order in self.sudo()
            for values in order.b2b_budget_booked or ()
        ]

    def _b2b_remember_budget(self, step):
        """The ledger of this order as it is now, without reading it again.

        :param step: :class:`~.sale_order_booking.Step` that was taken
        """
        rows = {row.key: row for row in self._b2b_booked_rows()}
        key = (step.budget.id, step.period.start, step.seat_id)
        old = rows.get(key)
        sums = old.sums if old else booking.Booking()
        order_sums = old.order_sums if old else booking.Booking()
        rounded = step.currency.round
        rows[key] = Booked(
            order_id=self.id,
            budget_id=step.budget.id,
            start=step.period.start,
            end=step.period.end,
            kind=step.period.kind,
            seat_id=step.seat_id,
            rate=old.rate if old else step.rate,
            used=rounded(sums.used + step.moved.used),
            pending=rounded(sums.pending + step.moved.pending),
            order_used=order_sums.used + step.order_moves["used"],
            order_pending=order_sums.pending + step.order_moves["pending"],
            party_id=step.party_id,
        )
        values = [row.as_json() for row in rows.values()]
        field = self._fields["b2b_budget_booked"]
        field._update_cache(self, field.convert_to_cache(values, self))
        self._fields["b2b_is_booked"]._update_cache(self, True)

    def _b2b_read_booked_rows(self):
        """Sums of the ledger for these orders, in one query."""
        ids = tuple(self.filtered("b2b_is_booked")._origin.ids)
        if not ids:
            return []
        rows = self.env.execute_query(
            SQL(
                """SELECT e.order_id, e.budget_id, p.date_from, p.date_to, b.period,
                          e.seat_id, MIN(first.rate),
                          SUM(e.amount) FILTER (WHERE e.kind = 'used'),
                          SUM(e.amount) FILTER (WHERE e.kind = 'pending'),
                          SUM(e.order_amount) FILTER (WHERE e.kind = 'used'),
                          SUM(e.order_amount) FILTER (WHERE e.kind = 'pending'),
                          (ARRAY_AGG(e.party_id ORDER BY e.id DESC))[1]
                     FROM b2b_budget_entry e
                     JOIN b2b_budget_period p ON p.id = e.period_id
                     JOIN b2b_budget b ON b.id = e.budget_id
                     JOIN LATERAL (
                            SELECT f.rate FROM b2b_budget_entry f
                             WHERE f.order_id = e.order_id
                               AND f.period_id = e.period_id
                             ORDER BY f.id LIMIT 1) first ON TRUE
                    WHERE e.order_id IN %s
                    GROUP BY e.order_id, e.budget_id, p.date_from, p.date_to,
                             b.period, e.seat_id""",
                ids,
            )
        )
        return [
            Booked(*row[:6], *(float(v or 0.0) for v in row[6:-1]), row[-1])
            for row in rows
        ]
