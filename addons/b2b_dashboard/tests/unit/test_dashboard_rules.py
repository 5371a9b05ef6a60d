"""Periods, rhythm and ages without Odoo and without a database."""

from datetime import date

import pytest

from tests.support.rules import load_rules

period = load_rules("b2b_dashboard", "period")
rhythm = load_rules("b2b_dashboard", "rhythm")


@pytest.mark.parametrize(
    ("kind", "today", "start", "before"),
    [
        ("month", "2026-11-18", "2026-11-01", ("2026-10-01", "2026-10-18")),
        ("month", "2026-01-05", "2026-01-01", ("2025-12-01", "2025-12-05")),
        ("month", "2026-03-31", "2026-03-01", ("2026-02-01", "2026-02-28")),
        ("month", "2028-03-30", "2028-03-01", ("2028-02-01", "2028-02-29")),
        ("month", "2026-11-01", "2026-11-01", ("2026-10-01", "2026-10-01")),
        ("quarter", "2026-11-18", "2026-10-01", ("2026-07-01", "2026-08-18")),
        ("quarter", "2026-02-01", "2026-01-01", ("2025-10-01", "2025-11-01")),
        ("year", "2026-11-18", "2026-01-01", ("2025-01-01", "2025-11-18")),
    ],
)
def test_running_period_and_the_same_days_before(kind, today, start, before):
    found = period.period_of(kind, date.fromisoformat(today))
    assert str(found.start) == start
    assert str(found.end) == today
    assert (str(found.before_start), str(found.before_end)) == before


def test_days_before_never_reach_into_the_running_period():
    for kind in period.MONTHS:
        for ordinal in range(
            date(2027, 1, 1).toordinal(), date(2029, 1, 1).toordinal()
        ):
            found = period.period_of(kind, date.fromordinal(ordinal))
            assert found.before_start <= found.before_end < found.start <= found.end


def test_month_starts_cross_the_year():
    found = period.month_starts(date(2026, 2, 28), 4)
    assert [str(day) for day in found] == [
        "2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01",
    ]  # fmt: skip


def test_change_needs_something_to_compare_with():
    assert period.change(5, 0) is None
    assert period.change(150, 100) == 0.5
    assert period.change(-50, -100) == 0.5  # from a net return to a smaller one


def test_rhythm():
    assert rhythm.rhythm(date(2026, 1, 1), date(2026, 1, 31), 4) == 10
    assert rhythm.rhythm(date(2026, 1, 1), date(2026, 1, 31), 2) is None
    assert rhythm.rhythm(date(2026, 1, 1), date(2026, 1, 1), 9) is None
    assert rhythm.rhythm(date(2026, 1, 1), date(2026, 1, 3), 9) == 1


@pytest.mark.parametrize(
    ("days", "silent", "sleeping"),
    [(10, 20, False), (10, 21, True), (None, 300, False)],
)
def test_sleeping_is_more_than_twice_the_rhythm(days, silent, sleeping):
    assert rhythm.is_sleeping(days, silent) is sleeping


@pytest.mark.parametrize(
    ("due", "bucket"),
    [
        (None, "not_due"),
        ("2026-11-19", "not_due"),
        ("2026-11-18", "not_due"),
        ("2026-11-17", "d30"),
        ("2026-10-19", "d30"),
        ("2026-10-18", "d60"),
        ("2026-09-19", "d60"),
        ("2026-09-18", "older"),
    ],
)
def test_age_of_an_open_item(due, bucket):
    due = due and date.fromisoformat(due)
    assert rhythm.age_bucket(due, date(2026, 11, 18)) == bucket
