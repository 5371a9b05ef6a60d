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
class Member:
    """A party, an address or a seat that belongs to a group for some time."""

    partner_id: int | None
    seat_id: int | None
    first: date | None = None
    last: date | None = None

    def valid(self, day: date) -> bool:
        before = self.first and day < self.first
        return not before and not (self.last and day > self.last)

    def belongs(self, partners, seat_id, day: date) -> bool:
        if not self.valid(day):
            return False
        if self.seat_id:
            return self.seat_id == seat_id
        return self.partner_id in partners


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
    alerts: tuple[float, ...] = ()
    seats: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    with_delivery: bool = True
    returns: str = "no"  # what gives money back: 'credit_note', 'goods', 'no'
    #: of a party group, those of the party that orders; None: a party's own budget
    members: tuple[Member, ...] | None = None
    company_id: int = 0

    def period(self, day: date) -> Period | None:
        """Period of an order submitted on ``day``; None when it does not count."""
        if self.start_date and day < self.start_date:
            return None
        return period_of(day, self.period_kind, self.date_from, self.date_to)

    def shown_period(self, day: date) -> Period | None:
        """The period to show on ``day``; a one-off budget has only its own."""
        if self.period_kind != "one_off":
            return period_of(day, self.period_kind)
        if self.date_from is None:
            return None
        return Period(self.period_kind, self.date_from, self.date_to)

    def open_to(self, seat_id: int | None) -> bool:
        """Without seats the budget is the party's: everybody's orders count."""
        return not self.seats or seat_id in self.seats

    def visible_to(self, seat_id, everything: bool, day: date) -> bool:
        """Whether a seat of the party may see it: who is a member by himself makes
        the group's budget no business of his colleagues.

        :param everything: the seat sees all budgets of its party
        """
        if self.members is None:
            return everything or self.open_to(seat_id)
        return any(
            member.valid(day) and (everything or member.seat_id in (None, seat_id))
            for member in self.members
        )

    def covers(self, partners, seat_id, day: date) -> bool:
        """Whether the one who orders belonged to the group on the day.

        :param partners: ids of the party, of the delivery address and those above it
        """
        return self.members is None or any(
            member.belongs(partners, seat_id, day) for member in self.members
        )


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
    return sorted(found, key=narrow_first)


def narrow_first(term: Terms):
    """A seat's budget before the party's, the party's before the group's."""
    return term.members is not None, not term.seats, not term.categories, term.id


def needs_seat(terms: Iterable[Terms], seat_id, days: dict[int, date]) -> bool:
    """Where budgets are per seat, an order must say whose it is."""
    return not seat_id and any(
        term.seats and term.period(days[term.id]) for term in terms
    )
