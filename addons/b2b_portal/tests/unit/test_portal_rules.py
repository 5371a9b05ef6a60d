"""Rules of catalog, cart and home, without Odoo and without a database."""

import datetime

import pytest

from tests.support.rules import load_rules

stock_word = load_rules("b2b_portal", "stock_word")
cart_input = load_rules("b2b_portal", "cart_input")
rhythm = load_rules("b2b_portal", "rhythm")

TODAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("free", "mask", "threshold", "level", "kind", "value"),
    [
        (None, "exact", 100, "none", "none", 0),
        (5, "hidden", 100, "none", "none", 0),
        (0, "exact", 100, "out", "out", 0),
        (-3, "exact", 100, "out", "out", 0),
        (0, "yes_no", 100, "out", "out", 0),
        (3, "yes_no", 100, "full", "in", 0),
        (100, "exact", 100, "full", "exact", 100),
        (101, "exact", 100, "full", "above", 100),
        (100.5, "exact", 100, "full", "above", 100),
        (98765, "exact", 1000, "full", "above", 1000),
        (8, "exact", 100, "half", "exact", 8),
        (8, "exact", 5, "full", "above", 5),
        (12345, "exact", 0, "full", "exact", 12345),
    ],
)
def test_stock_word(free, mask, threshold, level, kind, value):
    word = stock_word.stock_word(free, mask, threshold)
    assert (word.level, word.kind, word.value) == (level, kind, value)


def test_two_stocks_above_the_threshold_look_the_same():
    words = {stock_word.stock_word(free, "exact", 100) for free in (101, 500, 1e6)}
    assert len(words) == 1


@pytest.mark.parametrize(
    ("raw", "value"),
    [(3, 3), ("12", 12), (" 1 200 ", 1200), ("1,5", 1.5), ("1.5", 1.5), (2.0, 2)],
)
def test_quantities_that_are_read(raw, value):
    assert cart_input.read_quantity(raw) == cart_input.Quantity(value=value)


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ("abc", "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (10**400, "not_a_number"),
        (None, "not_a_number"),
        (True, "not_a_number"),
        ([], "not_a_number"),
        ({}, "not_a_number"),
        ("1e5x", "not_a_number"),
        ("1_000", "not_a_number"),
        ("١٢", "not_a_number"),
        ("9" * 60, "not_a_number"),
        (-1, "negative"),
        ("-2", "negative"),
        (1e9, "too_much"),
        ("1e9", "too_much"),
        (0, "zero"),
        ("", "zero"),
    ],
)
def test_quantities_that_are_refused(raw, error):
    assert cart_input.read_quantity(raw).error == error


def test_zero_and_decimals_by_choice():
    assert cart_input.read_quantity("0", zero_ok=True) == cart_input.Quantity()
    assert cart_input.read_quantity(2.5, whole=True).error == "not_whole"
    assert cart_input.read_quantity(2.5).value == 2.5


@pytest.mark.parametrize("raw", [5, "5", " 5 "])
def test_ids_that_are_read(raw):
    assert cart_input.read_id(raw) == 5


@pytest.mark.parametrize(
    "raw", [0, -5, "-5", 2**31, "99999999999", 5.0, True, None, "x", "", "٥", [5]]
)
def test_ids_that_are_none(raw):
    assert cart_input.read_id(raw) == 0


def test_merge_keeps_the_first_order():
    assert cart_input.merge([(2, 1), (1, 5), (2, 3)]) == [(2, 4), (1, 5)]


def days(*back):
    return [(TODAY - datetime.timedelta(days=each), 10.0 + each) for each in back]


def test_rhythm_is_the_usual_gap():
    found = rhythm.rhythm(days(14, 28, 42, 57), TODAY)
    assert (found.every, found.due_in, found.is_due) == (14, 0, True)


def test_late_and_not_yet():
    late = rhythm.rhythm(days(20, 34, 48), TODAY)
    assert (late.due_in, late.is_due, late.has_lapsed) == (-6, True, False)
    gone = rhythm.rhythm(days(80, 94, 108), TODAY)
    assert (gone.is_due, gone.has_lapsed) == (False, True)
    assert not rhythm.rhythm(days(4, 18, 32), TODAY).is_due
    assert rhythm.rhythm(days(11, 25, 39), TODAY).is_due


def test_two_orders_are_no_rhythm():
    found = rhythm.rhythm(days(14, 28), TODAY)
    assert found.every == 0 and not found.is_due
    assert found.quantity == 24.0


def test_two_orders_of_a_day_count_as_one():
    rows = days(14, 28, 42) + days(14)
    assert rhythm.rhythm(rows, TODAY).every == 14


def test_usual_quantity_was_really_ordered():
    quantities = [10.0, 20.0, 30.0, 500.0]
    week = datetime.timedelta(days=7)
    rows = [(TODAY - week * i, q) for i, q in enumerate(quantities)]
    assert rhythm.rhythm(rows, TODAY).quantity == 20.0


@pytest.mark.parametrize(
    ("every", "words"),
    [
        (1, ("day", 1)),
        (5, ("day", 5)),
        (7, ("week", 1)),
        (20, ("week", 3)),
        (28, ("month", 1)),
        (61, ("month", 2)),
    ],
)
def test_words_of_a_rhythm(every, words):
    assert rhythm.every_words(every) == words


@pytest.mark.parametrize(
    ("text", "group", "value"),
    [
        ("1,000", ",", 1000),
        ("12,500.5", ",", 12500.5),
        ("1.000", ".", 1000),
        ("1.250.000,5", ".", None),
        ("1,5", ",", 1.5),
        ("1.5", ".", 1.5),
        ("1,00", ",", 1),
        ("1 000", ",", 1000),
        ("1\u202f000", "\u202f", 1000),
        ("0,500", ",", 0.5),
    ],
)
def test_thousands_as_the_page_writes_them(text, group, value):
    read = cart_input.read_quantity(text, group=group)
    if value is None:
        assert read.error == cart_input.TOO_MUCH
    else:
        assert read == cart_input.Quantity(value=value)
