"""What of an order line is still to come and can be closed (DECISIONS 12)."""


def kept(delivered, returned, invoiced):
    """The quantity that stays ordered when the rest is closed.

    What came back was delivered all the same: budgets and credit give it back on
    their own, so it must not disappear from the order as well.

    :param float delivered: net of what came back, in the unit of the line
    :param float returned: what came back
    :param float invoiced: net of credit notes
    """
    return max(delivered + returned, invoiced, 0.0)


def rest(ordered, delivered, returned, invoiced):
    """The quantity that closing takes off the line; 0 when nothing is left."""
    return max(ordered - kept(delivered, returned, invoiced), 0.0)


def follows(reduction, before, after, rounded):
    """What of a discount on the whole order stays when goods leave it.

    A percentage stays and counts on what remains; a fixed amount was given for all
    of the order, so its share of what does not come goes with it.

    :param float reduction: the discount, mostly negative
    :param float before: the lines of the same taxes before closing, without discounts
    :param float after: the same after closing
    :param rounded: rounds to the currency

    >>> follows(-10.0, 100.0, 60.0, lambda amount: round(amount, 2))
    -6.0
    """
    if before <= 0:
        return reduction
    return rounded(reduction * min(max(after / before, 0.0), 1.0))
