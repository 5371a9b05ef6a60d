"""Redeeming: hand-computed cases."""

import random
from datetime import date
from decimal import Decimal

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_loyalty", "redeem")
points = load_rules("b2b_loyalty", "points")
DAY = date(2026, 11, 23)
PENNY = Decimal("0.01")


def terms(value=PENNY, **values):
    return rules.Terms(value=value, **values)


def basket(goods="992.58", available=2340, rate="1", unit=PENNY):
    return rules.Basket(Decimal(goods), Decimal(rate), available, unit)


def use(wanted, t=None, b=None):
    return rules.use(wanted, t or terms(), b or basket(), DAY)


def test_points_of_the_picture():
    assert use(1500) == rules.Use(1500, Decimal("15.00"), "")


@pytest.mark.parametrize(
    ("wanted", "t", "b", "points", "value", "reason"),
    [
        (3000, terms(), basket(), 2340, "23.40", "balance"),
        (2340, terms(), basket("20.00"), 2000, "20.00", "goods"),
        # 30 % of 50.05 are 15.015: 1,501 points, never a cent more
        (2340, terms(percent=Decimal(30)), basket("50.05"), 1501, "15.01", "share"),
        (499, terms(minimum=500), basket(), 0, "0", "minimum"),
        (500, terms(minimum=500), basket(), 500, "5.00", ""),
        (500, terms(minimum=500), basket("4.00"), 0, "0", "minimum"),
        (9, terms(), basket(available=0), 0, "0", "balance"),
        (9, terms(), basket(available=-80), 0, "0", "balance"),
        (9, terms(value=Decimal(0)), basket(), 0, "0", "no_value"),
        (9, terms(active=False), basket(), 0, "0", "closed"),
        (9, terms(date_to=date(2026, 11, 22)), basket(), 0, "0", "closed"),
        (9, terms(date_to=DAY), basket(), 9, "0.09", ""),
        (9, terms(date_from=date(2026, 11, 24)), basket(), 0, "0", "closed"),
        (0, terms(), basket(), 0, "0", ""),
        (-5, terms(), basket(), 0, "0", ""),
        # half a cent in a currency of twice the value is nothing
        (1, terms(), basket(rate="4"), 0, "0", "unit"),
        (100, terms(percent=Decimal(0)), basket(), 0, "0", "share"),
        (100, terms(), basket("0"), 0, "0", "goods"),
    ],
)
def test_limits(wanted, t, b, points, value, reason):
    found = rules.use(wanted, t, b, DAY)
    assert (found.points, found.value) == (points, Decimal(value))
    assert found.reason == reason


def test_value_in_the_currency_of_the_order():
    # 0.80 GBP for a EUR: 1,000 points of 0.01 GBP are 10 GBP, 12.50 EUR
    assert use(1000, b=basket(rate="0.8")).value == Decimal("12.50")


def test_never_worth_more_than_goods_or_share_whatever_the_rounding():
    rnd = random.Random(8)
    for _case in range(500):
        goods = Decimal(rnd.randint(0, 50_000)) / 100
        percent = Decimal(rnd.choice([100, 30, 33, 12.5]))
        value = Decimal(rnd.choice(["0.01", "0.05", "0.33", "1.00"]))
        b = rules.Basket(goods, Decimal(rnd.choice(["1", "0.8543", "1.1337"])), 99999)
        found = rules.most(terms(value=value, percent=percent), b, DAY)
        assert 0 <= found.value <= goods * percent / 100
        if found.reason in ("share", "goods"):
            more = rules.worth(found.points + 2, terms(value=value), b)
            assert more > goods * percent / 100 - value


@pytest.mark.parametrize(
    ("used", "value", "back", "expected"),
    [
        (1500, "15.00", "15.00", 1500),
        (1500, "15.00", "5.00", 500),
        (1500, "15.00", "0.01", 1),
        (100, "3.00", "1.00", 33),
        (1500, "15.00", "99.00", 1500),
        (1500, "15.00", "0", 0),
        (0, "0", "1.00", 0),
    ],
)
def test_what_comes_back(used, value, back, expected):
    assert rules.given_back(used, Decimal(value), Decimal(back)) == expected


def lot(number, rest, until=None):
    return rules.Lot(number, rest, until)


JAN, FEB = date(2027, 1, 31), date(2027, 2, 28)


def test_what_ends_first_goes_first():
    lots = [lot(1, 50), lot(2, 30, FEB), lot(3, 20, JAN), lot(4, 5, JAN)]
    assert [one.id for one in rules.in_order(lots)] == [3, 4, 2, 1]
    found = rules.take(60, rules.usable(lots))
    assert found == [(3, 20), (4, 5), (2, 30), (1, 5)]


def test_more_than_all_lots_has_no_lot():
    assert rules.take(60, [lot(1, 50)]) == [(1, 50), (None, 10)]
    assert rules.take(0, [lot(1, 50)]) == []


def test_what_is_owed_is_taken_first():
    lots = [lot(1, 100, JAN), lot(2, -30), lot(3, 50, FEB)]
    assert rules.usable(lots, debt=90) == [lot(3, 30, FEB)]
    assert rules.usable(lots, debt=500) == []


def test_returned_points_have_time():
    assert rules.until_after_return(None, DAY) is None
    assert rules.until_after_return(FEB, DAY) is None
    assert rules.until_after_return(date(2026, 11, 20), DAY) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 11, 30), 0, None),
    ],
)
def test_last_day(day, months, last):
    assert points.last_day(day, months) == last


HALF_PENNY = Decimal("0.005")


@pytest.mark.parametrize(
    ("wanted", "points", "value", "reason"),
    [
        (100, 100, "0.50", ""),
        (1, 0, "0", "unit"),
        (3, 3, "0.01", ""),
        (2340, 2340, "11.70", ""),
    ],
)
def test_value_below_the_smallest_coin(wanted, points, value, reason):
    """100 points are 50p; a part of a penny is never rounded up."""
    found = use(wanted, terms(value=HALF_PENNY))
    assert (found.points, found.value) == (points, Decimal(value))
    assert found.reason == reason


def test_share_that_money_pays():
    assert rules.money_share([100.0, 50.0], [-10.0, -5.0]) == Decimal("0.9")
    assert rules.money_share([100.0], []) == 1
    assert rules.money_share([], [-5.0]) == 0
    assert rules.money_share([10.0], [-10.0]) == 0
