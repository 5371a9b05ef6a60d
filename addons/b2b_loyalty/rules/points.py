"""How many points? Decimal in, whole numbers out, rounded towards zero.

This module knows nothing of Odoo. Amounts are :class:`decimal.Decimal`; floats of the
database are turned into decimals once, by :func:`decimal`, with the digits of their
currency. An amount is converted to the programme's currency and rounded there like any
amount of money, then weighted, then cut off to whole points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Weight:
    """A factor and what must hold for it; an empty condition always holds."""

    id: int
    name: str
    factor: Decimal
    customer_type: str | None = None
    group_id: int | None = None
    category_ids: frozenset[int] = frozenset()

    def fits(self, buyer: Buyer, category_id: int | None) -> bool:
        return (
            self.customer_type in (None, buyer.customer_type)
            and self.group_id in (None, buyer.group_id)
            and (not self.category_ids or category_id in self.category_ids)
        )


@dataclass(frozen=True)
class Buyer:
    """What weights may ask about the customer."""

    customer_type: str | None = None
    group_id: int | None = None


@dataclass(frozen=True)
class Line:
    """Net amount of a line in the document's currency, and its category."""

    amount: Decimal
    category_id: int | None = None


@dataclass(frozen=True)
class Terms:
    """``points`` for every ``per_amount`` of the programme's currency."""

    points: int
    per_amount: Decimal
    digits: int = 2


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


def fitting(weights: Iterable[Weight], buyer: Buyer, category_id: int | None) -> tuple:
    return tuple(w for w in weights if w.fits(buyer, category_id))


def calculate(
    lines: Sequence[Line],
    weights: Sequence[Weight],
    buyer: Buyer,
    terms: Terms,
    rate: Decimal = ONE,
) -> Result:
    """Points of one document. Weights that fit the same line multiply.

    Lines with the same weights are converted as one sum: converting a thousand small
    lines one by one would add up a thousand roundings.
    """
    sums: dict[tuple[Weight, ...], Decimal] = {}
    by_category: dict[int | None, tuple[Weight, ...]] = {}
    for line in lines:
        key = line.category_id
        if key not in by_category:
            by_category[key] = fitting(weights, buyer, key)
        applied = by_category[key]
        sums[applied] = sums.get(applied, ZERO) + line.amount
    basis = ZERO
    for applied, amount in sums.items():
        converted = (amount * rate).quantize(ONE.scaleb(-terms.digits), ROUND_HALF_UP)
        for weight in applied:
            converted *= weight.factor
        basis += converted
    used = {weight.id: weight for applied in sums for weight in applied}
    return Result(
        net=sum((line.amount for line in lines), ZERO),
        basis=basis,
        points=whole_points(basis, terms),
        weights=tuple(used[key] for key in sorted(used)),
    )


def whole_points(basis: Decimal, terms: Terms) -> int:
    """Rounded towards zero, for negative amounts too (``//`` of Decimal does)."""
    return int(basis * terms.points // terms.per_amount)


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


def open_share(ordered: Decimal, invoiced: Decimal) -> Decimal:
    """The part of a line that is not invoiced yet, between 0 and 1."""
    if not ordered:
        return ZERO
    return min(max(ONE - invoiced / ordered, ZERO), ONE)


def taken_back(earned: int, invoiced: Decimal, credited: Decimal) -> int:
    """Points a document has lost once ``credited`` of ``invoiced`` was credited.

    Always computed on the sum of all credit notes, so that many small ones take back
    exactly what one large one does, and never more than was earned.
    """
    if earned <= 0 or credited <= 0:
        return 0
    if credited >= invoiced:
        return earned
    return int(earned * credited // invoiced)


def shown(balance: int) -> tuple[int, int]:
    """What a buyer sees: the balance never below 0, and what settles corrections."""
    return max(balance, 0), max(-balance, 0)
