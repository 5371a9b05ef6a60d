"""Approval rules, their steps and substitutes, without Odoo."""

from datetime import date, datetime

import pytest

from tests.support.rules import load_rules

approval = load_rules("b2b_approval", "approval")
substitute = load_rules("b2b_approval", "substitute")

Condition, Facts, Step, Yes = (
    approval.Condition,
    approval.Facts,
    approval.Step,
    approval.Yes,
)
LIGHTING, TOYS = 7, 8
ORDER = Facts(2000.0, 5, frozenset({LIGHTING, 3}), 12.5, seat=40, role=4)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition(always=True), True),
        (Condition(), False),
        (Condition(min_amount=2000.0), True),
        (Condition(min_amount=2000.01), False),
        (Condition(min_lines=5), True),
        (Condition(min_lines=6), False),
        (Condition(categories=frozenset({LIGHTING, TOYS})), True),
        (Condition(categories=frozenset({TOYS})), False),
        (Condition(min_delivery=12.5), True),
        (Condition(min_delivery=12.51), False),
        # all parts have to be met
        (Condition(min_amount=1000.0, categories=frozenset({TOYS})), False),
        (Condition(min_amount=1000.0, categories=frozenset({LIGHTING})), True),
        # for whom
        (Condition(always=True, roles=frozenset({4})), True),
        (Condition(always=True, roles=frozenset({5})), False),
        (Condition(always=True, seats=frozenset({40})), True),
        (Condition(always=True, seats=frozenset({41}), roles=frozenset({4})), True),
        (Condition(always=True, seats=frozenset({41}), roles=frozenset({5})), False),
    ],
)
def test_all_parts_of_a_rule_have_to_be_met(condition, expected):
    assert approval.matches(condition, ORDER) is expected


def test_an_order_of_nobody_meets_rules_for_everybody_only():
    facts = ORDER._replace(seat=None, role=None)
    assert approval.matches(Condition(always=True), facts)
    assert not approval.matches(Condition(always=True, roles=frozenset({4})), facts)


ONE = Step("one", ("marcus", "olive"))
BOTH = Step("all", ("marcus", "olive"))
LAST = Step("one", ("priya",))


@pytest.mark.parametrize(
    ("steps", "given", "expected"),
    [
        ([ONE], [], 0),
        ([ONE], [Yes(0, "olive")], None),
        ([BOTH], [Yes(0, "olive")], 0),
        ([BOTH], [Yes(0, "olive"), Yes(0, "marcus")], None),
        ([ONE, LAST], [Yes(0, "olive")], 1),
        ([ONE, LAST], [Yes(0, "olive"), Yes(1, "priya")], None),
        # a yes of somebody who was not asked, or in another step, counts for nothing
        ([ONE], [Yes(0, "rob")], 0),
        ([ONE, LAST], [Yes(1, "priya")], 0),
        # nobody to ask: it waits
        ([Step("one")], [], 0),
        ([Step("all")], [], 0),
        ([ONE, Step("one")], [Yes(0, "olive")], 1),
    ],
)
def test_which_step_is_open(steps, given, expected):
    assert approval.open_step(steps, given) == expected


def test_one_yes_answers_later_steps_of_the_same_person():
    steps = [Step("one", ("priya", "marcus")), LAST, Step("one", ("olive",)), LAST]
    assert approval.say_yes(steps, [], "priya") == [Yes(0, "priya"), Yes(1, "priya")]
    assert approval.say_yes(steps, [], "marcus") == [Yes(0, "marcus")]


def test_whoever_is_not_asked_now_answers_nothing():
    assert approval.say_yes([ONE, LAST], [], "priya") == []
    given = approval.say_yes([BOTH], [], "olive")
    assert approval.say_yes([BOTH], given, "olive") == []
    assert approval.say_yes([BOTH], given, "marcus") == [Yes(0, "marcus")]


def resolve(*steps, enough=(), above=None):
    asked = []

    def instead(index, limited):
        asked.append((index, limited))
        return above or ()

    found = approval.resolve(list(steps), lambda who: who in enough, instead)
    return [(step.mode, step.asked, step.limited) for step in found], asked


def test_a_low_limit_is_enough_when_somebody_with_more_follows():
    found, asked = resolve(Step("one", ("marcus",)), LAST, enough={"priya"})
    assert found == [("one", ("marcus",), False), ("one", ("priya",), True)]
    assert asked == []


def test_in_the_last_step_the_limit_has_to_cover():
    found, asked = resolve(ONE, enough={"olive"})
    assert found == [("one", ("olive",), True)]
    found, asked = resolve(ONE, above=("priya",))
    assert found == [("one", ("priya",), True)]
    assert asked == [(0, True)]


def test_all_of_them_without_a_limit_that_covers_asks_somebody_above_too():
    found, _asked = resolve(BOTH, above=("priya",))
    assert found == [("all", ("marcus", "olive"), False), ("one", ("priya",), True)]
    found, _asked = resolve(BOTH, enough={"olive"})
    assert found == [("all", ("marcus", "olive"), False)]


def test_where_nobody_who_was_named_can_answer_those_above_are_asked():
    found, asked = resolve(Step("one"), LAST, enough={"priya"}, above=("priya",))
    assert [row[1] for row in found] == [("priya",), ("priya",)]
    assert asked == [(0, False)]
    assert resolve(Step("all"), above=("priya",))[0] == [("all", ("priya",), True)]


def test_a_rule_without_steps_asks_nobody():
    assert resolve() == ([], [])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 24), True),
        (date(2026, 11, 22), date(2026, 11, 22), True),
        (date(2026, 11, 22), None, True),
        (date(2026, 11, 23), None, False),
        (date(2026, 11, 1), date(2026, 11, 21), False),
    ],
)
def test_first_and_last_day_of_a_substitution_belong_to_it(first, last, expected):
    assert substitute.is_valid(first, last, date(2026, 11, 22)) is expected


def test_in_whose_place_somebody_decides():
    assert substitute.acting_for("olive", ["olive", "priya"], {"priya"}) == "olive"
    assert substitute.acting_for("olive", ["priya"], {"priya"}) == "priya"
    assert substitute.acting_for("olive", ["marcus"], {"priya"}) is None
    assert substitute.acting_for("olive", [], {"priya"}) is None


def test_a_decision_can_be_undone_for_ten_seconds():
    undo = load_rules("b2b_approval", "undo")
    moment = datetime(2026, 11, 22, 10, 2, 0)
    effective = undo.effective_at(moment)
    assert effective == datetime(2026, 11, 22, 10, 2, 10)
    assert undo.can_undo(effective, datetime(2026, 11, 22, 10, 2, 9))
    assert not undo.can_undo(effective, effective)
