"""Figures of the burn-down chart: left per day, even pace, when it runs out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Pace:
    even_used: float  # what an even spending would have used until today
    ahead: float  # used + pending above (positive) or below the even pace
    runs_out: date | None  # day on which nothing is left at the pace so far


def burn_down(
    amount: float, used_by_day: Mapping[date, float], start: date, end: date
) -> list[tuple[date, float]]:
    """(day, left at its end) for every day from ``start`` to ``end``.

    Bookings before ``start`` or after ``end`` (an order edited after the period
    is over stays in it) are drawn on the nearest day shown.
    """
    if end < start:
        return []
    per_day: dict[date, float] = {}
    for day, used in used_by_day.items():
        shown = min(max(day, start), end)
        per_day[shown] = per_day.get(shown, 0.0) + used
    series, left, day = [], amount, start
    while day <= end:
        left -= per_day.get(day, 0.0)
        series.append((day, left))
        day += timedelta(days=1)
    return series


def even_left(amount: float, start: date, end: date, day: date) -> float:
    """What is left at the end of ``day`` when the same is spent every day."""
    days = (end - start).days + 1
    gone = min(max((day - start).days + 1, 0), days)
    return amount * (days - gone) / days


def pace(
    *,
    amount: float,
    used: float,
    pending: float,
    start: date,
    end: date | None,
    today: date,
) -> Pace | None:
    """How the spending so far compares; None where no pace can be told."""
    if end is None or amount <= 0 or today < start:
        return None
    even = amount - even_left(amount, start, end, today)
    spent = used + pending
    gone = (min(today, end) - start).days + 1
    runs_out = None
    if spent > 0 and today <= end:
        if spent >= amount:
            runs_out = today
        else:
            last_day = start + timedelta(days=_whole_days(amount, spent, gone))
            runs_out = last_day if last_day <= end else None
    return Pace(even_used=even, ahead=spent - even, runs_out=runs_out)


def _whole_days(amount: float, spent: float, gone: int) -> int:
    """Whole days that ``amount`` lasts when ``spent`` went in ``gone`` days."""
    return int(min(amount * gone / spent, 36500))
