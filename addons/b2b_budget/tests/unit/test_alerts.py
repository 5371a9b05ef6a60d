"""At which shares of a budget somebody is told."""

import pytest

from tests.support.rules import load_rules

alerts = load_rules("b2b_budget", "alerts")


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("50, 80, 100", (50, 80, 100)),
        ("100;80 %,80", (80, 100)),
        ("62.5", (62.5,)),
        ("", ()),
        (None, ()),
    ],
)
def test_parse(text, percents):
    assert alerts.parse(text) == percents
    assert alerts.parse(alerts.words(percents)) == percents


@pytest.mark.parametrize("text", ["x", "0", "-5", "101", "1,2,3,4,5,6,7", "nan", "1e9"])
def test_parse_says_what_is_wrong(text):
    with pytest.raises(ValueError, match=text[:1]):
        alerts.parse(text)


@pytest.mark.parametrize(
    ("percents", "main"), [((50, 80, 100), 80), ((100,), 100), ((), 0), ((30,), 30)]
)
def test_nearly_used(percents, main):
    assert alerts.main(percents) == main


@pytest.mark.parametrize(
    ("booked", "reached"), [(49.99, []), (50, [50]), (80, [50, 80]), (300, [50, 80])]
)
def test_reached(booked, reached):
    assert alerts.reached((50, 80), 100, booked) == reached
    assert alerts.reached((50, 80), 0, booked) == []
