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

    def rounded(self, amount):
        return self.account._b2b_currency().round(amount)


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
        self.filtered(lambda o: not o._b2b_is_closing())._b2b_book_credit()

    def _b2b_rest_closed(self):
        super()._b2b_rest_closed()
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
        """The party that will owe this order: the one that is invoiced; no query."""
        self.ensure_one()
        order = self.sudo()
        billed = order.partner_invoice_id._origin
        if not billed:
            return order.b2b_party_id
        return billed.browse(billed._b2b_commercial_id(billed.id))

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

    def _b2b_prepayment_percent(self):
        """Who has a limit of 0 pays everything in advance (DECISIONS 9)."""
        percent = super()._b2b_prepayment_percent()
        if percent >= 100 or not self._b2b_holds_for_prepayment():
            return percent
        ids = sorted(self._b2b_credit_ids())
        exposures = self.env["b2b.credit.account"].sudo().browse(ids)._b2b_exposures()
        prepaid = any(exposure.prepaid_only for exposure in exposures.values())
        return 100.0 if prepaid else percent

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
        steps = []
        for order in orders:
            steps += order._b2b_credit_steps(order._b2b_credit_rows())
        # Everybody takes the accounts in the same order, so nobody waits in a circle;
        # on each, what is given back comes before what is taken.
        steps.sort(key=lambda s: (s.account.id, s.change.total, s.order.id))
        for step in steps:
            step.order._b2b_take_credit(step, permitted)

    def _b2b_credit_rows(self):
        """What this order has booked: {account id: CreditBooked}."""
        self.ensure_one()
        rows = (CreditBooked(*row) for row in self.sudo().b2b_credit_booked or ())
        return {row.account_id: row for row in rows}

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
            rounded = account._b2b_currency().round
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
        """Move the counters of one step and write the ledger.

        :raise CreditExceeded: when there is no room and nobody let the order pass
        """
        if step.change.total <= 0:
            booked = self._b2b_book_step(step, "room")
        elif permitted or not step.grows:
            booked = self._b2b_book_step(step, permitted or "fact")
        else:
            booked = self._b2b_ask_for_room(step)
        if booked:
            self._b2b_remember_booked(step)
        elif self.b2b_submit_state != "queued" or self.state == "sale":
            raise CreditExceeded(self._b2b_credit_exceeded(step.account))
        # else nobody has looked at it yet; the gate will say that there is no room.

    def _b2b_ask_for_room(self, step):
        """Book what is ordered more, if it fits or somebody let it pass."""
        account, total = step.account, step.change.total
        exposure = account._b2b_exposures()[account.id]
        share = self._b2b_credit_share(total)
        if not exposure.is_checked:
            return self._b2b_book_step(step, "unchecked")
        if account._b2b_currency().is_zero(share):
            return self._b2b_book_step(step, "prepaid")
        room = exposure.room + total - share
        if self._b2b_book_step(step, "room", room=room):
            return True
        permission, hold = self._b2b_credit_permission(account)
        return permission and self._b2b_book_step(step, permission, hold)

    def _b2b_book_step(self, step, permission, hold=None, room=None):
        rows = self._b2b_credit_values(step, permission, hold)
        return step.account._b2b_consume(step.change, rows, room=room)

    def _b2b_remember_booked(self, step):
        """The ledger of this order as it is now, without reading it again."""
        rows = self._b2b_credit_rows()
        old = rows.get(step.account.id)
        sums, order_sums = booking.Booking(), booking.Booking()
        if old:
            sums, order_sums = old.sums, old.order_sums
        rows[step.account.id] = CreditBooked(
            step.account.id,
            step.rounded(sums.used + step.change.used),
            step.rounded(sums.pending + step.change.pending),
            order_sums.used + step.order_change.used,
            order_sums.pending + step.order_change.pending,
            step.rate,
            self._b2b_counted_total(),
        )
        field = self._fields["b2b_credit_booked"]
        values = [list(row) for row in rows.values()]
        field._update_cache(self, field.convert_to_cache(values, self))

    def _b2b_credit_permission(self, account):
        """(why this order may go above the limit or None, the release)."""
        hold = self._b2b_released("credit", str(account.id))
        action = account._b2b_terms_of(account.id).action
        if action == "warn" or hold.severity == "warn":
            return "warn", hold
        return ("release" if hold else None), hold

    def _b2b_credit_exceeded(self, account):
        """The finding about an account that has no room for this order."""
        for effect in self._b2b_credit_effect():
            if effect["term"].id == account.id and effect["over"]:
                return self._b2b_credit_finding(effect)
        raise AssertionError(f"{account} refused {self} although it has room")

    def _b2b_counted_total(self):
        """Total of the order while it counts; what is above it later is new."""
        return self.amount_total if self._b2b_may_book() else 0.0

    def _b2b_credit_values(self, step, permission, hold=None):
        digits = step.account._b2b_currency().decimal_places
        base = {
            **self.env["b2b.credit.entry"]._b2b_base_row(step.account),
            "party_id": self._b2b_payer().id,
            "order_id": self.id,
            "order_currency_id": self.currency_id.id,
            "order_total": self._b2b_counted_total(),
            "rate": step.rate,
            "permission": permission,
            "hold_id": hold.id if hold else None,
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
