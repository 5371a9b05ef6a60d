"""One amount on several shares, to the last cent."""


def split(amount, weights, rounding=0.01):
    """Split an amount in the ratio of weights; the parts add up to it exactly.

    By the largest remainder: every part is rounded towards zero, what is left goes
    cent by cent to the parts that lost most; of equal ones the first gets it.

    :param float amount: may be negative
    :param weights: one number of at least 0 per part; all 0: the first takes all
    :param float rounding: the smallest unit, 0.01 for cents
    :return: list of parts, in the order of the weights

    >>> split(10.0, [1, 1, 1])
    [3.34, 3.33, 3.33]
    >>> split(-0.05, [80, 20])
    [-0.04, -0.01]
    """
    weights = [max(float(weight), 0.0) for weight in weights]
    if not weights:
        return []
    sign = -1 if amount < 0 else 1
    units = round(abs(amount) / rounding)
    whole = sum(weights)
    if not whole:
        return [_money(sign * units, rounding)] + [0.0] * (len(weights) - 1)
    exact = [units * weight / whole for weight in weights]
    # A share such as 2.9999999999 is 3 and not 2.
    parts = [int(share + 1e-9) for share in exact]
    lost = sorted(
        range(len(parts)), key=lambda place: round(parts[place] - exact[place], 9)
    )
    for place in lost[: units - sum(parts)]:
        parts[place] += 1
    return [_money(sign * part, rounding) for part in parts]


def _money(units, rounding):
    """Units as an amount, without the dust of binary floats."""
    return round(units * rounding, 6) + 0.0
