"""What a customer's administrator types about a budget."""

from datetime import date

import pytest

from tests.support.rules import load_rules

keeping = load_rules("b2b_budget", "keeping")


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
