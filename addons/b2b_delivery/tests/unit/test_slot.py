"""Slot rules: hand-computed cases, clock changes, and a brute-force comparison."""

import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_delivery", "slot")
Window, ExceptionDay = rules.Window, rules.ExceptionDay

# The van of the pictures: Monday to Thursday 8-12 and 12-16, Friday 8-12.
VAN = [
    Window(day, hour, hour + 4, 10 * day + index)
    for day in range(5)
    for index, hour in enumerate((8, 12))
    if (day, hour) != (4, 12)
]
LONDON = {"tz": "Europe/London", "lead_days": 1, "cutoff_hour": 12.0}
MONDAY = date(2026, 11, 23)


def utc(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def reasons(answer):
    return [reason.code for reason in answer.reasons]


@pytest.mark.parametrize(
    ("ordered", "expected"),
    [
        # Monday before the cut-off: packed on Tuesday, there on Wednesday
        ("2026-11-23 09:47", "2026-11-25 08:00"),
        # the cut-off itself is in time, a minute later is not
        ("2026-11-23 12:00", "2026-11-25 08:00"),
        ("2026-11-23 12:01", "2026-11-26 08:00"),
        # Wednesday noon: packed on Thursday, there on Friday
        ("2026-11-25 12:00", "2026-11-27 08:00"),
        # Thursday: packed on Friday, Saturday and Sunday have no frame
        ("2026-11-26 09:00", "2026-11-30 08:00"),
        # Friday after the cut-off and the whole weekend count as Monday
        ("2026-11-27 12:01", "2026-12-02 08:00"),
        ("2026-11-29 23:59", "2026-12-02 08:00"),
    ],
)
def test_first_slot_of_the_van(ordered, expected):
    slot = rules.first_slot(utc(ordered), VAN, **LONDON)
    assert slot.start == utc(expected)
    assert slot.end - slot.start == timedelta(hours=4)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, 25), (0.5, 25), (30, 25), (59.999, 25), (60, 26)]
)
def test_the_whole_minute_of_the_cutoff_is_in_time(seconds, expected):
    ordered = utc("2026-11-23 12:00") + timedelta(seconds=seconds)
    assert rules.first_slot(ordered, VAN, **LONDON).day.day == expected


def test_a_slot_that_began_some_seconds_ago_is_over():
    # Packed at the cut-off at which it starts: in time, but it has begun.
    terms = {"tz": "Europe/London", "lead_days": 0, "cutoff_hour": 8.0}
    begun = utc("2026-11-24 08:00") + timedelta(seconds=1)
    assert rules.first_slot(utc("2026-11-24 08:00"), VAN, **terms).day.day == 24
    assert rules.first_slot(begun, VAN, **terms).start == utc("2026-11-24 12:00")


def test_slot_names_its_frame_and_its_own_cutoff():
    slot = rules.first_slot(utc("2026-11-23 09:47"), VAN, **LONDON)
    assert (slot.frame_id, slot.day, slot.tz) == (
        20,
        date(2026, 11, 25),
        "Europe/London",
    )
    assert slot.cutoff_at == utc("2026-11-23 12:00")


def test_cutoff_on_a_closed_day_moves_to_the_last_open_day_before():
    closed = [ExceptionDay(MONDAY, "closed", "Stocktaking")]
    wednesday = next(
        slot
        for slot in rules.slots(utc("2026-11-19 09:00"), VAN, closed, **LONDON)
        if slot.day == date(2026, 11, 25)
    )
    # packed on Tuesday, accepted on the last open day before: Friday noon
    assert wednesday.cutoff_at == utc("2026-11-20 12:00")


def test_closed_day_neither_packs_nor_delivers():
    closed = [ExceptionDay(date(2026, 11, 24), "closed", "Fair")]
    slot = rules.first_slot(utc("2026-11-23 09:47"), VAN, closed, **LONDON)
    assert slot.day == date(2026, 11, 26)


def test_opened_saturday_packs_and_delivers_at_its_own_hours():
    opened = [ExceptionDay(date(2026, 11, 28), "open", "Advent", 9.5, 13)]
    found = rules.slots(utc("2026-11-26 09:00"), VAN, opened, limit=2, **LONDON)
    assert [slot.start for slot in found] == [
        utc("2026-11-28 09:30"),
        utc("2026-11-30 08:00"),
    ]
    assert found[0].frame_id is None
    # Friday noon is packed on Saturday, so Monday can be had
    slot = rules.first_slot(utc("2026-11-27 10:00"), VAN, opened, **LONDON)
    assert slot.start == utc("2026-11-30 08:00")


def test_open_without_hours_uses_the_weekdays_frames():
    opened = [ExceptionDay(date(2026, 11, 25), "open", "As usual")]
    slot = rules.first_slot(utc("2026-11-23 09:47"), VAN, opened, **LONDON)
    assert (slot.day, slot.frame_id) == (date(2026, 11, 25), 20)


def test_receiver_takes_goods_in_on_mondays_and_fridays_only():
    slot = rules.first_slot(utc("2026-11-23 09:47"), VAN, (), (0, 4), **LONDON)
    assert slot.day == date(2026, 11, 27)


def test_no_lead_means_packed_at_the_cutoff():
    terms = {"tz": "Europe/London", "lead_days": 0, "cutoff_hour": 10.0}
    same_day = rules.first_slot(utc("2026-11-23 09:00"), VAN, **terms)
    # 8-12 starts before the cut-off, 12-16 after it
    assert same_day.start == utc("2026-11-23 12:00")
    assert same_day.cutoff_at == utc("2026-11-23 10:00")
    next_day = rules.first_slot(utc("2026-11-23 10:01"), VAN, **terms)
    # Tuesday 8-12 would have been packed at Monday's cut-off
    assert next_day.start == utc("2026-11-24 12:00")
    assert next_day.cutoff_at == utc("2026-11-24 10:00")


def test_no_lead_window_before_the_cutoff_belongs_to_the_day_before():
    terms = {"tz": "UTC", "lead_days": 0, "cutoff_hour": 12.0}
    windows = [Window(day, 8, 10) for day in range(5)]
    slot = rules.first_slot(utc("2026-11-23 12:01"), windows, **terms)
    # Tuesday 8-10 had to be ordered by Monday noon
    assert slot.start == utc("2026-11-25 08:00")
    assert slot.cutoff_at == utc("2026-11-24 12:00")


def test_days_are_those_of_the_schedules_zone():
    windows = [Window(2, 9, 12)]
    terms = {"tz": "Pacific/Auckland", "lead_days": 0, "cutoff_hour": 24.0}
    # Monday 12:30 UTC is already Tuesday in Auckland (UTC+13)
    slot = rules.first_slot(utc("2026-11-23 12:30"), windows, **terms)
    assert slot.day == date(2026, 11, 25)
    assert slot.start == utc("2026-11-24 20:00")


@pytest.mark.parametrize(
    ("day", "start", "cutoff"),
    [
        # Zurich: winter until 29 March 2026, 8:00 is 7:00 UTC, later 6:00 UTC
        (date(2026, 3, 27), "2026-03-27 07:00", "2026-03-25 11:00"),
        (date(2026, 3, 30), "2026-03-30 06:00", "2026-03-26 11:00"),
        (date(2026, 3, 31), "2026-03-31 06:00", "2026-03-27 11:00"),
        (date(2026, 4, 1), "2026-04-01 06:00", "2026-03-30 10:00"),
        # and back on 25 October
        (date(2026, 10, 23), "2026-10-23 06:00", "2026-10-21 10:00"),
        (date(2026, 10, 27), "2026-10-27 07:00", "2026-10-23 10:00"),
        (date(2026, 10, 28), "2026-10-28 07:00", "2026-10-26 11:00"),
    ],
)
def test_clock_changes(day, start, cutoff):
    terms = {"tz": "Europe/Zurich", "lead_days": 1, "cutoff_hour": 12.0}
    ordered = datetime.combine(day, datetime.min.time()) - timedelta(days=10)
    slot = next(s for s in rules.slots(ordered, VAN, **terms) if s.day == day)
    assert (slot.start, slot.cutoff_at) == (utc(start), utc(cutoff))


def test_window_in_the_hour_that_does_not_exist_is_skipped():
    windows = [Window(6, 2, 3)]
    terms = {"tz": "Europe/Zurich", "lead_days": 0, "cutoff_hour": 24.0}
    answer = next(
        day
        for day in rules.days(utc("2026-03-23 08:00"), windows, **terms)
        if day.day == date(2026, 3, 29)
    )
    assert (answer.slots, reasons(answer)) == ((), ["clock"])


def test_window_over_the_lost_hour_is_an_hour_shorter():
    terms = {"tz": "Europe/Zurich", "lead_days": 0, "cutoff_hour": 24.0}
    slot = rules.first_slot(utc("2026-03-23 08:00"), [Window(6, 1, 5)], **terms)
    assert slot.end - slot.start == timedelta(hours=3)


def test_window_over_the_doubled_hour_is_an_hour_longer():
    terms = {"tz": "Europe/Zurich", "lead_days": 0, "cutoff_hour": 24.0}
    slot = rules.first_slot(utc("2026-10-19 08:00"), [Window(6, 1, 5)], **terms)
    assert slot.end - slot.start == timedelta(hours=5)


def test_every_refused_day_has_its_reason():
    exceptions = [ExceptionDay(date(2026, 11, 26), "closed", "Stocktaking")]
    week = list(
        rules.days(utc("2026-11-23 09:47"), VAN, exceptions, (0, 1, 2, 4, 5), **LONDON)
    )[:6]
    assert [reasons(day) for day in week] == [
        ["past", "cutoff"],
        ["cutoff", "cutoff"],
        [],
        ["closed"],
        [],
        ["no_frame"],
    ]
    # packed on Wednesday because Thursday is closed, so accepted on Tuesday
    assert week[4].slots[0].cutoff_at == utc("2026-11-24 12:00")
    assert week[3].reasons[0].name == "Stocktaking"
    assert week[1].reasons[0].until == utc("2026-11-20 12:00")
    assert week[0].reasons[0].hours == (8, 12)


def test_receiver_reason_names_the_days():
    week = list(rules.days(utc("2026-11-23 09:47"), VAN, (), (0, 1), **LONDON))
    assert week[2].reasons == (
        rules.Reason(date(2026, 11, 25), "receiver", weekdays=(0, 1)),
    )


@pytest.mark.parametrize(
    ("windows", "weekdays", "terms", "code"),
    [
        ([], (), {}, "no_frame"),
        (VAN, (6,), {}, "receiver"),
        (VAN, (), {"work_weekdays": ()}, "no_working_day"),
        (VAN, (), {"lead_days": 400}, "cutoff"),
    ],
)
def test_nothing_within_the_horizon_is_a_refusal(windows, weekdays, terms, code):
    answer = rules.first_slot(
        utc("2026-11-23 09:47"), windows, (), weekdays, **{**LONDON, **terms}
    )
    assert isinstance(answer, rules.Refusal)
    assert not answer
    assert answer.code == "horizon"
    assert code in reasons(answer)
    assert len({reason.day for reason in answer.reasons}) == 92


def test_horizon_is_thirteen_weeks():
    far = ExceptionDay(MONDAY + timedelta(days=91), "open", "", 8, 9)
    beyond = ExceptionDay(MONDAY + timedelta(days=92), "open", "", 8, 9)
    ready = utc("2026-11-23 09:47")
    assert rules.first_slot(ready, [], [far], **LONDON).day == far.day
    assert not rules.first_slot(ready, [], [beyond], **LONDON)


def test_slots_are_in_order_of_time_and_limited():
    found = rules.slots(utc("2026-11-23 09:47"), VAN, limit=10, **LONDON)
    assert len(found) == 10
    assert found == sorted(found, key=lambda slot: slot.start)
    assert all(slot.cutoff_at >= utc("2026-11-23 09:47") for slot in found)


# -- brute force ---------------------------------------------------------------------
# Told forwards and by quarter hours: when is the order accepted, when is it packed,
# which is the first quarter at which a window opens. Shares no code with the rule.


QUARTER = timedelta(minutes=15)


class _Story:
    def __init__(self, ready, windows, exceptions, weekdays, terms):
        self.ready, self.windows, self.terms = ready, windows, terms
        self.weekdays = weekdays or range(7)
        self.by_day = {e.day: e for e in exceptions}
        self.zone = ZoneInfo(terms["tz"])
        self.end = ready + timedelta(days=93)

    def local(self, instant):
        return instant.replace(tzinfo=timezone.utc).astimezone(self.zone)

    def works(self, day):
        if day in self.by_day:
            return self.by_day[day].kind == "open"
        return day.weekday() in self.terms["work_weekdays"]

    def starts(self, day):
        exception = self.by_day.get(day)
        if exception and exception.kind == "closed":
            return set()
        if day.weekday() not in self.weekdays:
            return set()
        if exception and exception.hour_to > exception.hour_from:
            return {exception.hour_from}
        return {w.hour_from for w in self.windows if w.weekday == day.weekday()}

    def accepted(self):
        """Moment and day on which the order is accepted."""
        now = self.ready
        while now <= self.end:
            here = self.local(now)
            hour = here.hour + here.minute / 60
            if self.works(here.date()) and hour <= self.terms["cutoff_hour"]:
                return now, here.date()
            now += QUARTER
        return None, None

    def packed(self, accepted):
        day, left = accepted, self.terms["lead_days"]
        while left:
            day += timedelta(days=1)
            left -= self.works(day)
            if day > accepted + timedelta(days=800):
                return None
        return day


def _brute_force(ready, windows, exceptions, weekdays, terms):
    story = _Story(ready, windows, exceptions, weekdays, terms)
    now, accepted = story.accepted()
    packed = accepted and story.packed(accepted)
    if not packed:
        return None
    horizon = story.local(ready).date() + timedelta(days=91)
    while now <= story.end:
        here = story.local(now)
        hour, day = here.hour + here.minute / 60, here.date()
        if day > horizon:
            return None
        at_cutoff = not terms["lead_days"] and hour >= terms["cutoff_hour"]
        if (day > packed or at_cutoff) and hour in story.starts(day):
            return now
        now += QUARTER
    return None


def _random_case(rnd):
    windows = []
    for weekday in rnd.sample(range(7), rnd.randint(0, 6)):
        start = rnd.choice((6, 7.25, 8, 9.5))
        windows.append(Window(weekday, start, start + 2, weekday))
        if rnd.random() < 0.5:
            windows.append(Window(weekday, start + 4, start + 6.5, 10 + weekday))
    first = date(2026, rnd.choice((2, 3, 9, 10, 12)), rnd.randint(1, 28))
    exceptions = [
        ExceptionDay(first + timedelta(days=offset), "closed", "closed")
        if rnd.random() < 0.7
        else ExceptionDay(first + timedelta(days=offset), "open", "", 10, 12)
        for offset in rnd.sample(range(30), rnd.randint(0, 12))
    ]
    weekdays = tuple(rnd.sample(range(7), rnd.choice((0, 0, 1, 2, 5))))
    terms = {
        "tz": rnd.choice(
            ("Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
        ),
        "lead_days": rnd.choice((0, 0, 1, 1, 2, 3, 7)),
        "cutoff_hour": rnd.choice((8, 10.5, 12, 16.75)),
        "work_weekdays": tuple(rnd.sample(range(7), rnd.choice((1, 5, 5, 6, 7)))),
    }
    ready = datetime.combine(first, datetime.min.time()) + timedelta(
        minutes=15 * rnd.randint(0, 95)
    )
    return ready, windows, exceptions, weekdays, terms


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_brute_force(seed):
    rnd = random.Random(seed)
    for _case in range(10):
        ready, windows, exceptions, weekdays, terms = _random_case(rnd)
        facts = (ready, windows, exceptions, weekdays)
        answer = rules.first_slot(*facts, **terms)
        expected = _brute_force(*facts, terms)
        assert (answer.start if answer else None) == expected, facts + (terms,)
        if answer:
            _check_properties(answer, facts, terms)


def _check_properties(slot, facts, terms):
    ready, _windows, exceptions, weekdays = facts
    assert ready <= slot.cutoff_at <= slot.start < slot.end
    assert slot.day.weekday() in (weekdays or range(7))
    closed = {e.day for e in exceptions if e.kind == "closed"}
    assert slot.day not in closed
    # ordered at the cut-off it is the same slot, a minute later it is lost
    _ready, *rest = facts
    at_cutoff = rules.slots(slot.cutoff_at, *rest, **terms)
    after = rules.slots(slot.cutoff_at + timedelta(minutes=1), *rest, **terms)
    assert slot.start in {s.start for s in at_cutoff}
    assert slot.start not in {s.start for s in after}


@pytest.mark.parametrize(
    ("active", "owner", "expected"),
    [(True, None, True), (True, 1, True), (True, 2, False), (False, None, False)],
)
def test_a_plan_serves_its_company_or_everybody(active, owner, expected):
    plan = rules.Plan(
        tz="Europe/London",
        lead_days=1,
        cutoff_hour=12.0,
        work_weekdays=(0, 1, 2, 3, 4),
        active=active,
        company_id=owner,
    )
    assert plan.serves(1) is expected


# -- a receiver by another clock ---------------------------------------------------

YORK = {**LONDON, "receiver_tz": "America/New_York"}


def wednesday(**terms):
    answers = rules.days(utc("2026-11-23 09:47"), VAN, **YORK, **terms)
    return next(answer for answer in answers if answer.day == date(2026, 11, 25))


def test_hours_of_a_receiver_are_those_of_his_clock():
    # 8-12 in London is 3-7 in New York, 12-16 is 7-11: only 9-11 is taken in there.
    answer = wednesday(receiver_hours=(9.0, 17.0))
    assert [(s.start, s.end) for s in answer.slots] == [
        (utc("2026-11-25 14:00"), utc("2026-11-25 16:00"))
    ]
    assert reasons(answer) == ["receiver_hours"]
    # By London's clock it is cut to whole frames again.
    same = next(
        rules.days(utc("2026-11-25 07:00"), VAN, receiver_hours=(9.0, 17.0), **LONDON)
    )
    assert [reason.hours for reason in same.reasons] == [(9.0, 12), (12, 16)]


def test_days_of_a_receiver_are_those_of_his_clock():
    night = [rules.Window(2, 1, 3)]
    # Wednesday 1-3 in London is Tuesday evening in New York.
    for days, closed, slots in (
        ((1,), (), 1),
        ((2,), (), 0),
        ((), (rules.Closure(date(2026, 11, 24), date(2026, 11, 24)),), 0),
        ((), (rules.Closure(date(2026, 11, 25), date(2026, 11, 25)),), 1),
    ):
        answers = rules.days(
            utc("2026-11-20 09:47"), night, (), days, receiver_closed=closed, **YORK
        )
        found = next(a for a in answers if a.day == date(2026, 11, 25))
        assert len(found.slots) == slots, (days, closed)


def test_a_window_over_the_receivers_midnight_without_hours_stays_whole():
    late = [rules.Window(2, 3, 7)]
    answers = rules.days(utc("2026-11-20 09:47"), late, **YORK)
    slot = next(a for a in answers if a.day == date(2026, 11, 25)).slots[0]
    assert (slot.start, slot.end) == (utc("2026-11-25 03:00"), utc("2026-11-25 07:00"))
