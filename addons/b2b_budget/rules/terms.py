"""The terms of one budget as a plain value, and which orders they concern.

Kept in the registry's cache per party, so that finding the budgets of an order
costs no query. Amounts that are decided on are never kept here: they live in the
counter row that every booking updates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .periods import Period, period_of


@dataclass(frozen=True)
class Terms:
    id: int
    name: str
    use: str  # 'limit' or 'pot'
    action: str
    period_kind: str
    date_from: date | None
    date_to: date | None
    start_date: date | None
    tz: str
    tax_basis: str
    currency_id: int
    max_order_amount: float
    has_amount: bool
    alert_percent: float
    seats: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()

    def period(self, day: date) -> Period | None:
        """Period of an order submitted on ``day``; None when it does not count."""
        if self.start_date and day < self.start_date:
            return None
        return period_of(day, self.period_kind, self.date_from, self.date_to)

    def open_to(self, seat_id: int | None) -> bool:
        """Without seats the budget is the party's: everybody's orders count."""
        return not self.seats or seat_id in self.seats


def pots_for(terms: Iterable[Terms], seat_id, days: dict[int, date]) -> list[Terms]:
    """Pots that an order of this seat may be put into."""
    return [
        term
        for term in terms
        if term.use == "pot" and term.open_to(seat_id) and term.period(days[term.id])
    ]


def chosen_pot(pots: list[Terms], chosen_id: int | None) -> int | None:
    """The pot an order counts in: the chosen one; the only one needs no choice."""
    if chosen_id:
        return chosen_id
    return pots[0].id if len(pots) == 1 else None


def applicable(
    terms: Iterable[Terms],
    seat_id,
    chosen_id,
    days: dict[int, date],
    *,
    submitted: bool = False,
) -> list[Terms]:
    """All limits that concern the order and the one pot it counts in.

    Narrow budgets come first: a seat's limit is named before the party's total.
    ``days`` holds the submission day in the zone of each budget. A submitted order
    counts in the pot that it names and in no other that came later.
    """
    terms, pot = list(terms), chosen_id
    if not submitted:
        pot = chosen_pot(pots_for(terms, seat_id, days), chosen_id)
    found = [
        term
        for term in terms
        if term.period(days[term.id])
        and (term.id == pot if term.use == "pot" else term.open_to(seat_id))
    ]
    return sorted(found, key=lambda t: (not t.seats, not t.categories, t.id))


def needs_seat(terms: Iterable[Terms], seat_id, days: dict[int, date]) -> bool:
    """Where budgets are per seat, an order must say whose it is."""
    return not seat_id and any(
        term.seats and term.period(days[term.id]) for term in terms
    )
