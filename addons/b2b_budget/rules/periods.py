"""Which period of a budget a date belongs to. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo

KINDS = ("week", "month", "quarter", "year", "one_off")
#: no zone's day begins earlier than this before the UTC day
LARGEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True)
class Period:
    """Both days belong to the period; ``end`` is None for one without end."""

    kind: str
    start: date
    end: date | None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    @property
    def days(self) -> int | None:
        return None if self.end is None else (self.end - self.start).days + 1


def local_date(moment: datetime, zone: tzinfo) -> date:
    """Calendar day of a naive UTC moment in ``zone``."""
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).date()


def period_of(
    day: date,
    kind: str,
    first: date | None = None,
    last: date | None = None,
) -> Period | None:
    """Period of ``kind`` that holds ``day``; None when a one-off one does not.

    Weeks are ISO weeks (Monday to Sunday) for every language.
    """
    if kind == "week":
        start = day - timedelta(days=day.weekday())
        return Period(kind, start, start + timedelta(days=6))
    if kind == "month":
        start = day.replace(day=1)
        return Period(kind, start, _before(_add_months(start, 1)))
    if kind == "quarter":
        start = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        return Period(kind, start, _before(_add_months(start, 3)))
    if kind == "year":
        return Period(kind, date(day.year, 1, 1), date(day.year, 12, 31))
    if kind == "one_off":
        if first is None:
            return None
        period = Period(kind, first, last)
        return period if day in period else None
    raise ValueError(f"unknown kind of period: {kind}")


def _add_months(first_of_month: date, months: int) -> date:
    index = first_of_month.year * 12 + first_of_month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _before(day: date) -> date:
    return day - timedelta(days=1)
