"""How often an article is bought and when it is due, out of its order days."""

from dataclasses import dataclass
from statistics import median

#: A rhythm needs at least this many orders; with fewer nothing is foretold.
MIN_ORDERS = 3
#: An article is due from this share of its interval before the usual day on: what
#: is ordered today comes some days later.
AHEAD = 0.25


@dataclass(frozen=True)
class Rhythm:
    """Interval and distance to the next order, in days.

    :param every: usual days between two orders, 0 when there is no rhythm
    :param due_in: days until the next one; negative when late
    :param quantity: usual quantity
    """

    every: int = 0
    due_in: int = 0
    quantity: float = 0.0

    @property
    def is_due(self):
        ahead = max(1, round(self.every * AHEAD))
        return bool(self.every) and -self.every <= self.due_in <= ahead

    @property
    def has_lapsed(self):
        """A whole interval went by without an order: it is not proposed any more."""
        return bool(self.every) and self.due_in < -self.every


def rhythm(purchases, today):
    """Return the :class:`Rhythm` of one article.

    :param purchases: list of ``(date, quantity)``, any order, one per order
    :param today: the reader's date
    """
    days = {}
    for date, quantity in purchases:
        days[date] = days.get(date, 0.0) + quantity
    ordered = sorted(days)
    usual = median_low(days.values())
    if len(ordered) < MIN_ORDERS:
        return Rhythm(quantity=usual)
    gaps = [(b - a).days for a, b in zip(ordered, ordered[1:], strict=False)]
    every = max(1, round(median(gaps)))
    return Rhythm(every, (ordered[-1] - today).days + every, usual)


def median_low(values):
    """The usual quantity is one that was really ordered."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2] if ordered else 0.0


def every_words(every):
    """Classify an interval: ``(unit, count)`` with unit day, week or month."""
    if every <= 5:
        return "day", max(1, every)
    if every < 26:
        return "week", max(1, round(every / 7))
    return "month", max(1, round(every / 30))
