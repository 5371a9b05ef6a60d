"""Discretionary discounts, worked out by hand."""

import random

import pytest

from tests.support.rules import load_rules

d = load_rules("b2b_pricing", "discount")


def test_discounts_follow_each_other():
    assert d.combine(10, 5) == pytest.approx(14.5)
    assert d.combine(0, 7) == pytest.approx(7)
    assert d.combine(10, 5, 2) == pytest.approx(16.21)
    assert d.combine() == 0
    assert d.combine(100, 50) == 100


@pytest.mark.parametrize(
    ("case", "given"),
    [
        # listed, rule, price, discount, manual
        ((10, 0, 10, 0, 0), 0),
        ((10, 0, 10, 7, 7), 7),
        ((10, 20, 10, 24, 5), 5),  # the rule's own 20 % is no reduction
        ((10, 0, 9, 0, 0), 10),  # a typed price
        ((10, 0, 9, 5, 5), 14.5),  # both
        ((10, 0, 11, 5, 5), 0),  # a surcharge that outweighs the discount
        ((10, 0, 12, 20, 20), 4),
        ((10, 20, 10, 30, 0), 12.5),  # typed into Odoo's own field: 7 for 8
        ((10, 0, 0, 0, 0), 100),  # given away
        ((0, 0, 5, 0, 0), 0),  # the list has no price
        ((10, 100, 10, 100, 0), 0),
    ],
)
def test_whole_reduction_of_a_line(case, given):
    assert d.own_reduction(*case) == pytest.approx(given)


def test_rounding_is_no_reduction():
    # 33.33 % and 7 % are 37.9969 %, stored as 38.00
    assert d.own_reduction(10, 33.33, 10, 38.0, 7) == pytest.approx(7)
    # a price of 1.004 reads 1.00 on the screen
    assert d.own_reduction(1.004, 0, 1.0, 0, 0) == 0
    assert d.own_reduction(1.006, 0, 1.0, 0, 0) > 0.5


def test_limit_is_reached_not_passed():
    assert not d.exceeds(7, 7)
    assert not d.exceeds(7.004, 7)
    assert d.exceeds(7.01, 7)


def test_lowering_meets_the_limit():
    assert d.lowered(0, 7) == 7
    # 3 % on the order are there already: 1 - 0.93 / 0.97 = 4.1237 %
    assert d.lowered(3, 7) == pytest.approx(4.12)
    assert d.combine(d.lowered(3, 7), 3) <= 7
    assert d.lowered(7, 7) == 0
    assert d.lowered(9, 7) == 0


def test_release_covers_what_is_no_greater():
    assert d.covers({"1": 12.0}, {"1": 12.0})
    assert d.covers({"1": 12.0, "2": 9.0}, {"1": 7.0})
    assert not d.covers({"1": 12.0}, {"1": 12.5})
    assert not d.covers({"1": 12.0}, {"2": 1.0})
    assert d.covers({}, {})


def test_margin():
    assert d.margin(100, 60) == pytest.approx(40)
    assert d.margin(50, 60) == pytest.approx(-20)
    assert d.margin(0, 60) is None


# -- order discounts ---------------------------------------------------------------


def test_percent_of_the_order_by_tax():
    # 7 % of 100.01 is 7.0007: 7.00, and both groups keep their share
    assert d.order_discount(d.PERCENT, 7, [50.01, 50.0], 0.01) == [3.5, 3.5]
    # 10 % of 0.15 are two cents: shares of 0.67 and 1.33 cents, rounded to one each
    assert d.order_discount(d.PERCENT, 10, [0.05, 0.10], 0.01) == [0.01, 0.01]


def test_amount_is_never_more_than_the_goods():
    assert d.order_discount(d.AMOUNT, 30, [20, 40], 0.01) == [10, 20]
    assert d.order_discount(d.AMOUNT, 100, [20, 40], 0.01) == [20, 40]
    assert d.order_discount(d.AMOUNT, 10, [-5, 40], 0.01) == [0, 10]
    assert d.order_discount(d.AMOUNT, 10, [], 0.01) == []
    assert d.order_discount(d.PERCENT, 10, [0, 0], 0.01) == [0, 0]


def test_thirds_go_to_the_first():
    assert d.split(10, [1, 1, 1], 0.01) == [3.34, 3.33, 3.33]
    assert d.split(0.05, [1, 1, 1], 0.05) == [0.05, 0, 0]
    assert d.split(100, [1, 2], 1) == [33, 67]


def test_no_cent_is_lost_in_ten_thousand_splits():
    rng = random.Random(13)
    for _run in range(10000):
        rounding = rng.choice([0.01, 0.01, 0.05, 1.0, 0.001])
        count = rng.randint(1, 6)
        units = [rng.choice([0, rng.randint(1, 99999)]) for _i in range(count)]
        weights = [unit * rounding for unit in units]
        amount = rng.random() * sum(weights)
        parts = d.split(amount, weights, rounding)
        asked = int(amount / rounding + 0.5 + 1e-9)
        given = [round(part / rounding) for part in parts]
        assert sum(given) == (asked if sum(units) else 0)
        for unit, part in zip(units, given, strict=True):
            # each part is its exact share rounded down or up, so never above the goods
            assert 0 <= part <= unit
            if sum(units):
                assert abs(part - unit * asked / sum(units)) < 1


# -- limits -------------------------------------------------------------------------

EVERYBODY = d.Limit(10, id=1)
REPS = d.Limit(7, role="rep", id=2)
ELEANOR = d.Limit(15, user=5, id=3)
CANDLES = d.Limit(3, role="rep", category=40, id=4)
STORES = d.Limit(12, group=9, id=5)
RETAIL = d.Limit(1, customer_type="retail", id=6)
TEAM = d.Limit(6, team=8, id=7)
ALL = [EVERYBODY, REPS, ELEANOR, CANDLES, STORES, RETAIL, TEAM]

REP = d.Giver(5, frozenset(), frozenset({"rep"}))
MANAGER = d.Giver(6, frozenset(), frozenset({"sales_manager"}))
TRADE = d.Customer("trade", 9)


@pytest.mark.parametrize(
    ("limits", "giver", "customer", "categories", "found"),
    [
        (ALL, REP, TRADE, {1}, REPS),
        (ALL, REP, TRADE, {1, 40}, CANDLES),
        (ALL, MANAGER, TRADE, {1, 40}, EVERYBODY),
        (ALL, MANAGER, d.Customer("retail"), {1}, RETAIL),
        (ALL, d.Giver(7, frozenset({8})), TRADE, {1}, TEAM),
        ([ELEANOR, STORES], REP, TRADE, {1}, STORES),
        ([ELEANOR], MANAGER, TRADE, {1}, None),
        ([], REP, TRADE, {1}, None),
    ],
)
def test_tightest_limit_counts(limits, giver, customer, categories, found):
    assert d.tightest(limits, giver, customer, frozenset(categories)) == found
