"""Which part of an order's points does a document bear? Decimals in and out.

All of it is asked for one tax at a time: points that pay goods of 20 % are billed with
goods of 20 % and with no others, so that no tax ever gets a negative basis. Every part
is taken of what is left and by what is left, so that the last document takes the rest
and no rounding adds up, however many documents there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Sums:
    """Net amounts of one tax: what points pay, and the goods they pay for."""

    points: Decimal = ZERO
    goods: Decimal = ZERO


def share(left: Sums, now: Decimal, unit: Decimal = CENT) -> Decimal:
    """What points pay of ``now`` of the goods that are left; all for the last of them.

    :param unit: smallest amount of the currency
    """
    if now <= 0 or left.points <= 0:
        return ZERO
    if now >= left.goods:
        return left.points
    return (left.points * now / left.goods).quantize(unit, ROUND_HALF_UP)


def given(
    document: Sums, order: Sums, credited: Decimal, unit: Decimal = CENT
) -> Decimal:
    """What a credit note takes back of what points paid, never more than was billed.

    :param document: what is left of the invoice that it credits; of the whole order
        where it credits none
    :param order: what is billed on all documents of the order and not credited
    """
    # No more money comes back than was paid on all of them.
    least = order.points - max(order.goods - credited, ZERO) if credited > 0 else ZERO
    return min(max(share(document, credited, unit), least), max(order.points, ZERO))


def kept(
    planned: Decimal,
    billed: Sums,
    before: Decimal,
    after: Decimal,
    unit: Decimal = CENT,
) -> Decimal:
    """What points still pay on an order whose goods became less after an invoice.

    What is not billed yet shrinks in its share. When less is left than was billed, a
    credit note will give back the difference in the share in which it was billed.

    :param planned: what points paid of ``before``, the goods of the order
    """
    if after >= before:
        return planned
    if after <= billed.goods:
        return min(share(billed, after, unit), planned)
    left = Sums(planned - billed.points, before - billed.goods)
    return min(billed.points + share(left, after - billed.goods, unit), planned)


def stands(
    planned: Decimal, billed: Sums, there: Decimal, unit: Decimal = CENT
) -> Decimal:
    """What points pay on an order whose goods became more after an invoice.

    Goods that were taken off and are there again bear what their invoice bears; others
    bring no points.

    :param there: what of ``billed.goods`` the order has
    """
    return max(planned, share(billed, there, unit))


# -- points ----------------------------------------------------------------------


def billed_points(used: int, value: Decimal, billed: Decimal, taken: int) -> int:
    """Points that paid ``billed``; what a document in part costs is rounded up.

    :param used: points of the order as it is now, worth ``value``
    :param taken: points that the ledger took for it; all of them when nothing is left
        that says what a point is worth
    """
    if billed <= 0:
        return 0
    if value <= 0:
        return taken
    if billed < value:
        return used - int(used * (value - billed) // value)
    return int(used * billed // value)


def redeemed(planned: int, billed: int, most: int, taken: int) -> int:
    """Points that an order shall have taken, before credit notes gave any back.

    What was billed stays taken when the order becomes less: its credit note gives it
    back. What was given back and is billed again is taken again.

    :param most: points of the order and what credit notes gave back; no more are taken
    """
    return min(max(planned, billed), max(most, taken))


def named(used: int, value: Decimal, before: Decimal, now: Decimal) -> int:
    """Points to name on a line that pays ``now`` after others paid ``before``.

    The names of all lines come to the points of the order.
    """

    def upto(amount: Decimal) -> int:
        return int(used * amount // value) if value > 0 else 0

    return abs(upto(before + now) - upto(before))
