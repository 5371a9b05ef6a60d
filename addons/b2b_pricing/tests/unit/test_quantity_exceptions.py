"""Plain pytest: whose quantities count, and which make no sense."""

import itertools

import pytest

from tests.support.rules import load_rules

quantity = load_rules("b2b_pricing", "quantity")
Rule = quantity.QuantityRule

ARTICLE, OF_GROUP, OF_PARTY, OF_VARIANT, OF_AGREEMENT = (
    Rule(0, step, 0) for step in (1, 2, 3, 4, 5)
)
GROUP = (quantity.GROUP, False, OF_GROUP)
PARTY = (quantity.PARTY, False, OF_PARTY)
VARIANT = (quantity.PARTY, True, OF_VARIANT)
AGREEMENT = (quantity.AGREEMENT, False, OF_AGREEMENT)


@pytest.mark.parametrize(
    ("exceptions", "counts"),
    [
        ((), ARTICLE),
        ((GROUP,), OF_GROUP),
        ((GROUP, PARTY), OF_PARTY),
        ((GROUP, PARTY, VARIANT), OF_VARIANT),
        ((GROUP, PARTY, VARIANT, AGREEMENT), OF_AGREEMENT),
    ],
)
def test_most_specific_counts_in_any_order(exceptions, counts):
    for order in itertools.permutations(exceptions):
        assert quantity.most_specific(order, ARTICLE) == counts


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ((0, 1, 0), None),
        ((12, 12, 24), None),
        ((10, 4, 12), None),
        ((0, 0, 0), "multiple"),
        ((0, -1, 0), "multiple"),
        ((-1, 1, 0), "negative"),
        ((0, 1, -1), "negative"),
        ((6, 1, 5), "empty"),
        ((0, 12, 5), "empty"),
        # At least 10 in packs of 4 are 12.
        ((10, 4, 11), "empty"),
        ((0, 0.25, 0.5), None),
    ],
)
def test_problem(values, problem):
    assert quantity.problem(*values) == problem
