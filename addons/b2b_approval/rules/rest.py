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
