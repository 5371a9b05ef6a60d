"""Cases computed by hand, each with the reasoning. November 23rd 2026 is a Monday."""

from datetime import date, datetime

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_delivery", "slot")
Window, ExceptionDay, Closure = rules.Window, rules.ExceptionDay, rules.Closure

# Monday to Thursday 8-12 and 12-16, Friday 8-12; a day to pack, noon, London.
VAN = [
    Window(day, hour, hour + 4)
    for day in range(5)
    for hour in (8, 12)
    if (day, hour) != (4, 12)
]
TERMS = {"tz": "Europe/London", "lead_days": 1, "cutoff_hour": 12.0}
WEEK = {"transit_weekdays": range(5)}


def nov(*days):
    return Closure(date(2026, 11, days[0]), date(2026, 11, days[-1]), "closed")


def first(ordered, **terms):
    facts = {"windows": VAN, "exceptions": (), **TERMS, **terms}
    windows, exceptions = facts.pop("windows"), facts.pop("exceptions")
    at = datetime.strptime(ordered, "%Y-%m-%d %H:%M")
    return rules.first_slot(at, windows, exceptions, **facts)


CASES = [
    # -- cut-off and packing
    # 1 before noon: accepted Monday, packed Tuesday, there Wednesday
    ("2026-11-23 09:47", {}, "2026-11-25 08:00"),
    # 2 the cut-off itself is in time
    ("2026-11-23 12:00", {}, "2026-11-25 08:00"),
    # 3 a minute later counts as Tuesday: packed Wednesday, there Thursday
    ("2026-11-23 12:01", {}, "2026-11-26 08:00"),
    # 4 Friday after noon counts as Monday: packed Tuesday 1 Dec, there Wednesday
    ("2026-11-27 12:01", {}, "2026-12-02 08:00"),
    # 5 so does the last minute of Sunday
    ("2026-11-29 23:59", {}, "2026-12-02 08:00"),
    # 6 no lead: packed at noon, the frame that starts at noon is the first
    ("2026-11-23 09:47", {"lead_days": 0}, "2026-11-23 12:00"),
    # 7 no lead, too late for today; Tuesday 8:00 had to be packed on Monday noon too
    ("2026-11-23 12:01", {"lead_days": 0}, "2026-11-24 12:00"),
    # 8 three days: Tuesday, Wednesday, Thursday; there Friday
    ("2026-11-23 09:00", {"lead_days": 3}, "2026-11-27 08:00"),
    # 9 five days: Tuesday to Friday and Monday; there Tuesday
    ("2026-11-23 09:00", {"lead_days": 5}, "2026-12-01 08:00"),
    # 10 sixty working days are twelve weeks: packed until Monday 15 Feb
    ("2026-11-23 09:00", {"lead_days": 60}, "2027-02-16 08:00"),
    # -- exceptions of the schedule
    # 11 Wednesday closed: packed Tuesday, the next frame is on Thursday
    (
        "2026-11-23 09:47",
        {"exceptions": [ExceptionDay(date(2026, 11, 25), "closed")]},
        "2026-11-26 08:00",
    ),
    # 12 Tuesday closed: packed Wednesday, there Thursday
    (
        "2026-11-23 09:47",
        {"exceptions": [ExceptionDay(date(2026, 11, 24), "closed")]},
        "2026-11-26 08:00",
    ),
    # 13 Monday itself closed: accepted Tuesday, packed Wednesday, there Thursday
    (
        "2026-11-23 09:47",
        {"exceptions": [ExceptionDay(date(2026, 11, 23), "closed")]},
        "2026-11-26 08:00",
    ),
    # 14 Saturday opened 10-12: accepted Thursday, packed Friday, there Saturday
    (
        "2026-11-25 12:01",
        {"exceptions": [ExceptionDay(date(2026, 11, 28), "open", "", 10, 12)]},
        "2026-11-28 10:00",
    ),
    # -- closed days of the warehouse
    # 15 packed Tuesday; the van stays in on Wednesday, so Thursday
    ("2026-11-23 09:47", {"warehouse_closed": [nov(25)]}, "2026-11-26 08:00"),
    # 16 Tuesday and Wednesday closed: packed Thursday, there Friday
    ("2026-11-23 09:47", {"warehouse_closed": [nov(24, 25)]}, "2026-11-27 08:00"),
    # 17 closed until spring: past the horizon, Monday 22 Feb
    (
        "2026-11-23 09:47",
        {"warehouse_closed": [Closure(date(2026, 11, 23), date(2027, 3, 31))]},
        None,
    ),
    # -- transit
    # 18 packed Tuesday, leaves Wednesday, a day on the way: Thursday
    ("2026-11-23 09:47", {"transit_days": 1, **WEEK}, "2026-11-26 08:00"),
    # 19 Wednesday: packed Thursday, leaves Friday, on the way Monday and Tuesday
    ("2026-11-25 09:00", {"transit_days": 2, **WEEK}, "2026-12-01 08:00"),
    # 20 leaves Wednesday; that the warehouse is closed on Thursday is no matter
    (
        "2026-11-23 09:47",
        {"transit_days": 1, **WEEK, "warehouse_closed": [nov(26)]},
        "2026-11-26 08:00",
    ),
    # 21 cannot leave on Wednesday: leaves Thursday, there Friday
    (
        "2026-11-23 09:47",
        {"transit_days": 1, **WEEK, "warehouse_closed": [nov(25)]},
        "2026-11-27 08:00",
    ),
    # 22 a carrier of Tuesdays and Thursdays: packed Tuesday, leaves Thursday, and
    # its next day is Tuesday
    (
        "2026-11-23 09:47",
        {"transit_days": 1, "transit_weekdays": (1, 3)},
        "2026-12-01 08:00",
    ),
    # 23 the same one within a day: leaves and arrives on Thursday
    (
        "2026-11-23 09:47",
        {"transit_days": 0, "transit_weekdays": (1, 3)},
        "2026-11-26 08:00",
    ),
    # 24 no lead: packed and gone on Monday noon, there Tuesday morning
    (
        "2026-11-23 09:47",
        {"lead_days": 0, "transit_days": 1, **WEEK},
        "2026-11-24 08:00",
    ),
    # 25 leaves Wednesday; Thursday is a holiday there and no day of transit: Friday
    (
        "2026-11-23 09:47",
        {
            "transit_days": 1,
            **WEEK,
            "transit_closed": [nov(26)],
            "receiver_closed": [nov(26)],
        },
        "2026-11-27 08:00",
    ),
    # 26 nobody knows how long the way is: ask us
    ("2026-11-23 09:47", {"transit_days": None}, None),
    # 27 packed until 15 Feb, leaves the 16th, ten days later it is 2 March: too far
    ("2026-11-23 09:00", {"lead_days": 60, "transit_days": 10, **WEEK}, None),
    # -- the receiver
    # 28 Mondays and Fridays only
    ("2026-11-23 09:47", {"weekdays": (0, 4)}, "2026-11-27 08:00"),
    # 29 from 10 to 14: the frame 8-12 of Wednesday begins at 10
    ("2026-11-23 09:47", {"receiver_hours": (10.0, 14.0)}, "2026-11-25 10:00"),
    # 30 from 13 to 15: 8-12 is of no use, 12-16 begins at 13
    ("2026-11-23 09:47", {"receiver_hours": (13.0, 15.0)}, "2026-11-25 13:00"),
    # 31 closed on Wednesday and Thursday
    ("2026-11-23 09:47", {"receiver_closed": [nov(25, 26)]}, "2026-11-27 08:00"),
    # 32 weekends only, and no frame on them
    ("2026-11-23 09:47", {"weekdays": (5, 6)}, None),
    # 33 no frame at all
    ("2026-11-23 09:47", {"windows": []}, None),
    # -- zones and clocks
    # 34 Berlin in summer: 10:00 UTC is noon, in time; Friday 8:00 is 6:00 UTC
    ("2026-07-01 10:00", {"tz": "Europe/Berlin"}, "2026-07-03 06:00"),
    # 35 a minute later: accepted Thursday, packed Friday, Monday 6 July
    ("2026-07-01 10:01", {"tz": "Europe/Berlin"}, "2026-07-06 06:00"),
    # 36 New York, Friday 11:59 EDT; packed Monday; the clock went back on Sunday, so
    # Tuesday 8:00 EST is 13:00 UTC
    ("2026-10-30 15:59", {"tz": "America/New_York"}, "2026-11-03 13:00"),
    # 37 London, Friday noon GMT; the clock goes forward on Sunday: Tuesday 8:00 BST
    ("2026-03-27 12:00", {}, "2026-03-31 07:00"),
    # 38 Auckland is a day ahead: Sunday 20:00 UTC is Monday 9:00; packed Tuesday,
    # Wednesday 8:00 there is Tuesday 19:00 UTC
    ("2026-11-22 20:00", {"tz": "Pacific/Auckland"}, "2026-11-24 19:00"),
]


@pytest.mark.parametrize(
    ("ordered", "terms", "expected"),
    CASES,
    ids=[str(number) for number, _case in enumerate(CASES, start=1)],
)
def test_case(ordered, terms, expected):
    slot = first(ordered, **terms)
    found = slot.start.strftime("%Y-%m-%d %H:%M") if slot else None
    assert found == expected


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"warehouse_closed": [nov(26)]}, "warehouse"),
        ({"receiver_closed": [nov(26)]}, "receiver_closed"),
        ({"receiver_hours": (17.0, 18.0)}, "receiver_hours"),
        ({"transit_weekdays": (1,)}, "carrier"),
        ({"transit_days": None}, "zone"),
    ],
)
def test_a_refused_day_says_why(terms, code):
    ready = datetime(2026, 11, 23, 9, 47)
    days = rules.days(ready, VAN, **TERMS, **terms)
    (thursday,) = (day for day in days if day.day == date(2026, 11, 26))
    assert not thursday.slots
    assert {reason.code for reason in thursday.reasons} == {code}


def test_a_closed_warehouse_counts_before_an_open_day_of_the_schedule():
    saturday = ExceptionDay(date(2026, 11, 28), "open", "", 10, 12)
    slot = first("2026-11-25 12:01", exceptions=[saturday], warehouse_closed=[nov(28)])
    assert slot.day == date(2026, 11, 30)


def test_a_frame_cut_to_the_receivers_hours_ends_with_them():
    slot = first("2026-11-23 09:47", receiver_hours=(10.0, 11.5))
    assert (slot.start, slot.end) == (
        datetime(2026, 11, 25, 10),
        datetime(2026, 11, 25, 11, 30),
    )
