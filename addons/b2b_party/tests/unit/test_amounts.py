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
        ("5000000000", 5000000000),
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
        "1000000000000",
        "1,23,456",
        "1,500,00",
        "1.234.56",
        "1234.567",
        "1.234,567",
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


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.500", 1.5), ("0.125", 0.125), ("1,500", 1500), ("1 500.125", 1500.125)],
)
def test_a_currency_of_three_decimals(text, amount):
    assert amounts.amount(text, decimals=3) == amount
    assert amounts.amount(amounts.typed(amount, 3), decimals=3) == amount


def test_above_what_is_meant():
    assert amounts.amount("1000", most=999) is None
