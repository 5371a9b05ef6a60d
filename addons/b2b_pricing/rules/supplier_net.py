"""Prices from what a supplier charges: cost of an article and floor of a rule."""

import math
from dataclasses import dataclass

SUPPLIER = "supplier"
COST = "cost"


@dataclass(frozen=True)
class NetPrice:
    """What one unit costs us, in the currency and unit that were asked for.

    :param source: ``supplier`` or ``cost`` (of the product, when nobody sells it)
    :param amount: in the asked currency and unit
    :param seller: record or id of the supplier's price, None for the cost
    """

    source: str
    amount: float
    seller: object = None


def choose_net(supplier, cost):
    """What a price is built on: the supplier's net price, else the product's cost.

    :param supplier: ``(amount, seller)``, or None when no supplier sells as much
    :param cost: cost of the product
    :return: :class:`NetPrice`, or None when there is neither: then there is no price
    """
    if supplier is not None and supplier[0] > 0:
        return NetPrice(SUPPLIER, *supplier)
    if cost > 0:
        return NetPrice(COST, cost)
    return None


def cost_floor(cost, supplier_net, landed_percent=0.0):
    """The price below which an article is sold at a loss (DECISIONS 14).

    :param cost: cost of the product
    :param supplier_net: the supplier's net price; 0 or None when nobody sells it
    :param landed_percent: freight, duty and the like on top of the net price
    :return: the higher of the two
    """
    landed = (supplier_net or 0.0) * (1 + (landed_percent or 0.0) / 100)
    return max(cost or 0.0, landed)


def raise_to_floor(price, floor, step=0.0):
    """The price, or the floor where that is higher.

    :param step: prices are multiples of it; the floor is rounded up, never below
    """
    if price >= floor:
        return price
    if not step:
        return floor
    return round(math.ceil(floor / step - 1e-9) * step, 10)


def never_reaches_floor(surcharge):
    """Whether a surcharge on cost sells below cost, whatever the article."""
    return surcharge < 0
