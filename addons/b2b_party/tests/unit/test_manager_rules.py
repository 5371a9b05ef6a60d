from collections import Counter

import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_party", "manager")
Facts = rules.Facts
Rule = rules.Rule
deal = rules.deal
first_rule = rules.first_rule
ticket_after = rules.ticket_after
ticket_user = rules.ticket_user

UK, DE, CORNWALL = 1, 2, 7
SOUTH_WEST = Rule(1, (5,), countries=frozenset({UK}), states=frozenset({CORNWALL}))
BRITISH = Rule(2, (6,), countries=frozenset({UK}))
ANYBODY = Rule(3, (8,))
RULES = [SOUTH_WEST, BRITISH, ANYBODY]


def chosen(rules=RULES, **facts):
    rule = first_rule(rules, Facts(**facts))
    return rule and rule.id


def test_the_first_rule_that_fits_counts():
    assert chosen(country=UK, state=CORNWALL) == 1
    assert chosen(country=UK) == 2
    assert chosen(country=DE) == 3
    assert chosen([BRITISH], country=DE) is None


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ({"group": 4}, {"group": 4}),
        ({"category": 4}, {"category": 4}),
        ({"segment": 4}, {"segments": frozenset({3, 4})}),
        ({"company": 4}, {"company": 4}),
    ],
)
def test_everything_that_is_named_is_demanded(rule, facts):
    rules = [Rule(9, (5,), **rule)]
    assert chosen(rules, **facts) == 9
    assert chosen(rules) is None


def test_a_rule_without_people_names_nobody():
    assert chosen([Rule(9, ()), ANYBODY]) == 3


def test_turns_are_fair():
    assert deal((3, 5, 8), 0, 4) == [3, 5, 8, 3]
    assert deal((3, 5, 8), 5, 2) == [8, 3]
    assert set(Counter(deal((3, 5, 8), 5, 300)).values()) == {100}


def test_who_joins_or_leaves_does_not_upset_the_turn():
    assert deal((3, 8), 5, 1) == [8]
    assert deal((3, 5, 6, 8), 5, 1) == [6]
    assert deal((3,), 8, 2) == [3, 3]
    assert deal((), 8, 2) == []


def test_tickets_go_round():
    users = (3, 5, 8)
    assert [ticket_user(users, n) for n in range(4)] == [3, 5, 8, 3]
    assert ticket_user((), 4) == 0


def test_tickets_go_on_after_the_last_one_in_any_list():
    for users in ((3, 5, 8), (3, 8), (5,), (3, 4, 6, 7, 8)):
        for last in (3, 5, 8, 9):
            expected = deal(users, last, 1)[0]
            assert ticket_user(users, ticket_after(users, last)) == expected
    assert ticket_after((3, 5), 0) == 0
    assert ticket_after((), 5) == 0
