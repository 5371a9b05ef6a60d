"""Discretionary discounts: what they come to, who may give how much (DECISIONS 13).

Percents are numbers from 0 to 100. The whole reduction of a line leads from what the
list gives, after the discount of its rule, to what is charged: a discount of the line,
a price typed by hand and the share of what was given on the order.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

#: Percents closer than this are equal: they are shown with two digits.
EPSILON = 0.005

PERCENT = "percent"
AMOUNT = "amount"


def combine(*percents):
    """Discounts one after the other: 10 % and then 5 % are 14.5 %."""
    rest = 1.0
    for percent in percents:
        rest *= 1 - percent / 100
    return 100 * (1 - rest)


def own_reduction(listed, rule, price, discount, manual, digits=(2, 2)):
    """The reduction of a line by discount and typed price, 0 for a surcharge.

    :param float listed: unit price of the list, before the discount its rule shows
    :param float rule: the discount that the rule shows
    :param float price: unit price on the line
    :param float discount: whole discount on the line, rounded as it is stored
    :param float manual: discretionary discount of the line
    :param digits: decimals of unit prices and of discounts; a rounding is no reduction
    """
    price_digits, discount_digits = digits
    if listed <= 0 or rule >= 100:
        return 0.0
    same_price = not round(price - listed, price_digits)
    charged = 1.0 if same_price else price / listed
    expected = round(combine(rule, manual), discount_digits)
    if abs(discount - expected) < 10**-discount_digits * 0.51:
        charged *= 1 - manual / 100
    else:
        charged *= (100 - discount) / (100 - rule)
    return max(0.0, 100 * (1 - charged))


def exceeds(given, limit):
    """Whether a reduction is above a limit."""
    return given > limit + EPSILON


def lowered(share, limit):
    """The discretionary discount that brings a line to its limit exactly.

    :param float share: the line's share of what was given on the order
    :return: percent with two decimals, never so that the limit is passed
    """
    if share >= limit:
        return 0.0
    percent = 100 * (1 - (1 - limit / 100) / (1 - share / 100))
    return math.floor(percent * 100 + 1e-6) / 100


def covers(approved, current):
    """Whether approved reductions still cover what is given now.

    :param dict approved: highest reduction by article
    :param dict current: the same, of now
    """
    return not any(
        exceeds(given, approved.get(article, 0.0)) for article, given in current.items()
    )


def margin(net, cost):
    """Margin in percent of the net amount; None where nothing is charged."""
    return 100 * (net - cost) / net if net else None


# -- order discounts ---------------------------------------------------------------


def order_discount(kind, value, sums, rounding):
    """What a discount on the order takes off each group of lines.

    :param str kind: ``percent`` or ``amount``
    :param float value: percent, or amount of the whole order
    :param sums: amounts of the groups, for instance one per tax
    :param float rounding: smallest unit of the currency
    :return: list of amounts, one per group; together exactly the rounded discount,
        never more than the goods cost
    """
    weights = [max(0.0, amount) for amount in sums]
    total = sum(weights)
    whole = total * value / 100 if kind == PERCENT else value
    return split(min(max(whole, 0.0), total), weights, rounding)


def split(amount, weights, rounding):
    """Split an amount by largest remainder: the parts add up to it to the cent.

    :param float amount: not negative
    :param weights: not negative; among equal remainders the first gets more
    :param float rounding: smallest unit of the currency
    :return: list of amounts, one per weight; all 0 where nothing weighs
    """
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if not total:
        return [0.0] * len(exact)
    # Half a unit up, as currencies round; the margin hides binary floats.
    units = math.floor(amount / rounding + 0.5 + 1e-9)
    quotas = [weight * units / total for weight in exact]
    parts = [math.floor(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - quotas[i], i))
    for index in by_remainder[: units - sum(parts)]:
        parts[index] += 1
    decimals = max(0, -math.floor(math.log10(rounding) + 1e-9))
    return [round(part * rounding, decimals) for part in parts]


# -- limits -------------------------------------------------------------------------


@dataclass(frozen=True)
class Limit:
    """How much may be given; what is left empty fits everybody and everything."""

    percent: float
    user: int = 0
    team: int = 0
    role: str = ""
    customer_type: str = ""
    group: int = 0
    category: int = 0
    id: int = 0


@dataclass(frozen=True)
class Giver:
    """Who gives the discount: user, sales teams, job roles given to him by name."""

    user: int = 0
    teams: frozenset = frozenset()
    roles: frozenset = frozenset()


@dataclass(frozen=True)
class Customer:
    """Who gets it."""

    customer_type: str = ""
    group: int = 0


def applies(limit, giver, customer, categories):
    """Whether a limit is about this person, customer and article.

    :param categories: ids of the article's category and of all above it
    """
    return (
        (not limit.user or limit.user == giver.user)
        and (not limit.team or limit.team in giver.teams)
        and (not limit.role or limit.role in giver.roles)
        and (not limit.customer_type or limit.customer_type == customer.customer_type)
        and (not limit.group or limit.group == customer.group)
        and (not limit.category or limit.category in categories)
    )


def tightest(limits, giver, customer, categories):
    """The tightest limit that applies, or None."""
    fitting = [x for x in limits if applies(x, giver, customer, categories)]
    return min(fitting, key=lambda x: (x.percent, x.id), default=None)
