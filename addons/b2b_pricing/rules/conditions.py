"""Order conditions: minimum order, charges, discount steps, cost of delivery.

Plain values only. Amounts are in the order's currency, excluding tax. They measure
the net of the goods that can be ordered now, before order discounts, promotions and
points (DECISIONS 13).
"""

from datetime import date
from typing import NamedTuple

MINIMUM = "minimum"
SMALL_ORDER = "small_order"
DISCOUNT = "discount"
DELIVERY = "delivery"
KINDS = (MINIMUM, SMALL_ORDER, DISCOUNT, DELIVERY)
#: Kinds of lines that cost something.
CHARGES = (MINIMUM, SMALL_ORDER, DELIVERY)

REFUSE = "refuse"
CHECK = "check"
CHARGE = "charge"

#: For whom, the most specific first.
AUDIENCES = ("agreement", "party", "party_group", "customer_group", "everyone")

# Less than a tenth of a cent comes from binary floats, not from trade.
DUST = 1e-3


class Condition(NamedTuple):
    """One condition as plain values.

    :param threshold: the minimum order; below which the charge is taken; from which
        delivery is free (0: never)
    :param charge: what is charged below the threshold
    :param below: of a minimum order: ``refuse``, ``check`` or ``charge``
    :param steps: of a discount: ``((net amount from, percent), ...)``
    :param carrier: of a delivery cost: it takes the place of a carrier's price
    """

    id: int
    kind: str
    audience: str = "everyone"
    sequence: int = 10
    start: date | None = None
    end: date | None = None
    threshold: float = 0.0
    charge: float = 0.0
    below: str = REFUSE
    steps: tuple = ()
    carrier: bool = False
    currency: int = 0


class Missing(NamedTuple):
    """What is missing to something.

    :param kind: of the condition
    :param missing: net amount to add
    :param threshold: the net amount to reach
    :param gain: the cost that falls away; for a discount the percent reached then
    """

    kind: str
    missing: float
    threshold: float
    gain: float


class Outcome(NamedTuple):
    """What the conditions do to an order.

    :param charges: ``{kind: amount}``, without zeros
    :param percent: of the order discount
    :param stop: ``Missing`` of the minimum order, None when it is reached
    :param below: what happens below the minimum order
    :param hints: tuple of ``Missing``: what the buyer may still reach
    :param reached: kinds whose threshold is reached: free delivery, discount
    :param carrier: the price that a carrier's line gets; None: the carrier's own
    """

    charges: dict
    percent: float = 0.0
    stop: Missing | None = None
    below: str = ""
    hints: tuple = ()
    reached: tuple = ()
    carrier: float | None = None


NOTHING = Outcome({})


def valid_on(condition, day):
    """Whether a day lies within the dates of a condition."""
    return (not condition.start or condition.start <= day) and (
        not condition.end or day <= condition.end
    )


def choose(conditions, day):
    """The condition that counts of each kind: the most specific one.

    Conditions of one kind never add up: what was agreed with a party stands in the
    place of what holds for its group. Of several for the same audience (a party can
    belong to several party groups) the first by sequence counts.

    :return: dict of Condition by kind
    """
    chosen = {}
    for condition in sorted(conditions, key=_rank):
        if valid_on(condition, day):
            chosen.setdefault(condition.kind, condition)
    return chosen


def _rank(condition):
    return AUDIENCES.index(condition.audience), condition.sequence, condition.id


def percent_of(steps, net):
    """The percent of the highest step that is reached; 0 below the first."""
    return max((p for start, p in steps if net >= start - DUST), default=0.0)


def next_step(steps, net):
    """``(net amount from, percent)`` of the next better step, None at the top."""
    now = percent_of(steps, net)
    better = [(start, p) for start, p in steps if start > net + DUST and p > now]
    return min(better, default=None)


def outcome(chosen, net, *, goods=True, carrier=False):
    """What the chosen conditions do to an order.

    :param dict chosen: see :func:`choose`
    :param float net: of the goods that can be ordered now
    :param bool goods: whether there are any; an empty order costs nothing
    :param bool carrier: whether a carrier's price stands on the order
    """
    if not goods:
        return NOTHING
    charges, hints, reached = {}, [], []
    stop, below = _minimum(chosen.get(MINIMUM), net, charges)
    _small_order(chosen.get(SMALL_ORDER), net, charges, hints)
    percent = _discount(chosen.get(DISCOUNT), net, hints, reached)
    price = _delivery(chosen.get(DELIVERY), net, carrier, charges, hints, reached)
    if below == CHARGE and stop:
        hints.append(Missing(MINIMUM, stop.missing, stop.threshold, stop.gain))
        stop = None
    _keep_higher(charges, hints)
    order = {MINIMUM: 0, SMALL_ORDER: 1, DELIVERY: 2, DISCOUNT: 3}
    hints.sort(key=lambda hint: order[hint.kind])
    return Outcome(charges, percent, stop, below, tuple(hints), tuple(reached), price)


def terms_of(chosen):
    """Chosen conditions as plain lists that can be stored: what was agreed to.

    :return: ``{kind: [threshold, charge, below, steps, carrier]}``
    """
    return {
        kind: [
            condition.threshold,
            condition.charge,
            condition.below,
            [list(step) for step in condition.steps],
            condition.carrier,
        ]
        for kind, condition in chosen.items()
    }


def from_terms(terms):
    """Conditions by kind out of :func:`terms_of`."""
    return {
        kind: Condition(
            id=0,
            kind=kind,
            threshold=threshold,
            charge=charge,
            below=below,
            steps=tuple(tuple(step) for step in steps),
            carrier=carrier,
        )
        for kind, (threshold, charge, below, steps, carrier) in terms.items()
    }


def _minimum(condition, net, charges):
    if not condition or net >= condition.threshold - DUST:
        return None, ""
    gain = condition.charge if condition.below == CHARGE else 0.0
    if gain:
        charges[MINIMUM] = gain
    missing = Missing(MINIMUM, condition.threshold - net, condition.threshold, gain)
    return missing, condition.below


def _small_order(condition, net, charges, hints):
    if not condition or not condition.charge or net >= condition.threshold - DUST:
        return
    charges[SMALL_ORDER] = condition.charge
    hints.append(
        Missing(
            SMALL_ORDER,
            condition.threshold - net,
            condition.threshold,
            condition.charge,
        )
    )


def _keep_higher(charges, hints):
    """A charge below the minimum and one for small orders: only the higher."""
    if MINIMUM not in charges or SMALL_ORDER not in charges:
        return
    lower = SMALL_ORDER if charges[MINIMUM] >= charges[SMALL_ORDER] else MINIMUM
    del charges[lower]
    hints[:] = [hint for hint in hints if hint.kind != lower]


def _discount(condition, net, hints, reached):
    if not condition or net <= 0:
        return 0.0
    percent, better = percent_of(condition.steps, net), next_step(condition.steps, net)
    if better:
        hints.append(Missing(DISCOUNT, better[0] - net, *better))
    if percent:
        reached.append(DISCOUNT)
    return percent


def _delivery(condition, net, carrier, charges, hints, reached):
    """The cost on a line of its own, or the price of the carrier's line."""
    if not condition or (carrier and not condition.carrier):
        return None
    free = condition.threshold and net >= condition.threshold - DUST
    cost = 0.0 if free else condition.charge
    if free:
        reached.append(DELIVERY)
    elif cost and condition.threshold:
        hints.append(
            Missing(DELIVERY, condition.threshold - net, condition.threshold, cost)
        )
    if carrier:
        return cost
    if cost:
        charges[DELIVERY] = cost
    return None


def kept(now, charges, percent, *, confirmed):
    """The outcome for an order that was submitted: never worse than before.

    What was reached is not taken back because less is delivered (DECISIONS 12);
    between submission and decision nothing is added (DECISIONS 2).

    :param Outcome now: by the goods as they are now
    :param dict charges: ``{kind: amount}`` on the order
    :param float percent: of the order discount on the order
    :param bool confirmed: whether a better step may still be reached
    """
    lower = {
        kind: min(amount, now.charges.get(kind, 0.0))
        for kind, amount in charges.items()
    }
    best = max(percent, now.percent) if confirmed else percent
    return now._replace(
        charges={kind: amount for kind, amount in lower.items() if amount},
        percent=best,
        stop=None,
        below="",
        hints=(),
        carrier=None,
    )


def discount_amounts(percent, bases, money):
    """The order discount per group of taxes, without a cent of drift.

    :param float percent: of the goods
    :param bases: amount of the goods in each group, as prices are typed
    :param money: rounds an amount of the currency
    :return: ``(whole, parts)``; parts are what :func:`~.split.split` gets as weights
    """
    weights = [max(base, 0.0) for base in bases]
    return money(sum(weights) * percent / 100.0), weights


def faults(kind, *, threshold, charge, below, steps):
    """What is wrong with the figures of a condition: list of codes.

    :param steps: ``[(net amount from, percent), ...]`` as they were entered
    """
    found = []
    if threshold < 0 or charge < 0 or any(start < 0 for start, _p in steps):
        found.append("negative")
    if any(percent < 0 or percent > 100 for _start, percent in steps):
        found.append("percent")
    if kind == MINIMUM and below == CHARGE and threshold and not charge:
        found.append("no_charge")
    if kind == DISCOUNT:
        ordered = sorted(steps)
        starts = [start for start, _p in ordered]
        percents = [percent for _s, percent in ordered]
        if not steps:
            found.append("no_steps")
        if len(set(starts)) < len(starts):
            found.append("same_step")
        if percents != sorted(percents) or len(set(percents)) < len(percents):
            found.append("descending")
    return found
