"""What counts as unusual, without Odoo and without a database."""

import pytest

from tests.support.rules import load_rules

unusual = load_rules("b2b_approval", "unusual")
LIMITS = unusual.Limits(factor=5, desk_factor=20, minimum=3)


@pytest.mark.parametrize(
    ("typed", "usual", "grade"),
    [
        (60, 12, unusual.FINE),
        (61, 12, unusual.CONFIRM),
        (240, 12, unusual.CONFIRM),
        (241, 12, unusual.DESK),
        (0.3 * 5, 0.3, unusual.FINE),
        (10_000, 0, unusual.FINE),
        (-500, 12, unusual.FINE),
    ],
)
def test_grade(typed, usual, grade):
    assert unusual.grade(typed, usual, LIMITS) == grade


def test_the_second_threshold_is_never_below_the_first():
    odd = unusual.Limits(factor=5, desk_factor=2)
    assert unusual.grade(12 * 3, 12, odd) == unusual.FINE
    assert unusual.grade(12 * 6, 12, odd) == unusual.DESK


@pytest.mark.parametrize(
    ("own", "everybody", "expected"),
    [
        ((3, 12), (50, 80), (12, True)),
        ((2, 12), (50, 80), (80, False)),
        ((0, 0), (2, 80), (0.0, False)),
        ((0, 0), (3, 80), (80, False)),
    ],
)
def test_own_figures_come_first(own, everybody, expected):
    known = (unusual.Known(*own), unusual.Known(*everybody))
    assert unusual.usual(*known, minimum=3) == expected


def line(product, quantity, kind="goods", unit=1, price=10.0):
    return [product, unit, kind, quantity, price]


def test_same_lines_whatever_their_order_price_and_delivery():
    mine = [line(1, 6), line(2, 4), line(9, 1, "delivery")]
    earlier = [
        ("S1", [line(1, 6)]),
        ("S2", [line(2, 4, price=8.0), line(1, 2), line(1, 4)]),
    ]
    assert unusual.same_as(mine, earlier) == "S2"


@pytest.mark.parametrize(
    "other", [[line(1, 7)], [line(1, 6, unit=2)], [line(1, 6), line(2, 1)], [], None]
)
def test_other_lines_are_another_order(other):
    assert unusual.same_as([line(1, 6)], [("S1", other)]) is None


def test_an_order_of_fees_repeats_nothing():
    fee = [line(9, 1, "delivery")]
    assert unusual.same_as(fee, [("S1", fee)]) is None
