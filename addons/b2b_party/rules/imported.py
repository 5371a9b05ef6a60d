"""Is an order of a file one that is there already? Plain values in, a yes or no out.

The same reference for the same party within a day is the same order, whichever zone
the file was read in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """A line of goods; None: the file says nothing about it."""

    product_id: int | None
    quantity: Decimal | None = None
    price: Decimal | None = None
    discount: Decimal | None = None

    def fits(self, there: Line) -> bool:
        """Whether a line that is there is what this line of a file says."""
        return self.product_id == there.product_id and all(
            said in (None, known)
            for said, known in (
                (self.quantity, there.quantity),
                (self.price, there.price),
                (self.discount, there.discount),
            )
        )


@dataclass(frozen=True)
class Order:
    """``number`` is the order's own one, ``reference`` the customer's."""

    company_id: int
    party_id: int
    moment: datetime
    number: str = ""
    reference: str = ""
    lines: tuple[Line, ...] = ()
    historical: bool = False

    @property
    def named(self) -> bool:
        return bool(self.number or self.reference)


def same_place(given: Order, there: Order) -> bool:
    """Same company, party and reference within a day."""
    if (given.company_id, given.party_id) != (there.company_id, there.party_id):
        return False
    if abs(given.moment - there.moment) >= DAY:
        return False
    if given.number:
        return given.number == there.number
    return bool(given.reference) and given.reference == there.reference


def same_lines(given: Sequence[Line], there: Sequence[Line]) -> bool:
    """Whether every line of the file is there, each by a line of its own."""
    left = list(there)
    for line in given:
        found = next((one for one in left if line.fits(one)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def number(value: object, digits: int = 4) -> Decimal | None:
    """A number of a file or the database; None where nothing is said."""
    if value is None or value == "":
        return None
    return Decimal(str(value or 0)).quantize(Decimal(1).scaleb(-digits))
