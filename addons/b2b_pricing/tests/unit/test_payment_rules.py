"""Which ways of payment count, without Odoo."""

import pytest

from tests.support.rules import load_rules

payment = load_rules("b2b_pricing", "payment")
WIRE, CARD, CASH = 1, 2, 3


@pytest.mark.parametrize(
    ("agreement", "party", "group", "allowed"),
    [
        ((), (), (), None),
        ((), (), (CARD,), {CARD}),
        ((), (WIRE,), (CARD,), {WIRE}),
        ((CASH, WIRE), (CARD,), (CARD,), {CASH, WIRE}),
        ((CARD,), (), (WIRE,), {CARD}),
    ],
)
def test_the_first_level_that_names_methods_counts(agreement, party, group, allowed):
    assert payment.allowed_methods([agreement, party, group]) == allowed


@pytest.mark.parametrize(
    ("agreement", "party", "group", "expected"),
    [
        (False, False, False, True),
        (False, False, "no", False),
        (False, "yes", "no", True),
        ("no", "yes", False, False),
        ("yes", "no", "no", True),
    ],
)
def test_on_account_unless_somebody_says_no(agreement, party, group, expected):
    assert payment.on_account([agreement, party, group]) is expected


def test_nobody_limits_or_the_method_is_named():
    assert payment.is_allowed(CARD, None)
    assert payment.is_allowed(CARD, frozenset({CARD}))
    assert not payment.is_allowed(CASH, frozenset({CARD}))
