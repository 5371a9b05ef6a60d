from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, float_repr

from ..exceptions import BudgetExceeded
from ..rules import alerts, booking
from ..rules.periods import Period
from ..rules.terms import Terms

# Everything that decides whether, how much and on whose budget an order counts.
TRIGGERS = (
    "state",
    "b2b_submit_state",
    "amount_total",
    "amount_untaxed",
    "b2b_lines_snapshot",
    "currency_id",
    "company_id",
    "partner_id",
    "b2b_party_id",
    "b2b_seat_id",
    "b2b_budget_id",
    "b2b_historical",
)


class Step(NamedTuple):
    """One order, one period: from what is booked to what shall be booked."""

    order: models.Model
    budget: models.Model
    term: Terms
    period: Period
    seat_id: int | None
    party_id: int
    rate: float
    moves: list
    order_moves: dict

    @property
    def change(self):
        return sum(move.amount for move in self.moves)

    @property
    def moved(self):
        sums = {"used": 0.0, "pending": 0.0}
        for move in self.moves:
            sums[move.kind] += move.amount
        return booking.Booking(**sums)

    @property
    def currency(self):
        return self.order.env["res.currency"].browse(self.term.currency_id)


class SaleOrder(models.Model):
    """The one place that books: a constraint that no way around the gate avoids.

    It compares the ledger with what the order, as it is now, shall have booked, and
    books the difference. Asked twice it does nothing the second time.
    """

    _inherit = "sale.order"

    @api.constrains(*TRIGGERS)
    def _b2b_sync_budgets(self):
        self.filtered(lambda o: not o._b2b_is_closing())._b2b_book_budgets()

    def _b2b_rest_closed(self):
        """Goods and discount of a closed rest are given back in one step."""
        super()._b2b_rest_closed()
        self._b2b_book_budgets()

    def _b2b_touch(self):
        """Wait for the counters before anything else is worked out.

        Whoever comes second then starts anew at once, and not after having done a
        confirmation that is refused when it is written.
        """
        self.env["b2b.budget.period"].sudo()._b2b_queue(self._b2b_counter_keys())
        return super()._b2b_touch()

    def _b2b_take_turn(self):
        """Line up for the budgets of this order; call it first in a request.

        Many buyers at once then come through one after the other, each on fresh
        figures. Without it everything is as safe, but a request that was overtaken
        is repeated by Odoo after a random pause, five times at most.
        """
        turn = self.env["b2b.budget.period"].sudo()._b2b_take_turn
        turn(self._b2b_queue_counters)

    def _b2b_queue_counters(self):
        """Wait for every counter that these orders will move; addons add theirs."""
        counters = self.env["b2b.budget.period"].sudo()
        counters._b2b_queue(self._b2b_counter_keys())

    def _b2b_counter_keys(self):
        """(budget id, first day) of the counters that these orders will move."""
        keys = set()
        for order in self.sudo().filtered(lambda o: o.state != "sale"):
            terms, days = self.env["b2b.budget"]._b2b_terms_for_order(order)
            keys |= {
                (term.id, term.period(days[term.id]).start)
                for term in terms
                if term.has_amount
            }
        return keys

    def _b2b_book_budgets(self, permitted=None):
        """Bring the ledger to what these orders shall have booked.

        :param str permitted: book above the amount for this reason (a value of
            b2b.budget.entry.permission); by default only a release allows it
        :raise BudgetExceeded: with the finding, when there is no room
        """
        orders = self.sudo()
        # What is still to be computed would book in between when it is read below.
        orders._recompute_recordset(TRIGGERS)
        orders = orders.filtered(lambda o: o._b2b_may_book() or o.b2b_is_booked)
        booked = orders._b2b_booked_rows()
        steps = []
        for order in orders:
            mine = [row for row in booked if row.order_id == order.id]
            steps += order._b2b_budget_steps(mine)
        # Everybody takes the counters in the same order, so nobody waits in a circle;
        # on each, what is given back comes before what is taken.
        steps.sort(key=lambda s: (s.budget.id, s.period.start, s.change, s.order.id))
        for step in steps:
            step.order._b2b_take_step(step, permitted)

    def _b2b_may_book(self):
        self.ensure_one()
        return not self.b2b_historical and (
            self.state == "sale" or self.b2b_submit_state in booking.WAITING
        )

    def _b2b_budget_steps(self, booked):
        """Steps from ``booked`` to what this order shall have booked now."""
        self.ensure_one()
        if self.b2b_historical and not booked:
            return []
        wanted = {} if self.b2b_historical else self._b2b_budget_targets(booked)
        current = {row.key: row for row in booked}
        steps = []
        for key in sorted(wanted.keys() | current.keys(), key=str):
            budget_id, _start, seat_id = key
            row = current.get(key)
            budget = self.env["b2b.budget"].browse(budget_id)
            term, period, rate, target, order_target = wanted.get(key) or (
                budget._b2b_as_terms(),
                Period(row.kind, row.start, row.end),
                row.rate,
                booking.Booking(),
                booking.Booking(),
            )
            nothing = booking.Booking()
            currency = self.env["res.currency"].browse(term.currency_id)
            moves = booking.moves(target, row.sums if row else nothing, currency.round)
            if moves:
                difference = order_target.minus(row.order_sums if row else nothing)
                steps.append(
                    Step(
                        self,
                        budget,
                        term,
                        period,
                        seat_id,
                        row.party_id if row else self.b2b_party_id.id,
                        rate,
                        moves,
                        {"used": difference.used, "pending": difference.pending},
                    )
                )
        return steps

    def _b2b_budget_targets(self, booked):
        """{(budget, first day, seat): (terms, period, rate, target, target in the
        order's currency)} for every budget that counts this order."""
        self.ensure_one()
        if not self._b2b_may_book():
            return {}
        Budget = self.env["b2b.budget"]
        terms, days = Budget._b2b_terms_for_order(self)
        periods = {term.id: term.period(days[term.id]) for term in terms}
        found = {term.id: term for term in terms if term.has_amount}
        for row in booked:
            # What is booked stays with its budget and period while the order is the
            # same seat's, whatever is changed on the budget later.
            if not (row.used or row.pending):
                continue
            term = found.get(row.budget_id)
            term = term or Budget.browse(row.budget_id)._b2b_as_terms()
            if self._b2b_still_owned(row, term):
                found[term.id] = term
                periods[term.id] = Period(row.kind, row.start, row.end)
        held = self._b2b_held_budget_ids() if found else ()
        # Nothing comes back of what was never booked: no query for new orders.
        returned = self._b2b_returned(found.values()) if booked else {}
        result = {}
        for term in found.values():
            period = periods[term.id]
            rates = [
                row.rate
                for row in booked
                if row.budget_id == term.id and row.start == period.start
            ]
            rate = rates[0] if rates else self._b2b_budget_rate(term, days[term.id])
            plain = self._b2b_budget_order_amount(term, returned.get(term.id, {}))
            currency = self.env["res.currency"].browse(term.currency_id)
            state = (self.state, self.b2b_submit_state)
            target, order_target = (
                booking.target(*state, amount, held=term.id in held)
                for amount in (currency.round(plain * rate), plain)
            )
            key = (term.id, period.start, self.b2b_seat_id.id or None)
            result[key] = (term, period, rate, target, order_target)
        return result

    def _b2b_still_owned(self, row, term):
        """Whether the order is still that of the party, seat and pot it was booked
        for."""
        return (
            row.seat_id == (self.b2b_seat_id.id or None)
            and row.party_id == self.b2b_party_id.id
            and term.company_id == self.company_id.id
            and (term.use == "limit" or self.b2b_budget_id.id in (term.id, False))
        )

    def _b2b_held_budget_ids(self):
        """Budgets whose own open hold this order waits for."""
        if self.state == "sale":
            return set()
        return {
            int(hold.key)
            for hold in self.b2b_hold_ids
            if hold.code == "budget" and hold.state == "open" and hold.key
        }

    def _b2b_take_step(self, step, permitted):
        """Move the counter of one step and write the ledger.

        :raise BudgetExceeded: when there is no room and nobody let the order pass
        """
        row = self._b2b_move_counter(step, "room")
        if row is None:
            permission, hold = self._b2b_budget_permission(step, permitted)
            row = permission and self._b2b_move_counter(step, permission, hold)
        if not row and self.b2b_submit_state == "queued" and self.state != "sale":
            # Nobody has looked at it yet; the gate will say that there is no room.
            return
        if not row:
            raise BudgetExceeded(self._b2b_exceeded_finding(step.budget))
        self._b2b_remember_budget(step)
        after = row.used + row.pending
        before = alerts.reached(step.term.alerts, row.amount, after - step.change)
        if alerts.reached(step.term.alerts, row.amount, after) > before:
            self.env["b2b.budget.alert"]._b2b_note_later(row.id)

    def _b2b_move_counter(self, step, permission, hold=None):
        """The counter after the step; None when there is no room and none is given."""
        return self.env["b2b.budget.period"]._b2b_consume(
            step.budget.id,
            step.period,
            step.moved,
            self._b2b_entry_values(step, permission, hold),
            digits=step.currency.decimal_places,
            force=permission != "room",
        )

    def _b2b_budget_permission(self, step, permitted):
        """Why this order may go above the budget, or ``None``."""
        none = self.env["b2b.order.hold"]
        if permitted:
            return permitted, none
        hold = self._b2b_released("budget", str(step.budget.id))
        if hold:
            return "release", hold
        if step.term.action == "warn" and self.state == "sale":
            # The gate has asked the orderer; a later change is only recorded.
            return "warn", none
        return None, none

    def _b2b_exceeded_finding(self, budget):
        effects = self._b2b_budget_effect()
        effect = next((e for e in effects if e["budget"] == budget), None)
        return self._b2b_budget_finding(effect)

    def _b2b_entry_values(self, step, permission, hold=None):
        """Rows of the ledger; period and what is left come with the counter."""
        digits = step.currency.decimal_places
        later = sum(move.amount for move in step.moves)
        values = []
        for move in step.moves:
            later -= move.amount
            values.append(
                {
                    "date": fields.Datetime.now(),
                    "budget_id": step.budget.id,
                    "company_id": step.term.company_id,
                    "party_id": step.party_id,
                    "seat_id": step.seat_id,
                    "order_id": self.id,
                    "kind": move.kind,
                    "amount": SQL(float_repr(move.amount, digits)),
                    "currency_id": step.term.currency_id,
                    "order_amount": step.order_moves[move.kind],
                    "order_currency_id": self.currency_id.id,
                    "rate": step.rate,
                    "left_after": SQL(float_repr(later, digits)),
                    "permission": permission,
                    "hold_id": hold.id if hold else None,
                    "user_id": self.env.uid,
                }
            )
        return values
