import pytest

from tests.support.rules import load_rules

rules = load_rules("b2b_party", "segment")
ALL = rules.ALL
ANY = rules.ANY
CHOICE = rules.CHOICE
DAYS = rules.DAYS
NUMBER = rules.NUMBER
Condition = rules.Condition
belongs = rules.belongs
holds = rules.holds
percent_done = rules.percent_done
problem = rules.problem
reasons = rules.reasons

UK, DE, FR = 1, 2, 3
BIG = Condition("turnover", "ge", 10_000)
OFTEN = Condition("orders", "ge", 12)
BRITISH = Condition("country", "in", frozenset({UK}))


def facts(turnover=12_400, orders=4, country=UK):
    return {
        "turnover": turnover,
        "orders": orders,
        "country": frozenset({country} if country else ()),
    }


@pytest.mark.parametrize(
    ("operator", "fulfilled"),
    [
        ("ge", [10, 11]),
        ("gt", [11]),
        ("le", [9, 10]),
        ("lt", [9]),
        ("eq", [10]),
        ("set", [9, 10, 11]),
        ("unset", [None]),
    ],
)
def test_numbers(operator, fulfilled):
    condition = Condition("orders", operator, 10)
    assert [n for n in (9, 10, 11, None) if holds(condition, n)] == fulfilled


@pytest.mark.parametrize(
    ("operator", "fulfilled"),
    [
        ("in", [UK, DE]),
        ("not_in", [FR, None]),
        ("set", [UK, DE, FR]),
        ("unset", [None]),
    ],
)
def test_choices(operator, fulfilled):
    condition = Condition("country", operator, frozenset({UK, DE}))
    found = [
        country
        for country in (UK, DE, FR, None)
        if holds(condition, frozenset({country} - {None}))
    ]
    assert found == fulfilled


def test_one_of_several_values_suffices():
    condition = Condition("channel", "in", frozenset({UK}))
    assert holds(condition, frozenset({UK, FR}))
    assert not holds(
        Condition("channel", "not_in", frozenset({UK})), frozenset({UK, FR})
    )


def test_all_and_any():
    assert not belongs(ALL, [BIG, OFTEN], facts())
    assert belongs(ANY, [BIG, OFTEN], facts())
    assert belongs(ALL, [BIG, OFTEN], facts(orders=12))


@pytest.mark.parametrize("match", [ALL, ANY])
def test_nobody_is_in_a_segment_without_conditions(match):
    assert not belongs(match, [], facts())


def test_a_block_is_joined_by_the_other_word():
    big_or_often = [
        Condition("turnover", "ge", 10_000, "A"),
        Condition("orders", "ge", 12, "A"),
        BRITISH,
    ]
    assert belongs(ALL, big_or_often, facts())
    assert not belongs(ALL, big_or_often, facts(country=DE))
    assert not belongs(ALL, big_or_often, facts(turnover=0))
    big_and_often = big_or_often
    assert belongs(ANY, big_and_often, facts(turnover=0))
    assert not belongs(ANY, big_and_often, facts(country=DE))
    assert belongs(ANY, big_and_often, facts(country=DE, orders=12))


def test_reasons_are_the_conditions_that_count():
    assert reasons(ALL, [BIG, BRITISH], facts()) == [BIG, BRITISH]
    assert reasons(ANY, [OFTEN, BRITISH], facts()) == [BRITISH]
    assert reasons(ALL, [BIG, OFTEN], facts()) == []
    pair = [Condition("orders", "ge", 12, "A"), Condition("turnover", "ge", 1, "A")]
    assert reasons(ANY, [*pair, BRITISH], facts()) == [BRITISH]


def test_conditions_that_make_no_sense():
    assert problem(Condition("country", "ge", 3), CHOICE) == "operator"
    assert problem(Condition("turnover", "in", 3), NUMBER) == "operator"
    assert problem(Condition("country", "in", frozenset()), CHOICE) == "empty"
    assert problem(Condition("last_order", "ge", -1), DAYS) == "days"
    assert problem(Condition("last_order", "ge", 1.5), DAYS) == "days"
    assert problem(Condition("last_order", "ge", 0), DAYS) is None
    assert problem(Condition("turnover", "lt", -1), NUMBER) is None
    assert problem(Condition("country", "unset", frozenset()), CHOICE) is None


def test_progress_counts_the_figures_for_half():
    assert percent_done(False, 0, 4) == 0
    assert percent_done(True, 0, 4) == 50
    assert percent_done(True, 1, 3) == 66
    assert percent_done(True, 4, 4) == 100
    assert percent_done(True, 5, 4) == 100
    assert percent_done(True, 0, 0) == 100
