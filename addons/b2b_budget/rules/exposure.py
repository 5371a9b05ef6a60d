"""What a customer owes and has ordered on account, and whether one more order fits.

All amounts are in the currency of the credit account, tax included.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

NOTHING = 0.0
#: from this share of the limit on, in per cent, it is said that little is left
NEARLY = 80.0


@dataclass(frozen=True)
class LimitLine:
    amount: float
    date_from: date | None = None
    date_to: date | None = None

    def valid(self, day: date) -> bool:
        return (not self.date_from or self.date_from <= day) and (
            not self.date_to or day <= self.date_to
        )

    def began(self, day: date) -> bool:
        return not self.date_from or self.date_from <= day


def limit_on(lines: Iterable[LimitLine], day: date) -> float | None:
    """The limit of a day: all valid lines added up.

    :return: 0 means prepaid only; ``None`` that credit is not checked, because no
        line has begun yet. A limit that ended is 0, not unchecked.
    """
    begun = [line for line in lines if line.began(day)]
    if not begun:
        return None
    return sum(line.amount for line in begun if line.valid(day))


@dataclass(frozen=True)
class Exposure:
    """The figures of one credit account.

    :param limit: ``None`` when credit is not checked
    :param posted: open posted items; payments and credit notes that are not used up
        count against, so it may be below zero
    :param drafted: invoices that are not posted yet
    :param confirmed: confirmed orders as far as they are not invoiced
    :param waiting: orders that wait for a decision; they keep their credit
    :param overdue: items past their due date
    :param late: of these, the ones past the days of grace
    :param unused: payments and credit notes that are not used up, above zero
    """

    limit: float | None = None
    posted: float = NOTHING
    drafted: float = NOTHING
    confirmed: float = NOTHING
    waiting: float = NOTHING
    overdue: float = NOTHING
    late: float = NOTHING
    unused: float = NOTHING
    oldest: date | None = None

    @property
    def used(self) -> float:
        """What counts against the limit without orders that wait."""
        return self.posted + self.drafted + self.confirmed

    @property
    def total(self) -> float:
        return self.used + self.waiting

    @property
    def available(self) -> float:
        return (self.limit or NOTHING) - self.total

    @property
    def room(self) -> float:
        """What the two counters of the account may come to together."""
        return (self.limit or NOTHING) - self.posted - self.drafted

    @property
    def percent(self) -> float:
        """Used and waiting in per cent of the limit; 0 when it is not checked."""
        if self.limit is None:
            return NOTHING
        if self.limit <= 0:
            return 100.0 if self.total > 0 else NOTHING
        return max(100.0 * self.total / self.limit, NOTHING)

    @property
    def is_checked(self) -> bool:
        return self.limit is not None

    @property
    def prepaid_only(self) -> bool:
        return self.limit is not None and self.limit <= 0

    def without(self, confirmed: float, waiting: float) -> "Exposure":
        """The same without what one order has booked itself."""
        return replace(
            self,
            confirmed=self.confirmed - confirmed,
            waiting=self.waiting - waiting,
        )

    def over(self, amount: float, rounded=lambda value: value) -> float:
        """How much an order of ``amount`` would be above the limit; 0: it fits.

        An order that takes no credit always fits, also above the limit.
        """
        if self.limit is None or rounded(amount) <= 0:
            return NOTHING
        return max(rounded(amount - self.available), NOTHING)


def settled(late: float, unused: float) -> float:
    """What stays late when payments that are not used up settle the oldest first."""
    return max(late - max(unused, NOTHING), NOTHING)


def is_late(exposure: Exposure, ignored: float) -> bool:
    """Whether what is past the days of grace is above the sum that is ignored."""
    left = settled(exposure.late, exposure.unused)
    return left > 0 and left > ignored


def status_of(exposure: Exposure, is_over: bool) -> str:
    """One word about an account: unchecked, over, prepaid, nearly or fits."""
    if not exposure.is_checked:
        return "unchecked"
    if is_over:
        return "over"
    if exposure.prepaid_only:
        return "prepaid"
    return "nearly" if exposure.percent >= NEARLY else "fits"


def open_quantity(
    ordered: float, delivered: float, returned: float, invoiced: float
) -> float:
    """Quantity of a line that is still to be invoiced.

    What was delivered beyond the order counts; what came back does not, unless it
    was delivered again. ``invoiced`` is the sum of all invoices without credit
    notes: what was invoiced once does not become open again by a credit note. All
    four have the sign of the ordered quantity.
    """
    sign = -1 if ordered < 0 else 1
    due = max(sign * (ordered - returned), sign * delivered, NOTHING)
    return sign * max(due - sign * invoiced, NOTHING)


def credit_share(amount: float, prepaid_percent: float) -> float:
    """What of an order takes credit: nothing ships before the prepaid share."""
    return amount * (1.0 - min(max(prepaid_percent, 0.0), 100.0) / 100.0)
