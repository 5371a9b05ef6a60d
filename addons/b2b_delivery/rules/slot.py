"""When can the goods be there? Facts go in, a slot or the reasons come out.

This module knows nothing of Odoo: plain values in, frozen values out. Instants are
naive UTC datetimes, as Odoo stores them; hours and dates are wall-clock values in the
schedule's zone.

The calculation, backwards from a window on delivery day D:

* ``lead_days`` whole working days of packing lie between the day an order is accepted
  and D. The order is accepted on the last working day that leaves room for them, up
  to ``cutoff_hour`` of that day (the cut-off itself is still in time). So a cut-off
  that would fall on a closed day lies on the last open day before.
* ``lead_days == 0`` means packed at the cut-off: a window of the same day can be used
  when it starts at or after the cut-off.
* A working day is one of ``work_weekdays`` or a day opened by an exception, unless an
  exception closes it. A delivery day needs a window; it need not be a working day.
* Windows are half open: 8 to 12 starts at 8:00 and is over at 12:00.
* Where the clock is put forward, a time that does not exist means the same moment
  counted on the old clock; a window that vanishes this way is skipped. Where the clock
  is put back, a time that exists twice means its first occurrence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

HORIZON_DAYS = 13 * 7
_LOOK_BACK_DAYS = 366


@dataclass(frozen=True)
class Window:
    """Hours of one weekday (0 = Monday) at which deliveries are made."""

    weekday: int
    hour_from: float
    hour_to: float
    frame_id: int | None = None


@dataclass(frozen=True)
class ExceptionDay:
    """A date that differs from its weekday.

    ``closed``: neither packing nor delivery. ``open``: a working day, delivered at
    the given hours, or at the weekday's own windows when both hours are 0.
    """

    day: date
    kind: str
    name: str = ""
    hour_from: float = 0.0
    hour_to: float = 0.0


@dataclass(frozen=True)
class Plan:
    """All that one schedule contributes: its terms, its week, its dates."""

    tz: str
    lead_days: int
    cutoff_hour: float
    work_weekdays: tuple[int, ...]
    windows: tuple[Window, ...] = ()
    exceptions: tuple[ExceptionDay, ...] = ()
    active: bool = True
    company_id: int | None = None

    def serves(self, company_id: int | None) -> bool:
        """Whether orders of a company may use it; without one it is everybody's."""
        return self.active and self.company_id in (None, company_id)


@dataclass(frozen=True)
class Reason:
    """Why a day, or one window of it, is refused.

    ``code`` is one of closed, no_frame, receiver, past, cutoff, no_working_day, clock.
    ``until`` is the cut-off that was missed, ``hours`` the window it is about.
    """

    day: date
    code: str
    name: str = ""
    until: datetime | None = None
    hours: tuple[float, float] | None = None
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True)
class Slot:
    """A delivery window on one date; ``cutoff_at`` is the last moment to order it."""

    start: datetime
    end: datetime
    frame_id: int | None
    cutoff_at: datetime
    day: date
    tz: str = "UTC"


@dataclass(frozen=True)
class Refusal:
    """No slot. ``code``: no_schedule (nothing is promised at all) or horizon."""

    reasons: tuple[Reason, ...] = ()
    code: str = "horizon"

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Day:
    """The answer for one date: what can be had and what stands in the way."""

    day: date
    slots: tuple[Slot, ...]
    reasons: tuple[Reason, ...]


class _Calendar:
    """The facts of one schedule and one receiver, ready to be asked."""

    def __init__(
        self,
        windows: Iterable[Window],
        exceptions: Iterable[ExceptionDay],
        weekdays: Iterable[int],
        *,
        tz: str = "UTC",
        lead_days: int = 0,
        cutoff_hour: float = 24.0,
        work_weekdays: Iterable[int] = range(5),
    ):
        self.windows = sorted(windows, key=lambda w: (w.hour_from, w.hour_to))
        self.exceptions = {e.day: e for e in exceptions}
        self.weekdays = frozenset(weekdays or range(7))
        self.tz = tz
        self.zone = ZoneInfo(tz)
        self.lead_days = max(int(lead_days), 0)
        self.cutoff_hour = cutoff_hour
        self.work_weekdays = frozenset(work_weekdays)

    def local(self, instant: datetime) -> datetime:
        return instant.replace(tzinfo=timezone.utc).astimezone(self.zone)

    def instant(self, day: date, hour: float) -> datetime:
        wall = datetime.combine(day, time()) + timedelta(minutes=round(hour * 60))
        aware = wall.replace(tzinfo=self.zone)
        return aware.astimezone(timezone.utc).replace(tzinfo=None)

    def works(self, day: date) -> bool:
        exception = self.exceptions.get(day)
        if exception:
            return exception.kind == "open"
        return day.weekday() in self.work_weekdays

    def windows_of(self, day: date) -> list[Window]:
        exception = self.exceptions.get(day)
        if exception and exception.hour_to > exception.hour_from:
            hours = exception.hour_from, exception.hour_to
            return [Window(day.weekday(), *hours)]
        return [w for w in self.windows if w.weekday == day.weekday()]

    def cutoff_for(self, day: date, start: datetime) -> datetime | None:
        """Last moment at which an order still makes this start on this day."""
        if not self.lead_days and self.works(day):
            cutoff = self.instant(day, self.cutoff_hour)
            if cutoff <= start:
                return cutoff
        left, probe = self.lead_days + 1, day
        for _step in range((self.lead_days + 1) * 7 + _LOOK_BACK_DAYS):
            probe -= timedelta(days=1)
            left -= self.works(probe)
            if not left:
                return self.instant(probe, self.cutoff_hour)
        return None

    def answer(self, day: date, ready_at: datetime) -> Day:
        exception = self.exceptions.get(day)
        if exception and exception.kind == "closed":
            return Day(day, (), (Reason(day, "closed", name=exception.name),))
        reasons = []
        windows = self.windows_of(day)
        if not windows:
            reasons.append(Reason(day, "no_frame"))
        if day.weekday() not in self.weekdays:
            days = tuple(sorted(self.weekdays))
            reasons.append(Reason(day, "receiver", weekdays=days))
        if reasons:
            return Day(day, (), tuple(reasons))
        answers = [self._answer_window(day, window, ready_at) for window in windows]
        return Day(
            day,
            tuple(a for a in answers if isinstance(a, Slot)),
            tuple(a for a in answers if isinstance(a, Reason)),
        )

    def _answer_window(
        self, day: date, window: Window, ready_at: datetime
    ) -> Slot | Reason:
        hours = window.hour_from, window.hour_to
        start = self.instant(day, window.hour_from)
        end = self.instant(day, window.hour_to)
        if end <= start:
            return Reason(day, "clock", hours=hours)
        cutoff = self.cutoff_for(day, start)
        if cutoff is None:
            return Reason(day, "no_working_day", hours=hours)
        if start < ready_at:
            return Reason(day, "past", until=cutoff, hours=hours)
        if cutoff < ready_at:
            return Reason(day, "cutoff", until=cutoff, hours=hours)
        return Slot(start, end, window.frame_id, cutoff, day, self.tz)


def days(
    ready_at: datetime,
    windows: Iterable[Window],
    exceptions: Iterable[ExceptionDay] = (),
    weekdays: Iterable[int] = (),
    *,
    horizon_days: int = HORIZON_DAYS,
    **terms,
) -> Iterator[Day]:
    """The answer of each day, from the day of ``ready_at`` to the horizon.

    ``weekdays`` are those on which the receiver takes goods in, empty for all.
    ``terms``: tz, lead_days, cutoff_hour, work_weekdays.
    """
    calendar = _Calendar(windows, exceptions, weekdays, **terms)
    first = calendar.local(ready_at).date()
    for offset in range(horizon_days + 1):
        yield calendar.answer(first + timedelta(days=offset), ready_at)


def slots(*facts, limit: int | None = None, **terms) -> list[Slot]:
    """The next possible slots in order of time; arguments as for :func:`days`."""
    found: list[Slot] = []
    for day in days(*facts, **terms):
        found.extend(day.slots)
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found


def first_slot(*facts, **terms) -> Slot | Refusal:
    """The first possible slot, or every day's reasons; arguments as for ``days``."""
    reasons: list[Reason] = []
    for day in days(*facts, **terms):
        if day.slots:
            return day.slots[0]
        reasons.extend(day.reasons)
    return Refusal(tuple(reasons))
