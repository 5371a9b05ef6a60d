"""Approval rules: when one applies, whom its steps ask, and when they are done."""

from dataclasses import dataclass, replace
from typing import NamedTuple

ONE, ALL = "one", "all"

AMOUNT, LINES, CATEGORY, DELIVERY, ALWAYS = (
    "amount",
    "lines",
    "category",
    "delivery",
    "always",
)


class Condition(NamedTuple):
    """What a rule asks of an order. Empty parts ask nothing, the others all count.

    :param always: any order
    :param min_amount: from this amount on, in the currency of the rule
    :param min_lines: from this number of article lines on
    :param categories: ids of product categories, those below included
    :param min_delivery: from this cost of delivery on, in the currency of the rule
    :param seats: ids of the seats it is for
    :param roles: ids of the roles it is for; with seats: either of them
    """

    always: bool = False
    min_amount: float = 0.0
    min_lines: int = 0
    categories: frozenset = frozenset()
    min_delivery: float = 0.0
    seats: frozenset = frozenset()
    roles: frozenset = frozenset()


class Facts(NamedTuple):
    """What an order says; amounts in the currency of the rule."""

    amount: float = 0.0
    lines: int = 0
    categories: frozenset = frozenset()
    delivery: float = 0.0
    seat: int | None = None
    role: int | None = None


def asks_something(condition):
    """Whether a rule names any condition at all."""
    return bool(
        condition.always
        or condition.min_amount
        or condition.min_lines
        or condition.categories
        or condition.min_delivery
    )


def is_for(condition, facts):
    """Whether the rule is for who orders; for nobody in particular: for everybody."""
    if not condition.seats and not condition.roles:
        return True
    return facts.seat in condition.seats or facts.role in condition.roles


def matches(condition, facts):
    """Whether an order meets every part of a rule.

    :return: bool; a rule without any part never applies
    """
    return (
        asks_something(condition)
        and is_for(condition, facts)
        and facts.amount >= condition.min_amount
        and facts.lines >= condition.min_lines
        and (not condition.categories or bool(facts.categories & condition.categories))
        and facts.delivery >= condition.min_delivery
    )


@dataclass(frozen=True)
class Step:
    """One step of a decision.

    :param mode: :data:`ONE` of those who are asked is enough, or :data:`ALL`
    :param asked: who may say yes
    :param limited: whether the own approval limit has to cover the order
    """

    mode: str
    asked: tuple = ()
    limited: bool = True


class Yes(NamedTuple):
    """A yes that was given: in which step, and in whose place."""

    step: int
    who: object


def missing(step, yeses):
    """Who of a step still has to say yes; empty when it is done or asks nobody.

    :param yeses: those in whose place a yes was given in this step
    """
    if step.mode == ALL:
        return tuple(who for who in step.asked if who not in yeses)
    return () if any(who in step.asked for who in yeses) else step.asked


def is_done(step, yeses):
    """A step that asks nobody is never done: it waits until somebody is named."""
    return bool(yeses) and not missing(step, yeses)


def open_step(steps, given):
    """Index of the first step that is not done; None when all of them are.

    :param steps: list of :class:`Step`
    :param given: list of :class:`Yes`
    """
    for index, step in enumerate(steps):
        if not is_done(step, {yes.who for yes in given if yes.step == index}):
            return index
    return None


def say_yes(steps, given, who):
    """The steps that a yes in somebody's place answers now.

    Later steps that ask the same person are answered by the same yes, up to the first
    one that still needs somebody else.

    :return: list of :class:`Yes`; empty when the open step does not ask him
    """
    given, added = list(given), []
    while (index := open_step(steps, given)) is not None:
        if who not in missing(
            steps[index], {yes.who for yes in given if yes.step == index}
        ):
            break
        added.append(Yes(index, who))
        given.append(added[-1])
    return added


def resolve(steps, enough, instead):
    """Whom the steps of a rule ask for one order.

    Somebody whose limit does not suffice still gives his yes in an earlier step, as
    the last step asks somebody with enough. Where the named people cannot answer,
    those above them do.

    :param steps: list of :class:`Step` with those who may say yes, limits aside
    :param enough: function person -> whether his limit covers the order
    :param instead: function (index of the step, limited) -> people to ask instead
    :return: list of :class:`Step`
    """
    result = []
    for index, step in enumerate(steps[:-1]):
        asked = step.asked or tuple(instead(index, False))
        result.append(replace(step, asked=asked, limited=False))
    if not steps:
        return result
    last, index = steps[-1], len(steps) - 1
    covering = tuple(who for who in last.asked if enough(who))
    if last.mode == ALL and last.asked:
        result.append(replace(last, limited=False))
        if not covering:
            result.append(Step(ONE, tuple(instead(index, True))))
    else:
        asked = covering or tuple(instead(index, True))
        result.append(Step(last.mode, asked))
    return result
