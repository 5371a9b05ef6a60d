"""Whatever the facts: compared with a walk over every minute, told forwards.

The walk shares no code with the rule: it accepts the order, packs it, sends it, and
looks at every minute whether the receiver's door is open for one of the frames.
"""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.rules import load_rules

rules = load_rules("b2b_delivery", "slot")

HORIZON = 12  # days
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
#: Mondays before the clocks of both zones change, in spring and in autumn.
WEEKS = [date(2026, 3, 2), date(2026, 3, 23), date(2026, 10, 19), date(2026, 10, 26)]
ZONES = ["Europe/Berlin", "America/New_York"]

weekdays = st.sets(st.integers(0, 6), min_size=1).map(tuple)


@st.composite
def cases(draw):
    monday = draw(st.sampled_from(WEEKS))
    # From 4:00 on: no hour that the clock leaves out or repeats.
    minute = st.integers(4 * 60, 24 * 60)

    def closures():
        starts = draw(st.lists(st.integers(-7, HORIZON), max_size=2))
        length = draw(st.integers(0, 2))
        return [
            rules.Closure(monday + start * DAY, monday + (start + length) * DAY)
            for start in starts
        ]

    windows = []
    for weekday in draw(st.sets(st.integers(0, 6), max_size=6)):
        edges = sorted(draw(st.sets(minute, min_size=2, max_size=2)))
        windows.append(rules.Window(weekday, *(edge / 60 for edge in edges)))
    dates = draw(st.sets(st.integers(-7, HORIZON), max_size=3))
    kinds = st.sampled_from([("closed", "", 0, 0), ("open", "", 0, 0)])
    exceptions = [
        rules.ExceptionDay(monday + offset * DAY, *draw(kinds)) for offset in dates
    ]
    opens, closes = sorted(draw(st.sets(minute, min_size=2, max_size=2)))
    whole_day = draw(st.booleans())
    transit = draw(st.sampled_from([0, 0, 1, 2]))
    terms = {
        "tz": draw(st.sampled_from(ZONES)),
        "lead_days": draw(st.integers(0, 3)),
        "cutoff_hour": draw(minute) / 60,
        "work_weekdays": draw(weekdays),
        "weekdays": draw(weekdays),
        "warehouse_closed": closures(),
        "receiver_closed": closures(),
        "transit_closed": closures() if transit else [],
        "transit_days": transit,
        "transit_weekdays": draw(weekdays),
        "receiver_hours": (0.0, 24.0) if whole_day else (opens / 60, closes / 60),
    }
    ready = datetime.combine(monday, datetime.min.time())
    ready += draw(st.integers(0, 7 * 24 * 60)) * MINUTE
    return ready, windows, exceptions, terms


class Story:
    """What happens to the order, from the moment it is placed."""

    def __init__(self, ready, windows, exceptions, terms):
        self.ready, self.windows, self.terms = ready, windows, terms
        self.kinds = {e.day: e.kind for e in exceptions}
        self.zone = ZoneInfo(terms["tz"])

    def local(self, instant):
        aware = instant.replace(tzinfo=timezone.utc).astimezone(self.zone)
        return aware.date(), aware.hour * 60 + aware.minute

    def shut(self, who, day):
        return any(c.first <= day <= c.last for c in self.terms[who])

    def packs(self, day):
        if self.shut("warehouse_closed", day):
            return False
        kind = self.kinds.get(day)
        return kind == "open" or (
            kind is None and day.weekday() in self.terms["work_weekdays"]
        )

    def carries(self, day):
        return (
            day.weekday() in self.terms["transit_weekdays"]
            and not self.shut("transit_closed", day)
            and self.kinds.get(day) != "closed"
        )

    def walk(self, day, steps, counts):
        """The day on which so many more days that count have passed."""
        while steps and day < self.last + DAY:
            day += DAY
            steps -= counts(day)
        return day

    def there_from(self):
        """First day, and minute of that day, from which the goods can be there."""
        day, minute = self.local(self.ready)
        self.last = day + HORIZON * DAY
        cutoff = round(self.terms["cutoff_hour"] * 60)
        if not self.packs(day) or minute > cutoff:
            day = self.walk(day, 1, self.packs)
        packed = self.walk(day, self.terms["lead_days"], self.packs)
        at_once = not self.terms["lead_days"]
        if not self.terms["transit_days"]:
            return (packed, cutoff) if at_once else (packed + DAY, 0)
        leaves = packed if at_once else packed + DAY
        while not (self.packs(leaves) and self.carries(leaves)):
            leaves += DAY
            if leaves > self.last:
                return leaves, 0
        return self.walk(leaves, self.terms["transit_days"], self.carries), 0

    def door_opens(self, day, minute):
        """Whether a delivery can begin in this very minute."""
        receiver = day.weekday() in self.terms["weekdays"]
        carrier = day.weekday() in self.terms["transit_weekdays"]
        if not receiver or not carrier or self.shut("receiver_closed", day):
            return False
        if self.kinds.get(day) == "closed":
            return False
        if not self.terms["transit_days"] and self.shut("warehouse_closed", day):
            return False
        opens, closes = (round(hour * 60) for hour in self.terms["receiver_hours"])
        return any(
            max(round(w.hour_from * 60), opens) == minute
            and minute < min(round(w.hour_to * 60), closes)
            for w in self.windows
            if w.weekday == day.weekday()
        )

    def first(self):
        day, minute = self.there_from()
        now = self.ready
        while True:
            here = self.local(now)
            if here[0] > self.last:
                return None
            if here >= (day, minute) and self.door_opens(*here):
                return now
            now += MINUTE


@settings(max_examples=100, deadline=None)
@given(cases())
def test_the_earliest_minute_of_all(case):
    ready, windows, exceptions, terms = case
    slot = rules.first_slot(ready, windows, exceptions, horizon_days=HORIZON, **terms)
    assert (slot.start if slot else None) == Story(*case).first()


@settings(max_examples=200, deadline=None)
@given(cases())
def test_no_slot_breaks_a_promise(case):
    ready, windows, exceptions, terms = case
    story = Story(*case)
    ready_day, ready_minute = story.there_from()
    found = rules.slots(ready, windows, exceptions, horizon_days=HORIZON, **terms)
    assert found == sorted(found, key=lambda slot: slot.start)
    for slot in found:
        assert ready <= slot.cutoff_at <= slot.start < slot.end
        day, minute = story.local(slot.start)
        assert day == slot.day
        # never before it can be ready, never on a day or hour that is closed
        assert (day, minute) >= (ready_day, ready_minute)
        assert story.door_opens(day, minute)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_a_slot_is_kept_up_to_its_cutoff_and_lost_after_it(case):
    ready, windows, exceptions, terms = case
    slot = rules.first_slot(ready, windows, exceptions, horizon_days=HORIZON, **terms)
    if not slot:
        return
    at = rules.slots(slot.cutoff_at, windows, exceptions, **terms)
    after = rules.slots(slot.cutoff_at + MINUTE, windows, exceptions, **terms)
    assert slot.start in {s.start for s in at}
    assert slot.start not in {s.start for s in after}
