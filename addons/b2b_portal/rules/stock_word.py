"""Mask of a stock figure: the only form in which a figure leaves the server.

Up to the party's threshold the exact free quantity is shown, above it "> T".
"Yes or no" and "hidden" are separate choices. There is no "< 10".
"""

from dataclasses import dataclass

EXACT = "exact"
YES_NO = "yes_no"
HIDDEN = "hidden"

#: Shown as a half-full dot; never more telling than the exact word beside it.
LOW = 10


@dataclass(frozen=True)
class StockWord:
    """What may be shown.

    :param level: ``full``, ``half``, ``out`` or ``none`` (nothing is shown)
    :param kind: ``exact``, ``above``, ``in``, ``out`` or ``none``
    :param value: the figure to print, only with ``exact`` and ``above``
    """

    level: str
    kind: str
    value: float = 0.0


NOTHING = StockWord("none", "none")


def stock_word(free, mask, threshold):
    """Return the :class:`StockWord` of a free quantity.

    :param free: free quantity; None for what is not stocked
    :param mask: ``exact``, ``yes_no`` or ``hidden``
    :param threshold: exact figures up to here, above it only "> threshold"
    """
    if free is None or mask == HIDDEN:
        return NOTHING
    if free <= 0:
        return StockWord("out", "out")
    if mask == YES_NO:
        return StockWord("full", "in")
    if threshold > 0 and free > threshold:
        return StockWord("full", "above", threshold)
    return StockWord("half" if free <= LOW else "full", "exact", free)
