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
