"""Amounts as people type them."""

import pytest

from tests.support.rules import load_rules

amounts = load_rules("b2b_party", "amounts")


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
    assert amounts.amount(text, "£") == amount


@pytest.mark.parametrize(
    "text",
    [
        "-1",
        "1e12",
        "nan",
        "inf",
        "many",
        "9999999999",
        "1,23,456",
        "1.2.3",
        "0.001",
        "٣",
        "$5",
    ],
)
def test_what_is_no_amount(text):
    assert amounts.amount(text, "£") is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, ""),
        (1500, "1500"),
        (0.5, "0.5"),
        (1234567.25, "1234567.25"),
        (2e6, "2000000"),
    ],
)
def test_what_stands_in_the_field_is_read_as_the_same(number, text):
    assert amounts.typed(number) == text
    assert amounts.amount(text) == number
