"""How a formula gets from its base to the price, one amount after the other."""

BASE = "rule_base"
SURCHARGE = "surcharge"
ROUNDING = "rounding"
FEE = "fee"
MARGIN = "margin"
FLOOR = "floor"


def formula(base, percent=0.0, rounder=None, fee=0.0, margins=(0, 0), floor=None):
    """Amounts after each step of a formula that does something, in Odoo's order.

    :param base: what the formula starts from
    :param percent: on top of the base; negative for a discount
    :param rounder: function to the next multiple, None for none
    :param fee: added after rounding
    :param margins: least and most above the base, 0 for none
    :param floor: function that raises a price to the floor, None for none
    :return: list of ``(step, amount)``
    """
    steps = [(BASE, base)]
    price = base
    if percent:
        price = base - base * (-percent / 100)
        steps.append((SURCHARGE, price))
    if rounder:
        price = rounder(price)
        steps.append((ROUNDING, price))
    if fee:
        price += fee
        steps.append((FEE, price))
    low, high = margins
    limited = max(price, base + low) if low else price
    limited = min(limited, base + high) if high else limited
    if limited != price:
        price = limited
        steps.append((MARGIN, price))
    if floor:
        raised = floor(price)
        steps.append((FLOOR, raised))
    return steps
