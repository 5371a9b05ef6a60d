"""Point rules: hand-computed cases."""

import random
from datetime import date
from decimal import Decimal

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_loyalty", "points")
ONE_PER_POUND = rules.Terms(points=1, per_amount=Decimal("1.00"))
TRADE = rules.Buyer("trade", 7)


def lines(*amounts, category_path=()):
    return [rules.Line(Decimal(amount), category_path) for amount in amounts]


def program(terms=ONE_PER_POUND, weights=(), **values):
    return rules.Program(1, terms, weights=tuple(weights), **values)


def points(amounts, terms=ONE_PER_POUND, buyer=TRADE, **kwargs):
    return rules.calculate(lines(*amounts), program(terms), buyer, **kwargs).points


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["99.99"], 99),
        (["33.33", "33.33", "33.34"], 100),  # the document is cut off, not its lines
        (["0.99"], 0),
        ([], 0),
        (["120.00", "-20.50"], 99),
        (["-99.99"], -99),  # towards zero
        (["-0.99"], 0),
    ],
)
def test_one_point_per_pound(amounts, expected):
    assert points(amounts) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (rules.Terms(1, Decimal("10.00")), 9),
        (rules.Terms(3, Decimal("10.00")), 29),
        (rules.Terms(5, Decimal("1.00")), 499),
        (rules.Terms(1, Decimal("0.10")), 999),
        (rules.Terms(3, Decimal("0.30")), 999),
    ],
)
def test_points_per_amount(terms, expected):
    assert points(["99.95"], terms) == expected


def test_floats_of_the_database_become_the_decimals_they_stand_for():
    assert 0.1 + 0.2 != 0.3
    assert rules.decimal(0.1 + 0.2) == Decimal("0.30")
    assert rules.decimal(4.35 * 100) == Decimal("435.00")
    assert int(4.35 * 100) == 434  # what binary floats would have made of it
    assert rules.decimal(1.005, 2) == Decimal("1.01")
    assert rules.decimal(1e22) == Decimal("10000000000000000000000.00")


def test_foreign_currency_is_converted_at_the_given_rate():
    assert points(["50.00"], rate=Decimal("0.5")) == 25
    # 85.00 EUR at 0.85 EUR per GBP are 100.00 GBP, whatever the rate's last digit
    assert points(["85.00"], rate=Decimal("1.176470588235294")) == 100
    assert points(["85.00"], rate=Decimal("1.1764705882352942")) == 100


def test_weights_that_fit_multiply():
    weights = [
        rules.Weight(1, "Trade double", Decimal("2"), customer_type="trade"),
        rules.Weight(2, "Group", Decimal("1.5"), group_id=7),
        rules.Weight(3, "Other group", Decimal("10"), group_id=8),
        rules.Weight(4, "Kitchen", Decimal("0.5"), category_id=3),
    ]
    found = rules.calculate(
        lines("10.00", category_path=(1, 3, 8)) + lines("10.00", category_path=(1, 5)),
        program(weights=weights),
        TRADE,
    )
    # 10 x 2 x 1.5 x 0.5 + 10 x 2 x 1.5
    assert found.basis == Decimal("45")
    assert (found.net, found.points) == (Decimal("20.00"), 45)
    assert [weight.id for weight in found.weights] == [1, 2, 4]


def test_weight_with_two_conditions_needs_both():
    both = rules.Weight(1, "", Decimal(3), group_id=7, category_id=3)
    assert rules.fitting([both], TRADE, (1, 3)) == (both,)
    assert rules.fitting([both], TRADE, (1, 5)) == ()
    assert rules.fitting([both], rules.Buyer("trade", 8), (3,)) == ()
    assert rules.fitting([both], TRADE, ()) == ()


DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({}, True),
        ({"active": False}, False),
        ({"customer_types": "trade"}, True),
        ({"customer_types": "retail"}, False),
        ({"group_ids": frozenset({7, 9})}, True),
        ({"group_ids": frozenset({9})}, False),
        ({"date_from": DAY, "date_to": DAY}, True),
        ({"date_from": date(2026, 11, 24)}, False),
        ({"date_to": date(2026, 11, 22)}, False),
    ],
)
def test_who_takes_part(values, fits):
    assert program(**values).fits(TRADE, DAY) is fits


def test_first_program_that_fits():
    programs = [program(customer_types="retail"), program(), program(active=False)]
    assert rules.first_fitting(programs, TRADE, DAY) is programs[1]
    assert rules.first_fitting(programs[2:], TRADE, DAY) is None


def test_factor_zero_earns_nothing():
    none = rules.Weight(1, "", Decimal(0), category_id=9)
    found = rules.calculate(
        lines("5", category_path=(9,)) + lines("7"), program(weights=[none]), TRADE
    )
    assert found.points == 7


def test_parts_at_their_own_rates_are_cut_off_once():
    pounds = rules.calculate(lines("33.50"), program(), TRADE)
    euros = rules.calculate(lines("40.00"), program(), TRADE, Decimal("0.8875"))
    assert (pounds.points, euros.points) == (33, 35)
    found = rules.combine([pounds, euros], ONE_PER_POUND)
    assert (found.basis, found.points) == (Decimal("69.00"), 69)


@pytest.mark.parametrize(
    ("ordered", "invoiced", "share"),
    [
        ("10", "0", "1"),
        ("10", "4", "0.6"),
        ("10", "12", "0"),
        ("10", "-3", "1"),
        ("-4", "-1", "0.75"),
        ("0", "0", "0"),
    ],
)
def test_share_that_is_not_invoiced(ordered, invoiced, share):
    assert rules.open_share(Decimal(ordered), Decimal(invoiced)) == Decimal(share)


@pytest.mark.parametrize(
    ("earned", "invoiced", "credited", "expected"),
    [
        (99, "99.90", "99.90", 99),
        (99, "99.90", "49.95", 49),
        (99, "99.90", "120.00", 99),  # never more than was earned
        (99, "99.90", "0.50", 0),
        (99, "99.90", "0", 0),
        (0, "0.90", "0.90", 0),
        (100, "0", "10.00", 100),  # a free document has nothing left to share
        (-5, "10.00", "10.00", 0),
    ],
)
def test_credit_notes_take_back_their_share(earned, invoiced, credited, expected):
    assert rules.taken_back(earned, Decimal(invoiced), Decimal(credited)) == expected


def test_many_small_credit_notes_take_back_what_one_large_one_does():
    rnd = random.Random(8)
    for _case in range(200):
        invoiced = Decimal(rnd.randint(1, 100_000)) / 100
        earned = rules.whole_points(invoiced, ONE_PER_POUND)
        credited, taken = Decimal(0), 0
        while credited < invoiced:
            credited = min(invoiced, credited + Decimal(rnd.randint(1, 9_000)) / 100)
            step = rules.taken_back(earned, invoiced, credited) - taken
            assert step >= 0
            taken += step
        assert taken == earned


@pytest.mark.parametrize(
    ("balance", "expected"), [(250, (250, 0)), (0, (0, 0)), (-120, (0, 120))]
)
def test_buyer_never_sees_a_negative_balance(balance, expected):
    assert rules.shown(balance) == expected


NEAREST = rules.Terms(points=1, per_amount=Decimal(3), rounding="nearest")


@pytest.mark.parametrize(
    ("amount", "down", "nearest"),
    [
        ("10.00", 3, 3),
        ("11.00", 3, 4),
        ("4.50", 1, 2),
        ("4.49", 1, 1),
        ("-4.50", -1, -2),
        ("-4.49", -1, -1),
        ("0", 0, 0),
    ],
)
def test_rounding(amount, down, nearest):
    terms = rules.Terms(points=1, per_amount=Decimal(3))
    assert rules.whole_points(Decimal(amount), terms) == down
    assert rules.whole_points(Decimal(amount), NEAREST) == nearest


def test_rounding_a_half_of_many_digits():
    # 1/3 of a point has no end; a half of it is a half all the same
    per = Decimal("2.999999999999999999999999998")
    assert rules.rounded(per / 2, per, "nearest") == 1
    assert rules.rounded(Decimal("0.4999999"), Decimal(1), "nearest") == 0


def test_many_credit_notes_take_what_the_invoice_earned_whatever_the_rounding():
    rnd = random.Random(27)
    for _case in range(500):
        invoiced = Decimal(rnd.randint(1, 100_000)) / 100
        for rounding in ("down", "nearest"):
            terms = rules.Terms(1, Decimal(1), rounding=rounding)
            earned = rules.whole_points(invoiced, terms)
            taken, credited = 0, Decimal(0)
            while credited < invoiced:
                part = Decimal(rnd.randint(1, 30_000)) / 100
                credited = min(credited + part, invoiced)
                step = (
                    rules.taken_back(earned, invoiced, credited, terms.rounding) - taken
                )
                assert step >= 0
                taken += step
                assert taken <= earned
            assert taken == earned


def test_payment_methods_that_earn_nothing():
    program = rules.Program(
        id=1, terms=ONE_PER_POUND, without_method_ids=frozenset({7})
    )
    day = date(2026, 1, 1)
    assert program.fits(rules.Buyer(), day)
    assert program.fits(rules.Buyer(method_ids=frozenset({8})), day)
    assert not program.fits(rules.Buyer(method_ids=frozenset({7, 8})), day)
