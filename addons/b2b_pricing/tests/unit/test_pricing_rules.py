"""Plain pytest of quantities, agreements, breaks and place of supply."""

from datetime import date

import pytest

from tests.support.rules import load_rules

quantity = load_rules("b2b_pricing", "quantity")
agreement = load_rules("b2b_pricing", "agreement")
breaks = load_rules("b2b_pricing", "breaks")
place = load_rules("b2b_party", "place_of_supply")


@pytest.mark.parametrize(
    ("typed", "rule", "corrected", "code"),
    [
        (14, (0, 10, 0), 20, "multiple"),
        (20, (0, 10, 0), 20, None),
        (1, (12, 1, 0), 12, "minimum"),
        (13, (12, 12, 0), 24, "multiple"),
        # The minimum itself is rounded up to full packs.
        (1, (10, 4, 0), 12, "minimum"),
        (50, (0, 1, 36), 36, "maximum"),
        # The maximum is rounded down: never more than allowed.
        (50, (0, 10, 36), 30, "maximum"),
        (35, (0, 10, 36), 30, "maximum"),
        (2.5, (0, 1, 0), 3, "multiple"),
        (2.5, (0, 0, 0), 2.5, None),
        (0.3, (0, 0.1, 0), 0.3, None),
        (0.35, (0, 0.1, 0), 0.4, "multiple"),
        (0, (12, 12, 0), 0, None),
        (-3, (12, 12, 0), -3, None),
        (1e9, (0, 12, 0), 1000000008, "multiple"),
    ],
)
def test_correct_quantity(typed, rule, corrected, code):
    found, note = quantity.correct_quantity(typed, *rule)
    assert found == corrected
    assert (note.code if note else None) == code


def test_corrected_quantities_stay_as_they_are():
    for low in (0, 3, 12):
        for step in (0, 0.5, 1, 7, 12):
            for typed in range(1, 60):
                first, _note = quantity.correct_quantity(typed, low, step, 0)
                assert quantity.correct_quantity(first, low, step, 0) == (first, None)
                assert first >= typed


def test_large_corrections_ask():
    assert quantity.correct_quantity(14, 0, 20)[1].ask is False
    assert quantity.correct_quantity(13, 0, 20)[1].ask is True
    assert quantity.correct_quantity(50, 0, 1, 20)[1].ask is False


@pytest.mark.parametrize(
    ("rule", "first", "step"),
    [
        ((0, 1, 0), 1, 1),
        ((0, 12, 0), 12, 12),
        ((10, 4, 0), 12, 4),
        ((0, 0, 0), 1, 1),
        ((0.5, 0, 0), 0.5, 1),
    ],
)
def test_first_orderable_quantity(rule, first, step):
    found = quantity.QuantityRule(*rule)
    assert (found.first, found.step) == (first, step)


def test_valid_on_includes_both_ends():
    start, end = date(2026, 1, 1), date(2026, 1, 31)
    assert agreement.is_valid_on(start, start, end)
    assert agreement.is_valid_on(end, start, end)
    assert not agreement.is_valid_on(date(2026, 2, 1), start, end)
    assert not agreement.is_valid_on(date(2025, 12, 31), start, end)
    assert agreement.is_valid_on(date(1990, 1, 1), None, None)


def test_overlap():
    january = (date(2026, 1, 1), date(2026, 1, 31))
    assert agreement.overlap(january, (date(2026, 1, 31), None))
    assert agreement.overlap(january, (None, None))
    assert not agreement.overlap(january, (date(2026, 2, 1), None))
    assert not agreement.overlap((date(2026, 2, 1), None), january)


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ([], None),
        ([("a", True, False)], "a"),
        ([("a", True, False), ("b", True, False)], None),
        ([("a", True, False), ("b", True, True)], "b"),
        # The party's own default goes before that of its group.
        ([("group", False, True), ("own", True, True)], "own"),
        ([("group", False, True), ("own", True, False)], "group"),
    ],
)
def test_choose_default(candidates, chosen):
    assert agreement.choose_default(candidates) == chosen


def test_breaks_below_the_first_quantity_are_not_shown():
    prices = [(1, 12.75), (10, 10.95), (50, 9.90)]
    assert breaks.visible_breaks(prices, 1) == prices
    assert breaks.visible_breaks([*prices, (12, 10.95)], 12) == [
        (12, 10.95),
        (50, 9.90),
    ]


def test_breaks_above_the_largest_quantity_are_not_shown():
    prices = [(1, 12.75), (10, 10.95), (50, 9.90)]
    assert breaks.visible_breaks(prices, 1, 48) == prices[:2]
    assert breaks.visible_breaks(prices, 1, 50) == prices


def test_equal_breaks_are_folded():
    assert breaks.visible_breaks([(10, 5.0), (1, 5.0), (20, 4.0)], 1) == [
        (1, 5.0),
        (20, 4.0),
    ]


def test_position_fits_the_place_of_supply():
    assert place.position_fits("DE")
    assert place.position_fits("DE", "DE")
    assert not place.position_fits("FR", "DE")
    assert place.position_fits("FR", None, ("DE", "FR"))
    assert not place.position_fits("CH", None, ("DE", "FR"))
    assert not place.position_fits(None, "DE")
