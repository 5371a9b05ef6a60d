"""How many points? Decimal in, whole numbers out, rounded as the program says.

This module knows nothing of Odoo. Amounts are :class:`decimal.Decimal`; floats of the
database are turned into decimals once, by :func:`decimal`, with the digits of their
currency. An amount is converted to the programme's currency and rounded there like any
amount of money, then weighted, then made whole points: cut off, which is the default,
or rounded to the nearest.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

#: How points become whole, and of which amount they are.
DOWN, NEAREST = "down", "nearest"
NET, GROSS = "net", "gross"

#: The most that a row of the ledger and a counter of an account hold.
MOST = 2**31 - 1
#: Whole points are told up to this; Decimal has no quotient of more than 28 digits.
_ENDLESS = 10**18

ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Buyer:
    """What programs and weights may ask about the customer and the order."""

    customer_type: str | None = None
    group_id: int | None = None
    segment_ids: frozenset[int] = frozenset()
    channel_id: int | None = None
    term_id: int | None = None
    method_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Weight:
    """A factor and what must hold for it; an empty condition always holds."""

    id: int
    name: str
    factor: Decimal
    customer_type: str | None = None
    group_id: int | None = None
    category_id: int | None = None
    segment_id: int | None = None
    channel_id: int | None = None
    product_id: int | None = None

    @property
    def by_line(self) -> bool:
        """Whether it asks about the article and not only about who orders how."""
        return self.category_id is not None or self.product_id is not None

    def fits(
        self,
        buyer: Buyer,
        category_path: tuple[int, ...],
        product_id: int | None = None,
    ) -> bool:
        return (
            self.customer_type in (None, buyer.customer_type)
            and self.group_id in (None, buyer.group_id)
            and (self.segment_id is None or self.segment_id in buyer.segment_ids)
            and self.channel_id in (None, buyer.channel_id)
            and (self.category_id is None or self.category_id in category_path)
            and self.product_id in (None, product_id)
        )


@dataclass(frozen=True)
class Line:
    """Amount of a line in the document's currency, and its category.

    ``category_path`` are the ids from the topmost category down to the product's own;
    a weight of any of them applies.
    """

    amount: Decimal
    category_path: tuple[int, ...] = ()
    product_id: int | None = None


@dataclass(frozen=True)
class Terms:
    """``points`` for every ``per_amount`` of the programme's currency."""

    points: int
    per_amount: Decimal
    digits: int = 2
    rounding: str = DOWN


@dataclass(frozen=True)
class Program:
    """Who takes part, when, and on which terms."""

    id: int
    terms: Terms
    currency_id: int = 0
    weights: tuple[Weight, ...] = ()
    active: bool = True
    customer_types: str = "all"
    group_ids: frozenset[int] = frozenset()
    date_from: date | None = None
    date_to: date | None = None
    segment_ids: frozenset[int] = frozenset()
    without_term_ids: frozenset[int] = frozenset()
    without_method_ids: frozenset[int] = frozenset()
    granted: str = "invoiced"
    basis: str = NET
    imports: bool = True

    @property
    def by_line(self) -> bool:
        """Whether the article of a line matters at all."""
        return any(weight.by_line for weight in self.weights)

    @property
    def by_segment(self) -> bool:
        """Whether the segments of a customer matter at all."""
        return bool(self.segment_ids) or any(w.segment_id for w in self.weights)

    def fits(self, buyer: Buyer, day: date) -> bool:
        return (
            self.active
            and self.customer_types in ("all", buyer.customer_type)
            and (not self.group_ids or buyer.group_id in self.group_ids)
            and (not self.segment_ids or bool(self.segment_ids & buyer.segment_ids))
            and buyer.term_id not in self.without_term_ids
            and not buyer.method_ids & self.without_method_ids
            and (self.date_from is None or self.date_from <= day)
            and (self.date_to is None or day <= self.date_to)
        )


@dataclass(frozen=True)
class Result:
    """``net`` in the document's currency; ``basis`` converted and weighted."""

    net: Decimal
    basis: Decimal
    points: int
    weights: tuple[Weight, ...]


def decimal(value: float, digits: int = 2) -> Decimal:
    """The decimal number a stored float stands for."""
    return Decimal(repr(value)).quantize(ONE.scaleb(-digits), ROUND_HALF_UP)


def first_fitting(
    programs: Iterable[Program], buyer: Buyer, day: date
) -> Program | None:
    """The program an order of that day takes part in: the first that fits."""
    return next((program for program in programs if program.fits(buyer, day)), None)


def fitting(
    weights: Iterable[Weight],
    buyer: Buyer,
    category_path: tuple[int, ...],
    product_id: int | None = None,
) -> tuple[Weight, ...]:
    return tuple(w for w in weights if w.fits(buyer, category_path, product_id))


def calculate(
    lines: Sequence[Line], program: Program, buyer: Buyer, rate: Decimal = ONE
) -> Result:
    """Points of one document. Weights that fit the same line multiply.

    Lines with the same weights are converted as one sum: converting a thousand small
    lines one by one would add up a thousand roundings.
    """
    sums: dict[tuple[Weight, ...], Decimal] = {}
    known: dict[tuple, tuple[Weight, ...]] = {}
    for line in lines:
        article = (line.category_path, line.product_id)
        if article not in known:
            known[article] = fitting(program.weights, buyer, *article)
        applied = known[article]
        sums[applied] = sums.get(applied, ZERO) + line.amount
    basis = ZERO
    unit = ONE.scaleb(-program.terms.digits)
    for applied, amount in sums.items():
        converted = (amount * rate).quantize(unit, ROUND_HALF_UP)
        for weight in applied:
            converted *= weight.factor
        basis += converted
    used = {weight.id: weight for applied in sums for weight in applied}
    return Result(
        net=sum((line.amount for line in lines), ZERO),
        basis=basis,
        points=whole_points(basis, program.terms),
        weights=tuple(used[key] for key in sorted(used)),
    )


def whole_points(basis: Decimal, terms: Terms) -> int:
    """Points of a weighted amount, of what is taken back as of what is earned."""
    return rounded(basis * terms.points, terms.per_amount, terms.rounding)


def rounded(amount: Decimal, per: Decimal, rounding: str = DOWN) -> int:
    """Whole points, negative ones rounded as positive ones are.

    ``//`` of Decimal rounds towards zero. To the nearest: a half goes away from zero;
    it is found without a quotient, whose digits would end somewhere.
    """
    if abs(amount) >= abs(per) * _ENDLESS:
        return -_ENDLESS if (amount < 0) != (per < 0) else _ENDLESS
    if rounding == NEAREST:
        half = 2 * abs(amount) + abs(per)
        points = int(half // (2 * abs(per)))
        return -points if (amount < 0) != (per < 0) else points
    return int(amount // per)


def combine(results: Iterable[Result], terms: Terms) -> Result:
    """Parts of one document, computed at their own rates, cut off once."""
    results = list(results)
    basis = sum((result.basis for result in results), ZERO)
    used = {weight.id: weight for result in results for weight in result.weights}
    return Result(
        net=sum((result.net for result in results), ZERO),
        basis=basis,
        points=whole_points(basis, terms),
        weights=tuple(used[key] for key in sorted(used)),
    )


def done_share(ordered: Decimal, done: Decimal, undone: Decimal = ZERO) -> Decimal:
    """The part of a line that is done and was not taken back, between 0 and 1."""
    if not ordered:
        return ZERO
    return min(max((done - undone) / ordered, ZERO), ONE)


def open_share(ordered: Decimal, invoiced: Decimal) -> Decimal:
    """The part of a line that is not invoiced yet, between 0 and 1."""
    if not ordered:
        return ZERO
    return min(max(ONE - invoiced / ordered, ZERO), ONE)


def taken_back(
    earned: int, invoiced: Decimal, credited: Decimal, rounding: str = DOWN
) -> int:
    """Points a document has lost once ``credited`` of ``invoiced`` was credited.

    Always computed on the sum of all credit notes, so that many small ones take back
    exactly what one large one does, and never more than was earned.
    """
    if earned <= 0 or credited <= 0:
        return 0
    if credited >= invoiced:
        return earned
    return min(rounded(earned * credited, invoiced, rounding), earned)


def last_day(day: date, months: int) -> date | None:
    """Last day of points granted on ``day``; None: they never end.

    A month later is the same day of the next one, or its last day.
    """
    if not months:
        return None
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shown(balance: int) -> tuple[int, int]:
    """What a buyer sees: the balance never below 0, and what settles corrections."""
    return max(balance, 0), max(-balance, 0)
