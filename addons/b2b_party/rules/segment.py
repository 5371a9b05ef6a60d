"""Whether a party belongs to a segment, and why, from plain facts.

The same is computed in SQL for all parties at once; this here decides and explains for
one party. A test compares both on random parties.
"""

from dataclasses import dataclass
from operator import eq, ge, gt, le, lt

NUMBER, DAYS, CHOICE = "number", "days", "choice"
ALL, ANY = "all", "any"

COMPARE = {"ge": ge, "gt": gt, "le": le, "lt": lt, "eq": eq}
SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "="}
OPERATORS = {
    NUMBER: ("ge", "gt", "le", "lt", "eq", "set", "unset"),
    DAYS: ("ge", "gt", "le", "lt", "eq", "set", "unset"),
    CHOICE: ("in", "not_in", "set", "unset"),
}


@dataclass(frozen=True)
class Figure:
    """Something that is known of a party.

    :param kind: number, days (since a date) or choice (one or several of a list)
    :param field: name of the stored field of the party
    :param values: name of the condition's field that holds the chosen values
    :param money: whether the number is an amount of money
    :param zero_is_unknown: whether 0 means that nobody entered it
    """

    kind: str
    field: str
    values: str = ""
    money: bool = False
    zero_is_unknown: bool = False


@dataclass(frozen=True)
class Condition:
    """One condition; ``value`` is a number, or the ids of a choice as frozenset.

    Conditions of the same block are taken together, joined by the other word than the
    segment's: in a segment that demands all, one of a block suffices.
    """

    figure: str
    operator: str
    value: object = None
    block: str = ""


def holds(condition, fact):
    """Whether a fact fulfils a condition.

    :param fact: a number or None if unknown; for a choice a frozenset of ids
    """
    if isinstance(fact, frozenset):
        known, same = bool(fact), bool(fact & (condition.value or frozenset()))
        return {"in": same, "not_in": not same, "set": known, "unset": not known}[
            condition.operator
        ]
    if condition.operator in ("set", "unset"):
        return (fact is None) == (condition.operator == "unset")
    # Who never ordered is not "more than 90 days" ago: unknown fulfils nothing.
    return fact is not None and COMPARE[condition.operator](fact, condition.value)


def blocks(conditions):
    """The conditions in groups: those of a block together, the others alone."""
    found = {}
    for number, condition in enumerate(conditions):
        found.setdefault(condition.block or number, []).append(condition)
    return list(found.values())


def belongs(match, conditions, facts):
    """Whether somebody with these facts is in the segment.

    :param match: ``all`` or ``any``
    :param facts: ``{figure: fact}``
    """
    outer, inner = (all, any) if match == ALL else (any, all)
    # Without conditions nobody is in it; all() of nothing would say everybody.
    return bool(conditions) and outer(
        inner(holds(c, facts[c.figure]) for c in block) for block in blocks(conditions)
    )


def reasons(match, conditions, facts):
    """The conditions that put somebody into the segment, empty if he is not."""
    if not belongs(match, conditions, facts):
        return []
    inner = any if match == ALL else all
    return [
        condition
        for block in blocks(conditions)
        if inner(holds(c, facts[c.figure]) for c in block)
        for condition in block
        if holds(condition, facts[condition.figure])
    ]


def problem(condition, kind):
    """What is wrong with a condition: a word for the sentence, None if nothing."""
    if condition.operator not in OPERATORS[kind]:
        return "operator"
    if condition.operator in ("set", "unset"):
        return None
    if kind == CHOICE:
        return None if condition.value else "empty"
    whole = condition.value >= 0 and condition.value == int(condition.value)
    return "days" if kind == DAYS and not whole else None


def percent_done(figures_done, done, total):
    """How far a refresh is, in percent.

    The figures of all parties come first and take about as long as all segments
    together, so they count for half.

    :param bool figures_done: whether the figures are computed
    :param int done: segments that are refreshed
    :param int total: segments to refresh
    """
    if not figures_done:
        return 0
    return 50 + (50 * min(done, total) // total if total else 50)
