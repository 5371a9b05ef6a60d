"""States of parties and seats, and what one person may give to another."""

from .permissions import LIMITS, RIGHTS

# From which state a seat may go to which.
SEAT_MOVES = {
    "invited": ("active", "suspended"),
    "active": ("suspended",),
    "suspended": ("active", "invited"),
}

ORDERS = "orders"
DELIVERIES = "deliveries"


def seat_may_become(state, wanted):
    """Whether a seat may change its state; staying is always allowed."""
    return state == wanted or wanted in SEAT_MOVES[state]


def party_may_look(state):
    """Whether people of a party may see their pages."""
    return state in ("active", "blocked")


def party_may_order(state):
    """Whether a party may confirm orders; everything but active stops them."""
    return state == "active"


def party_may_receive(state, level):
    """Whether goods may leave for a party (DECISIONS 10: two levels of a block).

    :param state: trade state of the party
    :param level: of its block, :data:`ORDERS` or :data:`DELIVERIES`
    """
    return state != "blocked" or level != DELIVERIES


def own_or_role(own, of_role):
    """The limit that counts: the seat's own, and the role's when it has none."""
    return own or of_role


def is_above(wanted, limit):
    """Whether a limit is more generous than another; 0 means no limit."""
    if not limit:
        return False
    return not wanted or wanted > limit


def lacking(permissions, wanted):
    """Rights that somebody may not give because he lacks them himself.

    :param permissions: names that the giver has
    :param wanted: names to be given
    :return: names in the order of :data:`~.permissions.RIGHTS`
    """
    return [name for name in RIGHTS if name in wanted and name not in permissions]


def limits_above(own, wanted, permissions):
    """Names of limits that would be above the giver's own.

    A limit only counts together with the right that it limits.

    :param own: limits of the giver by name
    :param wanted: limits to be given by name, same currency
    :param permissions: rights to be given
    """
    return [
        name
        for name, right in LIMITS.items()
        if right in permissions and is_above(wanted.get(name, 0), own.get(name, 0))
    ]


def keeps_administrator(before, after, by_staff=False):
    """Whether a party still has somebody who manages its people.

    A party that had no administrator has none to lose. Our staff may close a party
    down altogether: then no seat is left that would need one.

    :param before: for each active seat whether it manages people
    :param after: the same after the change
    :param by_staff: whether one of our own people makes the change
    """
    return not any(before) or any(after) or (by_staff and not after)
