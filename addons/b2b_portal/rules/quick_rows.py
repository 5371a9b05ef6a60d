"""What becomes of the rows of a quick order, before anything enters the cart."""

from collections import defaultdict
from dataclasses import dataclass, field

READY = "ready"
CORRECTED = "corrected"
MERGED = "merged"
NEED = "need"

# Why a row needs the buyer.
UNKNOWN = "unknown"
SEVERAL = "several"
QUANTITY = "quantity"
ASK = "ask"
DOUBLE = "double"
EMPTY_CODE = "empty_code"
REVIEW = "review"

# What was changed without asking, beside the ways of article_code.
PACKS = "packs"
NO_QUANTITY = "no_quantity"


@dataclass
class Row:
    """One row as read.

    :param number: as the buyer counts it in his file, the heading included
    :param product_id: 0 while no article is known
    :param quantity: what will be ordered, in the article's unit
    :param typed: the quantity as read, before rounding to packs; 0 while unknown
    :param problem: one of the reasons above, empty for a good row
    :param corrections: what was changed: ways of article_code, ``packs``
    :param merged: numbers of other rows that are part of this one
    :param doubles: ``[(quantity, row numbers)]`` of the other rows of a doubled article
    :param keep: stands there on purpose, whatever other rows say
    :param detail: code of cart_input where the quantity is the problem
    :param note: of b2b_pricing's quantity rule, where packs changed it
    """

    number: int
    product_id: int = 0
    quantity: float = 0.0
    typed: float = 0.0
    problem: str = ""
    corrections: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    doubles: list = field(default_factory=list)
    merged_into: int = 0
    keep: bool = False
    detail: str = ""
    note: object = None

    @property
    def state(self):
        if self.problem:
            return NEED
        if self.merged or self.merged_into:
            return MERGED
        return CORRECTED if self.corrections else READY

    @property
    def is_good(self):
        """Whether it goes into the cart, alone or as part of another row."""
        return not self.problem


def merge_doubles(rows):
    """Bring rows of one article together (DECISIONS 23).

    Rows of different quantities are added up. Equal quantities may be one order
    pasted twice: such rows wait for the buyer, unless they stand there on purpose.

    :param rows: list of :class:`Row`, changed in place
    """
    groups = defaultdict(list)
    for row in rows:
        if row.product_id and not row.problem:
            groups[row.product_id].append(row)
    for group in groups.values():
        if len(group) < 2:
            continue
        typed = [row.typed for row in group if not row.keep]
        if len(set(typed)) < len(typed):
            for row in group:
                row.problem = DOUBLE
                others = [other for other in group if other is not row]
                row.merged = [other.number for other in others]
                row.doubles = _by_quantity(others)
        else:
            _merge(group)


def _by_quantity(rows):
    numbers = defaultdict(list)
    for row in rows:
        numbers[row.typed].append(row.number)
    return list(numbers.items())


def _merge(group):
    first, *others = group
    first.typed = sum(row.typed for row in group)
    first.merged = [row.number for row in others]
    for row in others:
        row.merged_into = first.number


def counts(rows):
    """``{state: number}`` of all four states."""
    result = dict.fromkeys((NEED, CORRECTED, MERGED, READY), 0)
    for row in rows:
        result[row.state] += 1
    return result
