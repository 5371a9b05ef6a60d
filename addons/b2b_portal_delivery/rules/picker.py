"""The slot picker: days across, frames down, what is impossible with its reason."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Days across.
COLUMNS = 6
#: Impossible days before the first slot, when it lies further away.
BEFORE = 2
#: Weekends on which nothing is delivered are left out: everybody knows.
SATURDAY = 5

FREE = "free"
FIRST = "first"


@dataclass(frozen=True)
class Cell:
    """``slot`` is set where it can be had; else ``word`` says why not."""

    day: object
    hours: tuple
    slot: object = None
    word: str = ""


@dataclass(frozen=True)
class Picker:
    days: tuple
    hours: tuple
    rows: tuple
    first: object
    #: Slots behind the last day across, in order of time.
    later: tuple = ()

    def __bool__(self):
        return any(cell.slot for row in self.rows for cell in row)


def picker(days, local, columns=COLUMNS):
    """Arrange the answers of a schedule.

    :param days: objects with ``day``, ``slots`` and ``reasons``, in order of time
    :param local: function: naive UTC -> local time of the schedule
    :param columns: at most so many days
    :return: :class:`Picker`
    """
    shown = _shown(days, columns)
    cells = {}
    for answer in shown:
        for slot in answer.slots:
            hours = _hours(slot, local)
            cells[answer.day, hours] = Cell(answer.day, hours, slot)
        for reason in answer.reasons:
            # What the receiver never takes in is no row of his picker.
            if reason.hours and reason.code != "receiver_hours":
                hours = tuple(float(hour) for hour in reason.hours)
                cells.setdefault(
                    (answer.day, hours), Cell(answer.day, hours, word=reason.code)
                )
    hours = tuple(sorted({hours for _day, hours in cells}))
    rows = tuple(
        tuple(
            cells.get((answer.day, frame))
            or Cell(answer.day, frame, word=_day_word(answer))
            for answer in shown
        )
        for frame in hours
    )
    first = next((slot for answer in shown for slot in answer.slots), None)
    across = tuple(answer.day for answer in shown)
    last = across[-1:]
    later = tuple(s for d in days if (d.day,) > last for s in d.slots) if last else ()
    return Picker(across, hours, rows, first, later)


def _shown(days, columns):
    """The days across: from the first one, or from shortly before the first slot.

    Goods that take long would else show nothing but impossible days.
    """
    worth = []
    for answer in days:
        if answer.day.weekday() >= SATURDAY and not answer.slots:
            if not any(reason.hours for reason in answer.reasons):
                continue
        worth.append(answer)
    first = next((n for n, answer in enumerate(worth) if answer.slots), 0)
    start = first - BEFORE if first >= columns - BEFORE else 0
    return worth[start : start + columns]


def _hours(slot, local):
    start, end = local(slot.start), local(slot.end)
    until = end.hour + end.minute / 60
    if end.date() > start.date():
        until += 24
    return start.hour + start.minute / 60, until


def _day_word(answer):
    for reason in answer.reasons:
        if not reason.hours:
            return reason.code
    return "no_frame"


def in_zone(answer, own, zone):
    """The answer of a schedule by the clock of another zone, day by day.

    What is said of a whole day stays with its date.

    :param answer: as for :func:`picker`; its reasons are frozen dataclasses
    :param own: name of the schedule's zone
    :param zone: name of the zone of the picker
    :return: list of answers of the same type
    """
    own, zone = ZoneInfo(own), ZoneInfo(zone)
    slots, reasons = {}, {answer.day: []}
    for slot in answer.slots:
        start = slot.start.replace(tzinfo=UTC).astimezone(zone)
        slots.setdefault(start.date(), []).append(slot)
    for reason in answer.reasons:
        day, said = answer.day, reason
        if reason.hours:
            start, end = (
                _moment(answer.day, hour, own).astimezone(zone) for hour in reason.hours
            )
            until = end.hour + end.minute / 60 + 24 * (end.date() > start.date())
            day = start.date()
            hours = start.hour + start.minute / 60, until
            said = replace(reason, day=day, hours=hours)
        reasons.setdefault(day, []).append(said)
    return [
        replace(
            answer,
            day=day,
            slots=tuple(slots.get(day, ())),
            reasons=tuple(reasons.get(day, ())),
        )
        for day in sorted({*slots, *reasons})
    ]


def _moment(day, hour, zone):
    wall = datetime.combine(day, time()) + timedelta(minutes=round(hour * 60))
    return wall.replace(tzinfo=zone)


def hour_text(hour):
    """``8`` or ``8:30``."""
    minutes = round(hour * 60)
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes % 60 else str(minutes // 60)


def time_left(now, until):
    """``(days, hours, minutes)`` until a moment; None when it is over.

    The whole minute of the moment is in time, and is told as the last one.
    """
    now = now.replace(second=0, microsecond=0)
    if now > until:
        return None
    minutes = max(int((until - now).total_seconds() // 60), 1)
    return minutes // 1440, minutes % 1440 // 60, minutes % 60


#: Ending of the name of an input that holds a slot of a later day.
LATER = "_later"


def with_later(form):
    """What was sent, a slot of a later day in the place of one of the days across.

    :param form: names and texts as they came from the browser
    :return: a new dict without the inputs of later days
    """
    found = {name: form[name] for name in form if not str(name).endswith(LATER)}
    for name, value in form.items():
        if str(name).endswith(LATER) and value:
            found[str(name).removesuffix(LATER)] = value
    return found


def read_start(text):
    """The start of a slot as the page sends it; None for anything else."""
    try:
        return datetime.strptime(str(text)[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return None
