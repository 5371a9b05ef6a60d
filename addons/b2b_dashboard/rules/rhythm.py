"""Who has gone quiet: measured against the party's own rhythm, not a fixed number."""

MIN_ORDERS = 3
QUIET_FACTOR = 2


def rhythm(first, last, orders):
    """Days between two orders on average, or None with too few orders to tell."""
    if orders < MIN_ORDERS or last <= first:
        return None
    return max(1, round((last - first).days / (orders - 1)))


def is_sleeping(days, silent):
    """Silent for more than twice the own rhythm."""
    return bool(days) and silent > QUIET_FACTOR * days


def age_bucket(due, today):
    """Age of an open amount: not_due, d30, d60 or older."""
    late = (today - due).days if due else 0
    if late <= 0:
        return "not_due"
    if late <= 30:
        return "d30"
    return "d60" if late <= 60 else "older"
