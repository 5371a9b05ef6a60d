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
  exception or a closed day of the warehouse closes it. A delivery day needs a window;
  it need not be a working day.
* Without days of transit the goods leave on the delivery day D, so a closed day of the
  warehouse is none. With ``transit_days`` they leave on an earlier day X, a working day
  of warehouse and carrier, so that this many carrier days lie after X up to and with D;
  what is said above about D and packing holds for X. D is a day of the carrier.
* The receiver's weekdays, hours and closed days hold whatever the schedule says, by
  his clock: that of the schedules that usually deliver to him (``receiver_tz``), where
  goods have a schedule of another zone. A window is cut to his hours.
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
#: Years in which there is something to plan; others are slips of the keyboard.
YEARS = range(2000, 2200)
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
class Closure:
    """Days, first and last among them, on which somebody is not there."""

    first: date
    last: date
    name: str = ""


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

    ``code`` is one of closed, warehouse, no_frame, receiver, receiver_closed,
    receiver_hours, carrier, zone, past, cutoff, no_working_day, clock, together.
    ``until`` is the cut-off that was missed, ``hours`` the window it is about, as the
    receiver would get it.
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
    schedule_id: int | None = None


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


def to_minute(instant: datetime) -> datetime:
    """The minute of an instant; cut-offs are told, and kept, in minutes."""
    return instant.replace(second=0, microsecond=0)


def _by_day(closures: Iterable[Closure]) -> dict[date, str]:
    return {
        closure.first + timedelta(days=offset): closure.name
        for closure in closures
        for offset in range((closure.last - closure.first).days + 1)
    }


class _Calendar:
    """The facts of one schedule, one way and one receiver, ready to be asked."""

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
        warehouse_closed: Iterable[Closure] = (),
        transit_days: int | None = 0,
        transit_weekdays: Iterable[int] = (),
        transit_closed: Iterable[Closure] = (),
        transit_name: str = "",
        receiver_hours: tuple[float, float] = (0.0, 24.0),
        receiver_closed: Iterable[Closure] = (),
        receiver_tz: str = "",
        schedule_id: int | None = None,
    ):
        self.windows = sorted(windows, key=lambda w: (w.hour_from, w.hour_to))
        self.exceptions = {e.day: e for e in exceptions}
        self.weekdays = frozenset(weekdays or range(7))
        self.tz = tz
        self.zone = ZoneInfo(tz)
        self.lead_days = max(int(lead_days), 0)
        self.cutoff_hour = cutoff_hour
        self.work_weekdays = frozenset(work_weekdays)
        self.warehouse_closed = _by_day(warehouse_closed)
        self.transit_days = transit_days
        self.transit_weekdays = frozenset(transit_weekdays or range(7))
        self.transit_closed = _by_day(transit_closed)
        self.transit_name = transit_name
        self.receiver_hours = receiver_hours
        self.receiver_closed = _by_day(receiver_closed)
        self.elsewhere = ZoneInfo(receiver_tz) if receiver_tz not in ("", tz) else None
        self.schedule_id = schedule_id

    def local(self, instant: datetime) -> datetime:
        return instant.replace(tzinfo=timezone.utc).astimezone(self.zone)

    def instant(self, day: date, hour: float) -> datetime:
        return self._instant(day, hour, self.zone)

    @staticmethod
    def _instant(day: date, hour: float, zone: ZoneInfo) -> datetime:
        wall = datetime.combine(day, time()) + timedelta(minutes=round(hour * 60))
        aware = wall.replace(tzinfo=zone)
        return aware.astimezone(timezone.utc).replace(tzinfo=None)

    def hour_of(self, day: date, instant: datetime) -> float:
        """Hours of the wall clock since the day began; over 24 on the next day."""
        local = self.local(instant)
        return (local.date() - day).days * 24 + local.hour + local.minute / 60

    def works(self, day: date) -> bool:
        if day in self.warehouse_closed:
            return False
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

    def carries(self, day: date) -> bool:
        """Whether a day counts as one of transit."""
        closed = self.exceptions.get(day)
        return (
            day.weekday() in self.transit_weekdays
            and day not in self.transit_closed
            and not (closed and closed.kind == "closed")
        )

    def leaves_for(self, day: date) -> date | None:
        """Last day on which the goods can leave to be there on this day."""
        if not self.transit_days:
            return day
        left, probe = self.transit_days, day
        for _step in range(self.transit_days * 7 + _LOOK_BACK_DAYS):
            left -= self.carries(probe)
            probe -= timedelta(days=1)
            if left <= 0 and self.works(probe) and self.carries(probe):
                return probe
        return None

    def cutoff_for(self, day: date, start: datetime) -> datetime | None:
        """Last moment at which an order still makes this start on this day."""
        leaves = self.leaves_for(day)
        if leaves is None:
            return None
        if not self.lead_days and self.works(leaves):
            cutoff = self.instant(leaves, self.cutoff_hour)
            if cutoff <= start:
                return cutoff
        left, probe = self.lead_days + 1, leaves
        for _step in range((self.lead_days + 1) * 7 + _LOOK_BACK_DAYS):
            probe -= timedelta(days=1)
            left -= self.works(probe)
            if not left:
                return self.instant(probe, self.cutoff_hour)
        return None

    def _day_reasons(self, day: date, windows: list[Window]) -> Iterator[Reason]:
        """What stands against the day as a whole, ours first."""
        if self.transit_days is None:
            yield Reason(day, "zone", name=self.transit_name)
        if not self.transit_days and day in self.warehouse_closed:
            yield Reason(day, "warehouse", name=self.warehouse_closed[day])
        if not windows:
            yield Reason(day, "no_frame")
        if day.weekday() not in self.transit_weekdays:
            days = tuple(sorted(self.transit_weekdays))
            yield Reason(day, "carrier", name=self.transit_name, weekdays=days)
        # By another clock a window may lie on another of the receiver's days.
        if not self.elsewhere:
            yield from self._receiver_reasons(day, day)

    def _receiver_reasons(self, day: date, his: date, **about) -> Iterator[Reason]:
        """What stands against a day of the receiver."""
        if his.weekday() not in self.weekdays:
            weekdays = tuple(sorted(self.weekdays))
            yield Reason(day, "receiver", weekdays=weekdays, **about)
        if his in self.receiver_closed:
            name = self.receiver_closed[his]
            yield Reason(day, "receiver_closed", name=name, **about)

    def answer(self, day: date, ready_at: datetime) -> Day:
        exception = self.exceptions.get(day)
        if exception and exception.kind == "closed":
            return Day(day, (), (Reason(day, "closed", name=exception.name),))
        windows = self.windows_of(day)
        reasons = tuple(self._day_reasons(day, windows))
        if reasons:
            return Day(day, (), reasons)
        answers = [self._answer_window(day, window, ready_at) for window in windows]
        return Day(
            day,
            tuple(a for a in answers if isinstance(a, Slot)),
            tuple(a for a in answers if isinstance(a, Reason)),
        )

    def _cut_elsewhere(
        self, day: date, hours: tuple[float, float]
    ) -> tuple[float, float] | Reason:
        """A window cut to the hours of a receiver whose clock is another one."""
        start, end = (self.instant(day, hour) for hour in hours)
        his = start.replace(tzinfo=timezone.utc).astimezone(self.elsewhere).date()
        for reason in self._receiver_reasons(day, his, hours=hours):
            return reason
        if self.receiver_hours == (0.0, 24.0):
            return hours
        opens, closes = (
            self._instant(his, hour, self.elsewhere) for hour in self.receiver_hours
        )
        begins, ends = max(start, opens), min(end, closes)
        return self.hour_of(day, begins), self.hour_of(day, ends)

    def _answer_window(
        self, day: date, window: Window, ready_at: datetime
    ) -> Slot | Reason:
        hours = window.hour_from, window.hour_to
        if self.elsewhere:
            cut = self._cut_elsewhere(day, hours)
            if isinstance(cut, Reason):
                return cut
        else:
            opens, closes = self.receiver_hours
            cut = max(opens, hours[0]), min(closes, hours[1])
        if cut[0] >= cut[1]:
            return Reason(day, "receiver_hours", hours=hours)
        hours = cut
        start, end = (self.instant(day, hour) for hour in hours)
        if end <= start:
            return Reason(day, "clock", hours=hours)
        cutoff = self.cutoff_for(day, start)
        if cutoff is None:
            return Reason(day, "no_working_day", hours=hours)
        if start < ready_at:
            return Reason(day, "past", until=cutoff, hours=hours)
        if cutoff < to_minute(ready_at):
            return Reason(day, "cutoff", until=cutoff, hours=hours)
        slot = start, end, window.frame_id, cutoff, day, self.tz, self.schedule_id
        return Slot(*slot)


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
    ``terms`` of the schedule: tz, lead_days, cutoff_hour, work_weekdays, schedule_id;
    of the warehouse: warehouse_closed; of the way: transit_days (None: unknown, so no
    day is possible), transit_weekdays (empty for all), transit_closed, transit_name;
    of the receiver: receiver_hours, receiver_closed, receiver_tz (empty: as tz).
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
