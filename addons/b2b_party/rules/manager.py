"""Which rule names the account manager of a party, and whose turn it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A rule as plain facts; what is empty is not demanded."""

    id: int
    users: tuple
    company: int = 0
    group: int = 0
    category: int = 0
    segment: int = 0
    countries: frozenset = frozenset()
    states: frozenset = frozenset()


@dataclass(frozen=True)
class Facts:
    """What rules look at in a party; 0 for unknown."""

    company: int = 0
    group: int = 0
    category: int = 0
    segments: frozenset = frozenset()
    country: int = 0
    state: int = 0


def fits(rule, facts):
    """Whether a rule is made for a party with these facts."""
    return (
        bool(rule.users)
        and rule.company in (0, facts.company)
        and rule.group in (0, facts.group)
        and rule.category in (0, facts.category)
        and (not rule.segment or rule.segment in facts.segments)
        and (not rule.countries or facts.country in rule.countries)
        and (not rule.states or facts.state in rule.states)
    )


def first_rule(rules, facts):
    """The first rule in their order that fits, or None."""
    return next((rule for rule in rules if fits(rule, facts)), None)


def deal(users, last, count):
    """The next ``count`` users in turn, beginning after the last one.

    Somebody who left or joined the list does not upset the others: the turn goes on
    after the place where the last one stood.

    :param users: ids, in the order of their ids
    :param last: id of the user who got the last party, 0 at the beginning
    """
    if not users:
        return []
    start = next((i for i, user in enumerate(users) if user > last), 0)
    return [users[(start + i) % len(users)] for i in range(count)]


def ticket_user(users, ticket):
    """Whose turn a ticket is.

    :param users: ids of all managers of a rule, in the order of their ids
    :param int ticket: tickets count up from 0
    """
    return users[ticket % len(users)] if users else 0


def ticket_after(users, last):
    """The next ticket, so that the turn goes on after the last one.

    :param users: ids of all managers of a rule, in the order of their ids
    :param last: id of the user who got the last party, 0 at the beginning
    """
    if not users or not last:
        return 0
    return users.index(deal(users, last, 1)[0]) + len(users)
