"""Widths of the credit bar: overdue first, then used, waiting, this order."""


def bar(limit, used, waiting, overdue=0.0, order=0.0):
    """Widths in per cent; the bar is as long as the limit, or as all of it.

    :param limit: above zero; without one there is nothing to draw
    :param used: invoices and confirmed orders, what is overdue included
    :return: dict with the keys late, booked, waiting, order, over, tick (or None)
    """
    used, waiting, order = (max(value, 0.0) for value in (used, waiting, order))
    late = min(max(overdue, 0.0), used)
    total = used + waiting + order
    scale = max(limit, total)
    if scale <= 0:
        return {
            "late": 0, "booked": 0, "waiting": 0, "order": 0, "over": 0, "tick": None
        }  # fmt: skip
    over = max(total - max(limit, 0.0), 0.0)
    # What is above the limit is taken off the parts from the end; what is overdue
    # is never hidden by it.
    parts, rest = [], over
    for value in (order, waiting, used - late):
        cut = min(value, rest)
        rest -= cut
        parts.append(value - cut)
    order, waiting, booked = parts

    def share(value):
        return round(100 * value / scale, 2)

    return {
        "late": share(late),
        "booked": share(booked),
        "waiting": share(waiting),
        "order": share(order),
        "over": share(over - rest),
        "tick": share(limit) if over else None,
    }
