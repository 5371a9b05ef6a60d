"""Periods of a budget, without Odoo and without a database."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.rules import load_rules

periods = load_rules("b2b_budget", "periods")


@pytest.mark.parametrize(
    ("kind", "day", "start", "end"),
    [
        ("week", date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22)),
        ("week", date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 29)),
        # week 53 of 2026 reaches into the next year
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        ("year", date(2026, 7, 4), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_period_of_a_day(kind, day, start, end):
    period = periods.period_of(day, kind)
    assert (period.start, period.end) == (start, end)
    assert day in period


@pytest.mark.parametrize("kind", ["week", "month", "quarter", "year"])
def test_every_day_belongs_to_exactly_one_period(kind):
    day, period = date(2024, 1, 1), periods.period_of(date(2024, 1, 1), kind)
    while day < date(2029, 1, 1):
        following = periods.period_of(day, kind)
        if following != period:
            assert following.start == period.end + timedelta(days=1) == day
        period = following
        assert day in period
        day += timedelta(days=1)


def test_one_off_period():
    first, last = date(2026, 11, 10), date(2026, 11, 20)
    for day in (first, last):
        assert periods.period_of(day, "one_off", first, last).start == first
    assert periods.period_of(date(2026, 11, 9), "one_off", first, last) is None
    assert periods.period_of(date(2026, 11, 21), "one_off", first, last) is None
    endless = periods.period_of(date(2050, 1, 1), "one_off", first, None)
    assert endless.end is None and endless.days is None
    assert periods.period_of(first, "one_off") is None


def test_the_zone_decides_the_day():
    late = datetime(2026, 1, 31, 23, 30)
    assert periods.local_date(late, ZoneInfo("Europe/London")) == date(2026, 1, 31)
    assert periods.local_date(late, ZoneInfo("Europe/Kyiv")) == date(2026, 2, 1)
    # summer time: the day begins an hour earlier in UTC
    night = datetime(2026, 6, 30, 22, 30)
    assert periods.local_date(night, ZoneInfo("Europe/Zurich")) == date(2026, 7, 1)
    night = datetime(2026, 11, 30, 22, 30)
    assert periods.local_date(night, ZoneInfo("Europe/Zurich")) == date(2026, 11, 30)


def test_no_zone_is_further_ahead_than_the_margin():
    noon = datetime(2026, 7, 1)
    ahead = ZoneInfo("Pacific/Kiritimati").utcoffset(noon)
    assert ahead <= periods.LARGEST_OFFSET


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="fortnight"):
        periods.period_of(date(2026, 1, 1), "fortnight")
