"""How a party may pay: the first of agreement, party and group that says so."""

YES, NO = "yes", "no"


def allowed_methods(levels):
    """Ids of the allowed methods; None where nobody limits them.

    :param levels: ids that agreement, party and group name, in this order
    """
    for ids in levels:
        if ids:
            return frozenset(ids)
    return None


def on_account(levels):
    """Whether invoices may be paid later; yes where nobody says otherwise.

    :param levels: yes, no or nothing of agreement, party and group, in this order
    """
    for level in levels:
        if level:
            return level == YES
    return True


def is_allowed(method_id, allowed):
    """Whether a method is among the allowed ones.

    :param allowed: answer of :func:`allowed_methods`
    """
    return allowed is None or method_id in allowed
