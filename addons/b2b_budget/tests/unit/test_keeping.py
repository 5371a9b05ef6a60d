"""What a customer's administrator types about a budget."""

from datetime import date

import pytest

from tests.support.rules import load_rules

keeping = load_rules("b2b_budget", "keeping")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("", 0),
        (None, 0),
        ("6000", 6000),
        ("6000.5", 6000.5),
        ("6000,50", 6000.5),
        ("6,000", 6000),
        ("6.000", 6000),
        ("6 000", 6000),
        ("6'000.00", 6000),
        ("6,000.00", 6000),
        ("6.000,25", 6000.25),
        ("1,234,567.89", 1234567.89),
        ("£ 250", 250),
        ("999999999", 999999999),
    ],
)
def test_amount(text, amount):
    assert keeping.amount(text, "£") == amount


@pytest.mark.parametrize(
    "text",
    ["-1", "1e12", "nan", "inf", "many", "9999999999", "1,23,456", "1.2.3", "٣", "$5"],
)
def test_what_is_no_amount(text):
    assert keeping.amount(text, "£") is None


def test_day():
    assert keeping.day("2026-11-22") == date(2026, 11, 22)
    assert keeping.day(" ") is None
    for text in ("22.11.2026", "1999-12-31", "9999-01-01", "x"):
        with pytest.raises(ValueError, match=text[:2]):
            keeping.day(text)


def test_ids():
    assert keeping.ids(["5", "x", "-1", "99999999999", ""]) == [5, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("typed", "ceiling", "high"), [(10, 0, False), (10, 10, False), (10.01, 10, True)]
)
def test_ceiling(typed, ceiling, high):
    assert keeping.too_high(typed, ceiling) is high
