"""What is unusual for a customer: quantities, totals, repeats (DECISIONS 7)."""

from dataclasses import dataclass

#: How far above the usual: nothing, the orderer confirms, the order desk releases.
FINE = ""
CONFIRM = "confirm"
DESK = "desk"

#: Smaller differences come from binary floats, not from people.
EPSILON = 1e-6

GOODS = "goods"


@dataclass(frozen=True)
class Limits:
    """When something is unusual.

    :param factor: above so many times the usual the orderer confirms
    :param desk_factor: above so many times the order desk has to release; never
        below ``factor``
    :param minimum: of fewer orders nothing is concluded
    """

    factor: float = 5.0
    desk_factor: float = 20.0
    minimum: int = 3


@dataclass(frozen=True)
class Known:
    """What is known about an article or an order's total.

    :param count: number of orders behind the figure
    :param median: of what was kept per order, returns taken off
    """

    count: int = 0
    median: float = 0.0


NOTHING = Known()


def usual(own, everybody, minimum):
    """The usual figure: the party's own, else that of all parties.

    :param Known own: of this party
    :param Known everybody: of all parties; counts where the party knows too little
    :param int minimum: number of orders that a figure needs
    :return: ``(figure, is_own)``, or ``(0.0, False)`` when nothing is known
    """
    if own.count >= minimum:
        return own.median, True
    if everybody.count >= minimum:
        return everybody.median, False
    return 0.0, False


def grade(figure, usual_figure, limits):
    """How unusual a figure is.

    :param figure: what was typed, same unit as the usual
    :param usual_figure: 0 or less: nothing is known, nothing is unusual
    :return: ``FINE``, ``CONFIRM`` or ``DESK``
    """
    if usual_figure <= 0:
        return FINE
    if figure > max(limits.desk_factor, limits.factor) * usual_figure + EPSILON:
        return DESK
    if figure > limits.factor * usual_figure + EPSILON:
        return CONFIRM
    return FINE


def goods(lines):
    """Quantity per article and unit of a snapshot's lines; fees are left out.

    :param lines: ``[product, unit, kind, quantity, price]`` each
    """
    found = {}
    for product, unit, kind, quantity, _price in lines:
        if kind == GOODS and quantity:
            key = (product, unit)
            found[key] = round(found.get(key, 0.0) + quantity, 6)
    return found


def same_as(lines, earlier):
    """The first of the earlier orders with exactly these articles and quantities.

    :param lines: lines of a snapshot
    :param earlier: ``(name, lines)`` each, latest first
    :return: its name, or None
    """
    wanted = goods(lines)
    if not wanted:
        return None
    return next((name for name, other in earlier if goods(other or []) == wanted), None)
