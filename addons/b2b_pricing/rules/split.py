"""One amount on several shares, to the last cent, whatever its sign."""

from . import discount


def split(amount, weights, rounding=0.01):
    """Split an amount in the ratio of weights; the parts add up to it exactly.

    As :func:`~.discount.split`, which knows positive amounts with something to weigh.

    :param float amount: may be negative
    :param weights: one number per part, below 0 counts as 0; all 0: the first takes all
    :param float rounding: the smallest unit, 0.01 for cents
    :return: list of parts, in the order of the weights

    >>> split(10.0, [1, 1, 1])
    [3.34, 3.33, 3.33]
    >>> split(-0.05, [80, 20])
    [-0.04, -0.01]
    """
    weights = [max(float(weight), 0.0) for weight in weights]
    if weights and not any(weights):
        weights = [1.0] + [0.0] * (len(weights) - 1)
    parts = discount.split(abs(amount), weights, rounding)
    return [-part if amount < 0 else part for part in parts]
