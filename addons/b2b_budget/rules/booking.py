"""What an order shall have taken from a budget, and what is left of it.

The only place that says when an order counts. Everything is derived from the
present state of the order, so that asking twice moves nothing the second time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    an order reserves nothing; its release is its permission to book.
    """
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


def counted_amount(
    *,
    untaxed: float,
    total: float,
    basis: str,
    by_category: Mapping[int, Sequence[float]] | None = None,
    categories: frozenset[int] = frozenset(),
) -> float:
    """Amount of an order that counts, in the order's currency.

    Without categories the whole order counts, delivery, discounts and points
    included. With categories only the lines of these articles do;
    ``by_category`` maps a category id to the untaxed and taxed sum of its lines.
    """
    column = 1 if basis == "total" else 0
    if not categories:
        return (untaxed, total)[column]
    return sum(
        amounts[column]
        for category, amounts in (by_category or {}).items()
        if category in categories
    )


def left(amount: float, used: float, pending: float) -> float:
    """What may still be ordered; negative when released orders went above."""
    return amount - used - pending


def percent_used(amount: float, used: float, pending: float) -> float:
    return 100.0 * (used + pending) / amount if amount > 0 else 0.0


def crosses(percent: float, amount: float, before: float, after: float) -> bool:
    """Whether the booked sum went from below to ``percent`` % of the amount."""
    if percent <= 0 or amount <= 0:
        return False
    threshold = amount * percent / 100.0
    return before < threshold <= after


def above(amount: float, maximum: float, rounded: Callable[[float], float]) -> float:
    """How much an order is above the most one order may come to; 0: no maximum."""
    return max(rounded(amount - maximum), 0.0) if maximum else 0.0
