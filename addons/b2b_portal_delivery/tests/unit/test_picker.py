"""Arrangement of the slot picker."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace as Value

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_portal_delivery", "picker")
slot_rules = load_rules("b2b_delivery", "slot")

MONDAY = date(2026, 11, 23)


def slot(day, hour, until):
    start = datetime.combine(day, datetime.min.time())
    return Value(
        start=start + timedelta(hours=hour), end=start + timedelta(hours=until)
    )


def day(offset, *hours, reasons=()):
    when = MONDAY + timedelta(days=offset)
    return Value(
        day=when, slots=tuple(slot(when, *frame) for frame in hours), reasons=reasons
    )


def reason(code, hours=None):
    return Value(code=code, hours=hours)


def same(moment):
    return moment


def test_the_clock_of_another_zone():
    at = datetime(2026, 11, 25, 9)
    found = slot_rules.Slot(at, at + timedelta(hours=2), None, at, at.date())
    said = (
        slot_rules.Reason(at.date(), "cutoff", hours=(2, 4)),
        slot_rules.Reason(at.date(), "closed"),
    )
    answer = slot_rules.Day(at.date(), (found,), said)
    before, same_day = rules.in_zone(answer, "Europe/London", "America/New_York")
    assert (before.day, before.slots) == (date(2026, 11, 24), ())
    assert before.reasons == (
        slot_rules.Reason(date(2026, 11, 24), "cutoff", hours=(21, 23)),
    )
    assert (same_day.day, same_day.slots) == (at.date(), (found,))
    assert same_day.reasons == said[1:]
    # Half an hour more than whole ones, over midnight.
    (late,) = rules.in_zone(
        slot_rules.Day(at.date(), (), said[:1]), "Europe/London", "Asia/Kolkata"
    )
    assert late.reasons[0].hours == (7.5, 9.5)


def test_days_across_and_frames_down():
    found = rules.picker(
        [
            day(0, reasons=(reason("cutoff", (8, 12)), reason("cutoff", (12, 16)))),
            day(1, (12, 16), reasons=(reason("cutoff", (8, 12)),)),
            day(2, (8, 12), (12, 16)),
            day(3, reasons=(reason("no_frame"),)),
            day(4, reasons=(reason("closed"),)),
            day(5, reasons=(reason("no_frame"),)),
            day(6, reasons=(reason("no_frame"),)),
            day(7, (8, 12)),
        ],
        same,
    )
    assert [d.day for d in found.days] == [23, 24, 25, 26, 27, 30]
    assert found.hours == ((8, 12), (12, 16))
    words = [[c.slot and "free" or c.word for c in row] for row in found.rows]
    assert words == [
        ["cutoff", "cutoff", "free", "no_frame", "closed", "free"],
        ["cutoff", "free", "free", "no_frame", "closed", "no_frame"],
    ]
    assert found.first.start == datetime(2026, 11, 24, 12)
    assert found


def test_weekends_with_a_frame_are_shown():
    found = rules.picker([day(5, (8, 12))], same)
    assert [d.day for d in found.days] == [28]


def test_what_comes_late_is_shown_with_the_days_before_it():
    late = [day(n, reasons=(reason("cutoff", (8, 12)),)) for n in range(11)]
    found = rules.picker([*late, *(day(n, (8, 12)) for n in range(11, 30))], same)
    # The first one is Friday 4 December.
    assert [d.day for d in found.days] == [2, 3, 4, 5, 6, 7]
    assert found.first.start == datetime(2026, 12, 4, 8)
    soon = rules.picker([*late[:3], day(3, (8, 12)), *late[4:]], same)
    assert soon.days[0] == MONDAY


def test_nothing_can_be_had():
    found = rules.picker([day(0, reasons=(reason("closed"),))], same)
    assert not found
    assert found.first is None
    assert not rules.picker([], same)


def test_a_frame_over_midnight():
    late = slot(MONDAY, 22, 26)
    found = rules.picker([Value(day=MONDAY, slots=(late,), reasons=())], same)
    assert found.hours == ((22, 26),)


@pytest.mark.parametrize("hour, text", [(8, "8"), (8.5, "8:30"), (16.25, "16:15")])
def test_hours(hour, text):
    assert rules.hour_text(hour) == text


@pytest.mark.parametrize(
    "minutes, left",
    [(133, (0, 2, 13)), (1441, (1, 0, 1)), (0, (0, 0, 1)), (-5, None)],
)
def test_time_left(minutes, left):
    now = datetime(2026, 11, 23, 9, 47)
    assert rules.time_left(now, now + timedelta(minutes=minutes)) == left


@pytest.mark.parametrize(
    "second, left",
    [(-1, (0, 0, 1)), (0, (0, 0, 1)), (59, (0, 0, 1)), (60, None)],
)
def test_the_minute_of_the_cutoff_is_the_last_one(second, left):
    until = datetime(2026, 11, 23, 12)
    assert rules.time_left(until + timedelta(seconds=second), until) == left


@pytest.mark.parametrize(
    "text, start",
    [
        ("2026-11-25T08:00:00", datetime(2026, 11, 25, 8)),
        ("2026-11-25", None),
        ("", None),
        (None, None),
        ("x" * 500, None),
    ],
)
def test_start_from_the_browser(text, start):
    assert rules.read_start(text) == start


def test_what_lies_behind_the_days_across():
    found = rules.picker([day(n, (8, 12)) for n in range(9)], same, columns=6)
    assert found.days[-1] == MONDAY + timedelta(days=5)
    later = [found.start.date() for found in found.later]
    assert later == [MONDAY + timedelta(days=n) for n in (6, 7, 8)]
    assert rules.picker([], same).later == ()
    # Days before the ones across are not later.
    far = [day(n, reasons=(reason("closed"),)) for n in range(15)] + [day(15, (8, 12))]
    assert rules.picker(far, same).later == ()


@pytest.mark.parametrize(
    ("form", "taken"),
    [
        ({"slot": "a", "slot_later": "b"}, {"slot": "b"}),
        ({"slot": "a", "slot_later": ""}, {"slot": "a"}),
        ({"slot_later": "b"}, {"slot": "b"}),
        ({"part_7": "a", "part_7_later": "b", "po": "x"}, {"part_7": "b", "po": "x"}),
        ({"slot": "a", "slot_later": None}, {"slot": "a"}),
        ({}, {}),
    ],
)
def test_a_later_day_takes_the_place_of_the_ones_across(form, taken):
    before = dict(form)
    assert rules.with_later(form) == taken
    assert form == before
