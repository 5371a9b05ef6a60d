"""One amount on several shares: every part and every sum by hand."""

import random

import pytest

from tests.support.rules import load_rules

split = load_rules("b2b_pricing", "split").split


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (10.0, [1, 1, 1], [3.34, 3.33, 3.33]),
        # 66.666.. and 33.333..: the first lost 0.666 of a cent
        (1.0, [2, 1], [0.67, 0.33]),
        (-0.05, [80, 20], [-0.04, -0.01]),
        # 0.005 each: one cent, and the first of equal ones gets it
        (0.01, [1, 1], [0.01, 0.0]),
        (7.5, [80, 0, 20], [6.0, 0.0, 1.5]),
        (9.99, [0, 0], [9.99, 0.0]),
        (9.99, [5], [9.99]),
        (0.0, [3, 4], [0.0, 0.0]),
        (5.0, [], []),
        # a negative share takes nothing
        (4.0, [-3, 1, 1], [0.0, 2.0, 2.0]),
    ],
)
def test_parts(amount, weights, parts):
    assert split(amount, weights) == pytest.approx(parts)


def test_other_units():
    assert split(1.0, [1, 1, 1], rounding=0.05) == pytest.approx([0.35, 0.35, 0.3])
    assert split(1000, [1, 2], rounding=1) == [333.0, 667.0]


def test_never_a_cent_more_or_less():
    dice = random.Random(20)
    for _round in range(500):
        amount = round(dice.uniform(-2000, 2000), 2)
        weights = [dice.choice([0, dice.uniform(0, 900)]) for _w in range(1, 7)]
        parts = split(amount, weights)
        assert round(sum(parts), 2) == amount
        whole = sum(weights) or 1
        for part, weight in zip(parts, weights, strict=True):
            if sum(weights):
                assert abs(part - amount * weight / whole) < 0.01
