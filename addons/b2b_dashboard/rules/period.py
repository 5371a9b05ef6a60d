"""Which days a figure counts and which days it is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to ``end`` (both count) and those they are compared with."""

    start: date
    end: date
    before_start: date
    before_end: date


def add_months(day, months):
    """The first day of the month that lies ``months`` from the month of ``day``."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def period_of(kind, today):
    """The running month, quarter or year up to today, and the same days before.

    The days before are as many as have passed, so that 1-23 November is compared
    with 1-23 October, and never reach into the running period.
    """
    length = MONTHS[kind]
    first = date(today.year, (today.month - 1) // length * length + 1, 1)
    before = add_months(first, -length)
    end = min(before + (today - first), first - timedelta(days=1))
    return Period(first, today, before, end)


def month_starts(today, count):
    """First days of the last ``count`` months, the running one last."""
    return [add_months(today, step) for step in range(1 - count, 1)]


def change(now, before):
    """Relative change, or None where there is nothing to compare with."""
    return (now - before) / abs(before) if before else None
