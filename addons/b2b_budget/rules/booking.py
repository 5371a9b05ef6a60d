"""What an order shall have taken from a budget, and what is left of it.

The only place that says when an order counts. Everything is derived from the
present state of the order, so that asking twice moves nothing the second time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WAITING = ("queued", "waiting")
#: from the mildest to the strictest
ACTIONS = ("warn", "authorize", "block")


@dataclass(frozen=True)
class Booking:
    used: float = 0.0
    pending: float = 0.0

    @property
    def total(self) -> float:
        return self.used + self.pending

    def minus(self, other: "Booking") -> "Booking":
        return Booking(self.used - other.used, self.pending - other.pending)


@dataclass(frozen=True)
class Move:
    kind: str  # 'used' or 'pending'
    amount: float


def target(state: str, submit_state: str, amount: float, *, held: bool) -> Booking:
    """What the order shall have booked on one budget.

    ``held``: an open hold says that this budget itself does not suffice. Such
    an order reserves nothing; its release is its permission to book. An order below
    zero takes nothing, and gives nobody room for more.
    """
    amount = max(amount, 0.0)
    if state == "sale":
        return Booking(used=amount)
    if state != "cancel" and submit_state in WAITING and not held:
        return Booking(pending=amount)
    return Booking()


def moves(
    wanted: Booking, booked: Booking, rounded: Callable[[float], float]
) -> list[Move]:
    """Ledger lines that lead from ``booked`` to ``wanted``, releases first."""
    difference = wanted.minus(booked)
    lines = [
        Move("pending", rounded(difference.pending)),
        Move("used", rounded(difference.used)),
    ]
    return sorted((line for line in lines if line.amount), key=lambda m: m.amount)


def strictest(actions: Iterable[str]) -> str | None:
    """The action that wins when several budgets are exceeded."""
    return max(actions, key=ACTIONS.index, default=None)


@dataclass(frozen=True)
class Line:
    """One line of an order, in its currency; ``back``: credited or returned since."""

    kind: str  # 'goods', 'delivery' or 'discount'
    category: int | None
    untaxed: float
    total: float
    back_untaxed: float = 0.0
    back_total: float = 0.0

    def amount(self, basis: str) -> float:
        """What is left of the line after what came back."""
        if basis == "total":
            return self.total - self.back_total
        return self.untaxed - self.back_untaxed


def counted_amount(
    *,
    untaxed: float,
    total: float,
    basis: str,
    lines: Sequence[Line] = (),
    categories: frozenset[int] = frozenset(),
    with_delivery: bool = True,
) -> float:
    """Amount of an order that counts, in the order's currency.

    Without categories the whole order counts, discounts and points included, delivery
    where the budget says so. With categories only the lines of these articles do, with
    their share of what reduces the whole order; delivery has a category of its own.
    """
    if not categories:
        whole = total if basis == "total" else untaxed
        back = sum(
            line.back_total if basis == "total" else line.back_untaxed for line in lines
        )
        delivery = sum(line.amount(basis) for line in lines if line.kind == "delivery")
        return whole - back - (0.0 if with_delivery else delivery)
    goods = sum(line.amount(basis) for line in lines if line.kind == "goods")
    discounts = sum(line.amount(basis) for line in lines if line.kind == "discount")
    chosen = [line for line in lines if line.category in categories]
    amount = sum(line.amount(basis) for line in chosen if line.kind == "goods")
    if goods > 0:
        amount += discounts * amount / goods
    if with_delivery:
        amount += sum(line.amount(basis) for line in chosen if line.kind == "delivery")
    return amount


def given_back(ordered: float, gone: float, back: float) -> float:
    """What of a line came back for good.

    :param ordered: of the line
    :param gone: delivered or invoiced so far, repetitions included
    :param back: returned or credited so far
    :return: what a further delivery or invoice has not replaced, at most the line

    >>> given_back(100, 200, 100)  # credited and invoiced anew
    0.0
    """
    if ordered < 0:
        return -given_back(-ordered, -gone, -back)
    return min(max(back - max(gone - ordered, 0.0), 0.0), ordered)


def left(amount: float, used: float, pending: float) -> float:
    """What may still be ordered; negative when released orders went above."""
    return amount - used - pending


def percent_used(amount: float, used: float, pending: float) -> float:
    return 100.0 * (used + pending) / amount if amount > 0 else 0.0


def above(amount: float, maximum: float, rounded: Callable[[float], float]) -> float:
    """How much an order is above the most one order may come to; 0: no maximum."""
    return max(rounded(amount - maximum), 0.0) if maximum else 0.0
