"""Which ways to pay a checkout offers, and which one counts."""

ACCOUNT, ADVANCE = "account", "advance"


def in_advance(choice, may_on_account):
    """Whether an order is paid in advance.

    Who has no right to order on account pays in advance without choosing; asking for
    it all the same is refused elsewhere.

    :param choice: what was chosen at checkout; empty for nobody was asked
    """
    if may_on_account:
        return choice == ADVANCE
    return choice != ACCOUNT


def offered(may_on_account, has_methods):
    """The choices of a checkout, the usual one first.

    Paying in advance is offered beside the account only where there is a way to do
    it at once.
    """
    if not may_on_account:
        return (ADVANCE,)
    return (ACCOUNT, ADVANCE) if has_methods else (ACCOUNT,)
