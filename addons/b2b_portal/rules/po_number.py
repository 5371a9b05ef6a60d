"""A purchase order number as people mean it: blanks and case do not matter."""

OPTIONAL = "optional"
REQUIRED = "required"
UNIQUE = "unique"


def po_key(text):
    """The number without blanks, in one case: the sign two numbers are equal by.

    >>> po_key("PO 45 1187") == po_key("po451187")
    True
    >>> po_key("   ")
    ''
    """
    return "".join((text or "").split()).casefold()


def po_problem(policy, number, used_on=""):
    """Why this number cannot stand, in terms of the policy.

    :param policy: ``optional``, ``required`` or ``unique`` (required and unique)
    :param number: what was typed
    :param used_on: name of another order of the party with the same number
    :return: ``missing``, ``used`` or ``''``
    """
    key = po_key(number)
    if not key:
        return "missing" if policy in (REQUIRED, UNIQUE) else ""
    if policy == UNIQUE and used_on:
        return "used"
    return ""
