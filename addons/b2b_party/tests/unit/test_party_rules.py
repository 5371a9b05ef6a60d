"""Rules of b2b_party without Odoo and without a database."""

import pytest

from tests.support.rules import load_rules

finding = load_rules("b2b_party", "finding")
permissions = load_rules("b2b_party", "permissions")


def make(severity="block", **values):
    values = {"code": "budget", "side": "buyer", "message": "staff text", **values}
    return finding.Finding(severity=severity, **values)


def test_buyer_reads_the_staff_text_only_when_there_is_no_own():
    assert make().text_for_buyer == "staff text"
    assert make(buyer_message="own text").text_for_buyer == "own text"


def test_identity_tells_two_budgets_apart():
    assert make(key="budget:1").identity != make(key="budget:2").identity


@pytest.mark.parametrize("bad", [{"severity": "maybe"}, {"side": "bank"}])
def test_unknown_words_are_refused(bad):
    with pytest.raises(ValueError):
        make(**bad)


def test_split_keeps_order_and_names_every_severity():
    first, second, third = make(), make("warn"), make(message="other")
    assert finding.split([first, second, third]) == {
        "block": [first, third],
        "authorize": [],
        "warn": [second],
    }


def test_a_limit_is_granted_with_the_right_that_it_limits():
    names = permissions.granted({"approve"}, {"approve_limit": 100})
    assert names == {"approve", "approve_limit"}


def test_unknown_right_is_never_granted():
    assert permissions.granted({"fly"}, {}) == frozenset()
    with pytest.raises(ValueError):
        permissions.granted(set(), {"fly_limit": 1})


@pytest.mark.parametrize(
    ("limit", "amount", "expected"),
    [(0, 10**9, True), (None, 5, True), (100, 100, True), (100, 100.01, False)],
)
def test_within(limit, amount, expected):
    assert permissions.within(limit, amount) is expected
