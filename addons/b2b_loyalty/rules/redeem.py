"""How many points pay for how much of an order? Decimals in, whole points out.

Everything that lowers what was asked for has a name (see ``REASONS``), so that the
buyer reads why, and not only how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from .points import decimal

ZERO = Decimal(0)

#: What may stand against a wish, the first that holds is told.
NO_VALUE, CLOSED, BALANCE, MINIMUM, SHARE, GOODS, UNIT = (
    "no_value",
    "closed",
    "balance",
    "minimum",
    "share",
    "goods",
    "unit",
)
REASONS = (NO_VALUE, CLOSED, BALANCE, MINIMUM, SHARE, GOODS, UNIT)

#: Points that come back when their lot is over can be used for so many days.
GRACE = 30


@dataclass(frozen=True)
class Terms:
    """What a program says about redeeming.

    :param value: one point in the program's currency
    :param minimum: fewest points of one order
    :param percent: share of the goods that points may pay, 0 to 100
    :param digits: decimals of the program's currency
    """

    value: Decimal
    minimum: int = 0
    percent: Decimal = Decimal(100)
    date_from: date | None = None
    date_to: date | None = None
    active: bool = True

    def is_open(self, day: date) -> bool:
        return (
            self.active
            and (self.date_from is None or self.date_from <= day)
            and (self.date_to is None or day <= self.date_to)
        )


@dataclass(frozen=True)
class Basket:
    """What points can pay for.

    :param goods: net of the goods after all discounts, in the order's currency
    :param rate: the program's currency for one of the order's
    :param available: points granted, not reserved and not over
    :param unit: smallest amount of the order's currency
    """

    goods: Decimal
    rate: Decimal
    available: int
    unit: Decimal = Decimal("0.01")


@dataclass(frozen=True)
class Use:
    """Points that are used, what they are worth, and what kept it from being more."""

    points: int = 0
    value: Decimal = ZERO
    reason: str = ""


def worth(points: int, terms: Terms, basket: Basket) -> Decimal:
    """Net amount in the order's currency that these points take off.

    Never more than they are worth: a point below the smallest coin is not rounded up.
    """
    if not basket.rate:
        return ZERO
    return (points * terms.value / basket.rate).quantize(basket.unit, ROUND_DOWN)


def points_for(amount: Decimal, terms: Terms, basket: Basket) -> int:
    """Most points that are worth no more than an amount of the order's currency."""
    if amount <= 0 or terms.value <= 0 or not basket.rate:
        return 0
    points = int(amount * basket.rate // terms.value)
    # The worth is rounded to the cent and may be above it.
    while points and worth(points, terms, basket) > amount:
        points -= 1
    return points


def most(terms: Terms, basket: Basket, day: date) -> Use:
    """As many points as may be used, with what bounds them."""
    return use(10**9, terms, basket, day)


def use(wanted: int, terms: Terms, basket: Basket, day: date) -> Use:
    """What of a wish is possible now; never more than was wanted."""
    if wanted <= 0:
        return Use()
    if terms.value <= 0:
        return Use(reason=NO_VALUE)
    if not terms.is_open(day):
        return Use(reason=CLOSED)
    found, reason = wanted, ""
    bounds = (
        (max(basket.available, 0), BALANCE),
        (points_for(basket.goods, terms, basket), GOODS),
        (points_for(basket.goods * terms.percent / 100, terms, basket), SHARE),
    )
    for bound, name in bounds:
        if bound < found:
            found, reason = bound, name
    if found < terms.minimum:
        return Use(reason=reason if reason == BALANCE and not found else MINIMUM)
    value = worth(found, terms, basket)
    if found and not value:
        return Use(reason=UNIT)
    return Use(found, value, reason)


def money_share(
    goods: Iterable[float], points: Iterable[float], digits: int = 2
) -> Decimal:
    """Share of goods that money pays, between 0 and 1.

    :param goods: amounts of the lines of goods
    :param points: amounts of the lines that points pay, below zero; none: all money
    """
    paid = [decimal(amount, digits) for amount in points]
    if not paid:
        return Decimal(1)
    total = sum((decimal(amount, digits) for amount in goods), ZERO)
    if not total:
        return ZERO
    # Goods and points change their signs together on documents that credit.
    return min(max(Decimal(1) + sum(paid, ZERO) / total, ZERO), Decimal(1))


def given_back(used: int, value: Decimal, back: Decimal) -> int:
    """Points that come back once ``back`` of ``value`` is not charged any more.

    Always asked for the sum of all that came back, so that many small returns give
    what one large one gives, and never more than was used.
    """
    if used <= 0 or back <= 0:
        return 0
    if back >= value:
        return used
    return int(used * back // value)


# -- lots ------------------------------------------------------------------------


@dataclass(frozen=True)
class Lot:
    """Points that were granted together: what is left of them, and until when."""

    id: int
    rest: int
    until: date | None = None


def in_order(lots: Iterable[Lot]) -> list[Lot]:
    """First out is what is over first; what never is comes last, older first."""
    return sorted(lots, key=lambda lot: (lot.until is None, lot.until, lot.id))


def usable(lots: Sequence[Lot], debt: int = 0) -> list[Lot]:
    """What is left of each lot after points that are owed were taken, first in first
    out.

    :param debt: points taken without a lot, above zero; lots below zero add to it
    """
    debt += -sum(lot.rest for lot in lots if lot.rest < 0)
    found = []
    for lot in in_order(lot for lot in lots if lot.rest > 0):
        paid = min(debt, lot.rest)
        debt -= paid
        if lot.rest > paid:
            found.append(Lot(lot.id, lot.rest - paid, lot.until))
    return found


def take(points: int, lots: Sequence[Lot]) -> list[tuple[int | None, int]]:
    """Spread points on usable lots: ``[(lot, points)]``; what has none is last."""
    found: list[tuple[int | None, int]] = []
    for lot in lots:
        if points <= 0:
            break
        part = min(points, lot.rest)
        found.append((lot.id, part))
        points -= part
    if points > 0:
        found.append((None, points))
    return found


def until_after_return(until: date | None, day: date) -> date | None:
    """Last day of points that came back; None: that of their lot holds."""
    if until is None or until >= day + timedelta(days=GRACE):
        return None
    return day + timedelta(days=GRACE)
