from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_party", "imported")
DAY = datetime(2026, 1, 5, 10)


def order(number="", reference="", **values):
    fixed = {"company_id": 1, "party_id": 2, "moment": DAY, **values}
    return rules.Order(number=number, reference=reference, **fixed)


@pytest.mark.parametrize(
    ("given", "there", "same"),
    [
        (order("A"), order("A"), True),
        (order("A", "PO"), order("A", "other"), True),
        (order("A", "PO"), order("B", "PO"), False),
        (order("", "PO"), order("B", "PO"), True),
        (order(), order(), False),
        (order("A"), order("A", party_id=3), False),
        (order("A"), order("A", company_id=3), False),
        (order("A"), order("A", moment=DAY + timedelta(hours=-23)), True),
        (order("A"), order("A", moment=DAY + timedelta(hours=24)), False),
    ],
)
def test_same_place(given, there, same):
    assert rules.same_place(given, there) is same


def line(product=1, quantity=None, price=None, discount=None):
    return rules.Line(product, *map(rules.number, (quantity, price, discount)))


def test_lines_are_there_each_by_its_own():
    there = [line(1, 2, 9.99, 0), line(1, 2, 9.99, 0), line(2, 1, 5, 10)]
    assert rules.same_lines([line(2, 1), line(1, 2, 9.99)], there)
    assert rules.same_lines([], there)
    assert not rules.same_lines([line(1, 2)] * 3, there)
    assert not rules.same_lines([line(1, 3)], there)
    assert not rules.same_lines([line(2, 1, 5, 0)], there)


def test_numbers_of_files():
    assert rules.number(None) is None
    assert rules.number("") is None
    assert rules.number(False) == 0
    assert rules.number(9.990000001, 2) == Decimal("9.99")
