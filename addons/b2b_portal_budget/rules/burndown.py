"""Geometry of the burn-down picture: what is left of a budget over its period.

Plain numbers in, plain numbers out; the template only draws them.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Frame:
    """The drawing area inside the picture, in its own units."""

    width: int = 760
    height: int = 250
    left: int = 64
    right: int = 24
    top: int = 12
    bottom: int = 28

    @property
    def x_end(self):
        return self.width - self.right

    @property
    def y_end(self):
        return self.height - self.bottom


@dataclass(frozen=True)
class Tick:
    position: float
    value: object


@dataclass(frozen=True)
class Burndown:
    """Everything the picture needs; points are ready for an SVG path."""

    frame: Frame
    line: str
    area: str
    pace: str
    today_x: float
    left_y: float
    waiting_y: float
    zero_y: float
    amounts: tuple
    dates: tuple
    left: float
    #: lowest place of a word left of today's point that stays clear of the line
    word_y: float = 0.0


#: How far a word such as “£341.36” reaches, and a picture with room for five dates.
WORD = 76
WIDE = 500


def nice_ceiling(amount, floor=0.0):
    """The top of the scale: 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten.

    >>> nice_ceiling(5600)
    6000
    """
    target = max(amount, floor)
    if target <= 0:
        return 1
    power = 1
    while power * 10 <= target:
        power *= 10
    while power > target:
        power /= 10
    for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10):
        if target <= step * power * (1 + 1e-9):
            return step * power
    raise AssertionError("unreachable")


def burndown(amount, first, last, today, bookings, waiting=0.0, frame=None):
    """Lay out the picture.

    :param amount: of the period
    :param first, last: days of the period, both included
    :param today: where the line stops; clamped to the period
    :param bookings: iterable of ``(date, amount)``, positive uses, negative returns
    :param waiting: reserved by orders that wait for a decision
    """
    frame = frame or Frame()
    last = max(last, first)
    today = min(max(today, first), last)
    days = (last - first).days + 1
    rows = sorted((min(max(d, first), today), value) for d, value in bookings)
    top = nice_ceiling(amount, amount - min(0.0, sum(v for __, v in rows)))
    total_used = sum(value for __, value in rows)
    bottom = min(0.0, amount - total_used - waiting)
    span = top - bottom

    def x(day, end=False):
        share = ((day - first).days + (1 if end else 0)) / days
        return round(frame.left + share * (frame.x_end - frame.left), 1)

    def y(value):
        share = (top - value) / span
        return round(frame.top + share * (frame.y_end - frame.top), 1)

    left, points = amount, [(x(first), y(amount))]
    for day, value in rows:
        points.append((x(day, end=True), y(left)))
        left -= value
        points.append((x(day, end=True), y(left)))
    points.append((x(today, end=True), y(left)))
    line = " ".join(f"{px},{py}" for px, py in points)
    word = min(
        end[1]
        for start, end in zip(points, points[1:], strict=False)
        if end[0] > x(today, end=True) - WORD and start[1] == end[1]
    )
    zero = y(0)
    area = f"{x(first)},{zero} {line} {x(today, end=True)},{zero}"
    return Burndown(
        frame=frame,
        line=line,
        area=area,
        pace=f"{x(first)},{y(amount)} {x(last, end=True)},{zero}",
        today_x=x(today, end=True),
        left_y=y(left),
        waiting_y=y(left - waiting),
        zero_y=zero,
        amounts=tuple(Tick(y(v), v) for v in _amounts(top)),
        dates=tuple(
            Tick(x(d), d) for d in _dates(first, last, 4 if frame.width > WIDE else 2)
        ),
        left=left,
        word_y=word,
    )


def _amounts(top):
    parts = 3 if top / 3 == int(top / 3) else 4
    return [top * i / parts for i in range(parts, -1, -1)]


def _dates(first, last, parts=4):
    """Days at even distances, the first and the last among them."""
    days = (last - first).days
    if days < parts:
        return [first + timedelta(days=i) for i in range(days + 1)]
    return [first + timedelta(days=round(days * i / parts)) for i in range(parts + 1)]


def bar(amount, used, pending, order=0.0):
    """Widths in per cent of the budget bar: booked, waiting, this order, over.

    The bar is as long as the amount, or as long as everything when that is more;
    the tick marks the limit.

    :return: dict with the keys booked, waiting, order, over, tick (or None)
    """
    used, pending, order = (max(v, 0.0) for v in (used, pending, order))
    total = used + pending + order
    scale = max(amount, total)
    if scale <= 0:
        return {"booked": 0, "waiting": 0, "order": 0, "over": 0, "tick": None}
    over = max(total - max(amount, 0.0), 0.0)
    # What is above the limit is taken off the parts from the end.
    parts, rest = [], over
    for value in (order, pending, used):
        cut = min(value, rest)
        rest -= cut
        parts.append(value - cut)
    order, pending, used = parts

    def share(value):
        return round(100 * value / scale, 2)

    return {
        "booked": share(used),
        "waiting": share(pending),
        "order": share(order),
        "over": share(over),
        "tick": share(amount) if over else None,
    }
