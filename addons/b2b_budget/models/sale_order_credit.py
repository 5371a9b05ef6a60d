from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, float_repr

from ..exceptions import CreditExceeded
from ..rules import booking
from ..rules.exposure import credit_share

# Everything that decides whether, how much and on whose credit an order counts.
CREDIT_TRIGGERS = (
    "state",
    "b2b_submit_state",
    "amount_total",
    "b2b_credit_amount",
    "currency_id",
    "company_id",
    "partner_id",
    "partner_invoice_id",
    "b2b_party_id",
    "b2b_historical",
)


class CreditBooked(NamedTuple):
    """What an order has booked on one credit account."""

    order_id: int
    account_id: int
    confirmed: float
    waiting: float
    order_confirmed: float
    order_waiting: float
    rate: float
    last_total: float

    @property
    def sums(self):
        return booking.Booking(self.confirmed, self.waiting)

    @property
    def order_sums(self):
        return booking.Booking(self.order_confirmed, self.order_waiting)


class CreditStep(NamedTuple):
    """One order, one account: from what is booked to what shall be booked."""

    order: models.Model
    account: models.Model
    rate: float
    change: booking.Booking
    order_change: booking.Booking
    grows: bool


class SaleOrder(models.Model):
    """The one place that books credit: a constraint that no way around the gate avoids.

    It compares the ledger with what the order, as it is now, shall have booked, and
    books the difference. Asked twice it does nothing the second time. Only who orders
    more is asked whether there is room: an invoice that is cancelled, goods delivered
    beyond the order and the like are facts; they count, and nobody is refused.
    """

    _inherit = "sale.order"

    @api.constrains(*CREDIT_TRIGGERS)
    def _b2b_sync_credit(self):
        self._b2b_book_credit()

    def _b2b_touch(self):
        """Wait for the accounts before anything else is worked out."""
        result = super()._b2b_touch()
        self.env["b2b.credit.account"].sudo()._b2b_queue(self._b2b_credit_ids())
        return result

    def _b2b_queue_counters(self):
        super()._b2b_queue_counters()
        self.env["b2b.credit.account"].sudo()._b2b_queue(self._b2b_credit_ids())

    # ------------------------------------------------------------- who and how much

    def _b2b_payer(self):
        """The party that will owe this order: the one that is invoiced."""
        self.ensure_one()
        order = self.sudo()
        return order.partner_invoice_id.commercial_partner_id or order.b2b_party_id

    def _b2b_credit_terms(self):
        """Terms of the credit accounts that concern this order; no query."""
        self.ensure_one()
        order = self.sudo()
        if order.b2b_historical or not order.b2b_party_id:
            return ()
        return self.env["b2b.credit.account"]._b2b_accounts_of(
            order.company_id.id, order._b2b_payer().id
        )

    def _b2b_credit_ids(self):
        return {term.id for order in self for term in order._b2b_credit_terms()}

    def _b2b_credit_rate(self, term):
        """Account currency per order currency today."""
        self.ensure_one()
        if term.currency_id == self.currency_id.id:
            return 1.0
        return self.env["res.currency"]._get_conversion_rate(
            self.currency_id,
            self.env["res.currency"].browse(term.currency_id),
            self.company_id,
            fields.Date.context_today(self),
        )

    def _b2b_credit_share(self, amount):
        """What of an amount of this order takes credit before the money is here."""
        return credit_share(amount, self._b2b_prepayment_percent())

    # --------------------------------------------------------------------- booking

    def _b2b_book_credit(self, permitted=None):
        """Bring the ledger to what these orders shall have booked.

        :param str permitted: book above the limit for this reason (a value of
            b2b.credit.entry.permission); by default only a release allows it
        :raise CreditExceeded: with the finding, when there is no room
        """
        orders = self.sudo()
        # What is still to be computed would book in between when it is read below.
        orders._recompute_recordset(CREDIT_TRIGGERS)
        orders = orders.filtered(lambda o: o._b2b_may_book() or o.b2b_submitted_at)
        booked = orders._b2b_credit_rows()
        steps = []
        for order in orders:
            mine = {row.account_id: row for row in booked if row.order_id == order.id}
            steps += order._b2b_credit_steps(mine)
        # Everybody takes the accounts in the same order, so nobody waits in a circle;
        # on each, what is given back comes before what is taken.
        steps.sort(key=lambda s: (s.account.id, s.change.total, s.order.id))
        values = []
        for step in steps:
            values += step.order._b2b_take_credit(step, permitted)
        self.env["b2b.credit.entry"]._b2b_append(values)

    def _b2b_credit_rows(self):
        """Sums of the ledger for these orders, in one query."""
        ids = tuple(filter(None, self._origin.ids))
        if not ids:
            return []
        rows = self.env.execute_query(
            SQL(
                """SELECT order_id, account_id,
                          SUM(amount) FILTER (WHERE kind = 'confirmed'),
                          SUM(amount) FILTER (WHERE kind = 'waiting'),
                          SUM(order_amount) FILTER (WHERE kind = 'confirmed'),
                          SUM(order_amount) FILTER (WHERE kind = 'waiting'),
                          (array_agg(rate ORDER BY id))[1],
                          (array_agg(order_total ORDER BY id DESC))[1]
                     FROM b2b_credit_entry
                    WHERE order_id IN %s AND kind IN ('confirmed', 'waiting')
                    GROUP BY order_id, account_id""",
                ids,
            )
        )
        return [
            CreditBooked(*row[:2], *(float(value or 0.0) for value in row[2:]))
            for row in rows
        ]

    def _b2b_credit_steps(self, booked):
        """Steps from ``booked`` ({account id: CreditBooked}) to what shall be now."""
        self.ensure_one()
        terms = {term.id: term for term in self._b2b_credit_terms()}
        held = self._b2b_held_credit_ids() if terms else set()
        nothing = booking.Booking()
        steps = []
        for account_id in sorted(terms.keys() | booked.keys()):
            account = self.env["b2b.credit.account"].browse(account_id)
            row, target, rate = booked.get(account_id), nothing, 1.0
            if row:
                rate = row.rate
            elif account_id in terms:
                rate = self._b2b_credit_rate(terms[account_id])
            if account_id in terms:
                target = self._b2b_credit_target(account_id in held)
            rounded = account.currency_id.round
            wanted = booking.Booking(
                rounded(target.used * rate), rounded(target.pending * rate)
            )
            sums = row.sums if row else nothing
            change = wanted.minus(sums)
            change = booking.Booking(rounded(change.used), rounded(change.pending))
            if not (change.used or change.pending):
                continue
            order_change = target.minus(row.order_sums if row else nothing)
            known = row.last_total if row else 0.0
            grows = self.currency_id.compare_amounts(self.amount_total, known) > 0
            steps.append(CreditStep(self, account, rate, change, order_change, grows))
        return steps

    def _b2b_credit_target(self, held):
        """What this order shall have booked on an account, in its own currency."""
        if self.b2b_historical:
            return booking.Booking()
        if self.state == "sale":
            return booking.Booking(used=self.b2b_credit_amount)
        return booking.target(
            self.state,
            self.b2b_submit_state,
            self._b2b_credit_share(self.amount_total),
            held=held,
        )

    def _b2b_held_credit_ids(self):
        """Accounts whose own open hold this order waits for."""
        if self.state == "sale":
            return set()
        return {
            int(hold.key)
            for hold in self.b2b_hold_ids
            if hold.code == "credit" and hold.state == "open" and hold.key
        }

    def _b2b_take_credit(self, step, permitted):
        """Move the counters of one step; returns the ledger rows to append."""
        account, change, hold = step.account, step.change, self.env["b2b.order.hold"]
        permission, moved = "room", None
        if change.total <= 0:
            moved = account._b2b_consume(change.used, change.pending)
        elif not step.grows or permitted:
            permission = permitted or "fact"
            moved = account._b2b_consume(change.used, change.pending)
        else:
            exposure = account._b2b_exposures()[account.id]
            if not exposure.is_checked:
                permission = "unchecked"
            elif account.currency_id.is_zero(self._b2b_credit_share(change.total)):
                permission = "prepaid"
            else:
                extra = change.total - self._b2b_credit_share(change.total)
                moved = account._b2b_consume(
                    change.used, change.pending, room=exposure.room + extra
                )
                if moved is None:
                    permission, hold = self._b2b_credit_permission(account)
            if moved is None and permission:
                moved = account._b2b_consume(change.used, change.pending)
        if not moved and self.b2b_submit_state == "queued" and self.state != "sale":
            # Nobody has looked at it yet; the gate will say that there is no room.
            return []
        if not moved:
            raise CreditExceeded(self._b2b_credit_exceeded(account))
        account._b2b_forget_figures()
        return self._b2b_credit_values(step, permission, hold)

    def _b2b_credit_permission(self, account):
        """(why this order may go above the limit or None, the release)."""
        hold = self._b2b_released("credit", str(account.id))
        if account.action == "warn" or hold.severity == "warn":
            return "warn", hold
        return ("release" if hold else None), hold

    def _b2b_credit_exceeded(self, account):
        """The finding about an account that has no room for this order."""
        for effect in self._b2b_credit_effect():
            if effect["term"].id == account.id and effect["over"]:
                return self._b2b_credit_finding(effect)
        raise AssertionError(f"{account} refused {self} although it has room")

    def _b2b_credit_values(self, step, permission, hold):
        digits = step.account.currency_id.decimal_places
        counted = self._b2b_may_book()
        base = {
            **self.env["b2b.credit.entry"]._b2b_base_row(step.account),
            "party_id": self._b2b_payer().id,
            "order_id": self.id,
            "order_currency_id": self.currency_id.id,
            "order_total": self.amount_total if counted else 0.0,
            "rate": step.rate,
            "permission": permission,
            "hold_id": hold.id or None,
        }
        parts = (
            ("waiting", step.change.pending, step.order_change.pending),
            ("confirmed", step.change.used, step.order_change.used),
        )
        return [
            {
                **base,
                "kind": kind,
                "amount": SQL(float_repr(amount, digits)),
                "order_amount": order_amount,
            }
            for kind, amount, order_amount in sorted(parts, key=lambda part: part[1])
            if amount
        ]
