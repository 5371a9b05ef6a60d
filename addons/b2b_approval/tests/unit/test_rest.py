import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_approval", "rest")


@pytest.mark.parametrize(
    ("quantities", "left"),
    [
        ((10.0, 6.0, 0.0, 0.0), 4.0),
        ((10.0, 6.0, 0.0, 8.0), 2.0),
        ((10.0, 4.0, 2.0, 0.0), 4.0),
        ((10.0, 10.0, 0.0, 0.0), 0.0),
        ((10.0, 12.0, 0.0, 0.0), 0.0),
        ((10.0, 0.0, 0.0, 0.0), 10.0),
        ((10.0, 6.0, 0.0, -2.0), 4.0),
    ],
)
def test_rest_is_what_neither_came_nor_was_invoiced(quantities, left):
    assert rules.rest(*quantities) == left


def test_what_came_back_stays_ordered():
    assert rules.kept(4.0, 2.0, 0.0) == 6.0
    assert rules.kept(0.0, 0.0, -3.0) == 0.0


def pence(amount):
    return round(amount, 2)


def test_a_percentage_stays_and_counts_on_what_remains():
    # 10 % of 100 was 10; 6 of 10 came: 10 % of 60.
    assert rules.follows(-10.0, 100.0, 60.0, pence) == -6.0


def test_a_fixed_amount_loses_the_share_of_what_does_not_come():
    # 30 off 240; a third of the goods does not come, neither does a third of the 30.
    assert rules.follows(-30.0, 240.0, 160.0, pence) == -20.0
    # 10 off 90 in thirds: 6.666... is 6.67
    assert rules.follows(-10.0, 90.0, 60.0, pence) == -6.67


def test_other_taxes_are_not_touched_and_nothing_grows():
    assert rules.follows(-10.0, 100.0, 100.0, pence) == -10.0
    assert rules.follows(-10.0, 100.0, 120.0, pence) == -10.0
    assert rules.follows(-10.0, 100.0, 0.0, pence) == 0.0
    assert rules.follows(-10.0, 100.0, -5.0, pence) == 0.0
    assert rules.follows(-10.0, 0.0, 0.0, pence) == -10.0


def test_closing_in_two_steps_ends_where_one_does():
    once = rules.follows(-12.0, 240.0, 120.0, pence)
    first = rules.follows(-12.0, 240.0, 180.0, pence)
    assert (first, rules.follows(first, 180.0, 120.0, pence)) == (-9.0, once)
