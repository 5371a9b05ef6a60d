"""The permission names of a seat role: a contract with portal, rules and tests."""

# Yes/no rights. The names are used in code, record rules and documentation.
RIGHTS = (
    "see_prices",
    "place_orders",
    "approve",
    "request_quotes",
    "see_company_orders",
    "see_invoices",
    "pay_invoices",
    "see_credit",
    "see_stock",
    "pay_on_account",
    "choose_agreement",
    "choose_address",
    "add_address",
    "manage_addresses",
    "choose_delivery",
    "change_orders",
    "returns",
    "manage_seats",
    "manage_budgets",
    "use_points",
    "see_subsidiaries",
)

# Amounts: empty or 0 means that no limit is set. They only matter together with
# the right they limit.
LIMITS = {"order_limit": "place_orders", "approve_limit": "approve"}

# What an external agent never does for a party, whatever the role says.
AGENT_NEVER = frozenset(
    {
        "approve",
        "approve_limit",
        "see_invoices",
        "pay_invoices",
        "see_credit",
        "manage_seats",
        "manage_budgets",
        "manage_addresses",
        "see_subsidiaries",
    }
)

PERMISSIONS = RIGHTS + tuple(LIMITS)


def granted(rights, limits):
    """The permission names that a role grants.

    A limit counts as granted with the right that it limits, so that one question
    (``can(name)``) works for every name.

    :param rights: names of the yes/no rights that are switched on
    :param limits: mapping of limit name to amount
    :return: frozenset of names out of :data:`PERMISSIONS`
    """
    names = {name for name in RIGHTS if name in rights}
    names |= {limit for limit, right in LIMITS.items() if right in names}
    unknown = set(limits) - set(LIMITS)
    if unknown:
        raise ValueError(f"unknown limits {sorted(unknown)}")
    return frozenset(names)


def within(limit, amount):
    """Whether ``amount`` is within ``limit``; a limit of 0 or None is no limit."""
    return not limit or amount <= limit
