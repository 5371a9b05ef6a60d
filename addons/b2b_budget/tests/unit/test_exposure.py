"""Limits of a day, the figures of an account, what of a line is still open."""

from datetime import date, timedelta

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_budget", "exposure")
DAY = date(2026, 11, 22)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
Line = rules.LimitLine


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], None),
        ([Line(100)], 100),
        ([Line(0)], 0),
        ([Line(100), Line(40, DAY, DAY)], 140),
        ([Line(100, None, BEFORE)], 0),
        ([Line(100, None, BEFORE), Line(30, DAY)], 30),
        ([Line(100, AFTER)], None),
        ([Line(100, AFTER), Line(7)], 7),
    ],
)
def test_limit_of_a_day(lines, expected):
    assert rules.limit_on(lines, DAY) == expected


def exposure(**values):
    base = {
        "limit": 1000.0,
        "posted": 300.0,
        "drafted": 50.0,
        "confirmed": 200.0,
        "waiting": 100.0,
    }
    return rules.Exposure(**base | values)


def test_sums():
    found = exposure()
    assert (found.used, found.total, found.available) == (550, 650, 350)
    assert found.room == 650
    assert found.percent == 65


def test_what_is_paid_in_advance_adds_to_the_limit():
    found = exposure(posted=-200.0)
    assert found.available == 850
    assert exposure(posted=-900.0).percent == 0


def test_own_booking_does_not_count_twice():
    found = exposure().without(150.0, 100.0)
    assert found.total == 400
    assert found.available == 600


@pytest.mark.parametrize(
    ("limit", "amount", "over"),
    [
        (1000.0, 350.0, 0),
        (1000.0, 350.01, 0.01),
        (1000.0, 0.0, 0),
        (1000.0, -20.0, 0),
        (None, 9999.0, 0),
        (0.0, 1.0, 651.0),
        # Already above, by a release: an order that takes no credit still fits.
        (500.0, 0.0, 0),
        (500.0, 10.0, 160.0),
    ],
)
def test_over(limit, amount, over):
    cents = lambda value: round(value, 2)  # noqa: E731
    assert exposure(limit=limit).over(amount, cents) == pytest.approx(over)


def test_no_limit_is_not_a_limit_of_zero():
    unchecked, prepaid = exposure(limit=None), exposure(limit=0.0)
    assert (unchecked.is_checked, unchecked.prepaid_only) == (False, False)
    assert (prepaid.is_checked, prepaid.prepaid_only) == (True, True)
    assert (unchecked.percent, prepaid.percent) == (0, 100)
    assert rules.Exposure(limit=0.0).percent == 0


@pytest.mark.parametrize(
    ("late", "unused", "ignored", "expected"),
    [
        (100.0, 0.0, 0.0, True),
        (100.0, 0.0, 100.0, False),
        (100.01, 0.0, 100.0, True),
        # A payment that is not yet allocated settles the oldest first.
        (100.0, 100.0, 0.0, False),
        (100.0, 40.0, 60.0, False),
        (100.0, 40.0, 59.0, True),
        (0.0, 0.0, 0.0, False),
    ],
)
def test_overdue_above_what_is_ignored(late, unused, ignored, expected):
    found = exposure(late=late, unused=unused)
    assert rules.is_late(found, ignored) is expected


@pytest.mark.parametrize(
    ("ordered", "delivered", "returned", "invoiced", "open_"),
    [
        (10, 0, 0, 0, 10),
        (10, 4, 0, 4, 6),
        (10, 10, 0, 10, 0),
        (10, 12, 0, 10, 2),  # delivered beyond the order
        (0, 3, 0, 0, 3),  # an article that nobody ordered
        (10, 7, 3, 0, 7),  # three came back before an invoice
        (10, 10, 3, 0, 10),  # and were delivered again
        (10, 7, 3, 10, 0),  # came back after the invoice: the credit note counts
        (4, 0, 0, 10, 0),  # reduced after it was invoiced
        (-1, 0, 0, 0, -1),  # a discount line
        (-1, -1, 0, -1, 0),
        (-2, 0, 0, -1, -1),
    ],
)
def test_open_quantity(ordered, delivered, returned, invoiced, open_):
    found = rules.open_quantity(ordered, delivered, returned, invoiced)
    assert found == open_


@pytest.mark.parametrize(
    ("percent", "share"), [(0, 200), (30, 140), (100, 0), (130, 0), (-5, 200)]
)
def test_prepaid_share_takes_no_credit(percent, share):
    assert rules.credit_share(200.0, percent) == pytest.approx(share)


@pytest.mark.parametrize(
    ("limit", "posted", "status"),
    [
        (None, 900.0, "unchecked"),
        (0.0, 0.0, "prepaid"),
        (0.0, 1.0, "over"),
        (100.0, 79.0, "fits"),
        (100.0, 80.0, "nearly"),
        (100.0, 100.0, "nearly"),
        (100.0, 100.5, "over"),
    ],
)
def test_status(limit, posted, status):
    found = rules.Exposure(limit=limit, posted=posted)
    assert rules.status_of(found, found.is_checked and found.available < 0) == status
