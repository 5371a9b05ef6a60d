"""What the audit log says about a change, on plain values."""

BACK_OFFICE = "back_office"
PORTAL = "portal"
IMPORT = "import"
SYSTEM = "system"
SOURCES = (BACK_OFFICE, PORTAL, IMPORT, SYSTEM)

CREATED = "create"
CHANGED = "change"
DELETED = "delete"
EVENT = "event"
KINDS = (CREATED, CHANGED, DELETED, EVENT)

#: What stands in the log where erased words stood.
ERASED = "[erased]"


def source(is_system, is_portal, is_import):
    """Where a change came from; the most telling word wins.

    :param bool is_system: nobody asked for it: a nightly job, an update
    :param bool is_portal: a person of a customer did it
    :param bool is_import: it came out of a file
    """
    if is_system:
        return SYSTEM
    if is_portal:
        return PORTAL
    return IMPORT if is_import else BACK_OFFICE


def changed(before, after):
    """Names whose value differs.

    :param dict before: name to plain value
    :param dict after: the same names, later
    """
    return [name for name in before if before[name] != after[name]]


def number(value, decimals=0):
    """A plain number without trailing zeros: ``7.5``, or ``7.50`` with two decimals.

    :param int decimals: the least to show; up to six are kept
    """
    whole, _dot, rest = f"{value:.6f}".partition(".")
    rest = rest.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{rest}" if rest else whole


def summary(pairs):
    """One line about a new or deleted record: ``Role: Buyer · State: Active``.

    :param pairs: label and value in words; empty values are left out
    """
    return " · ".join(f"{label}: {words}" for label, words in pairs if words)


def shown(plain, personal, keys, key):
    """The words of a line: public ones, personal ones, or that they are erased.

    :param str plain: the public column
    :param personal: dict of the side column, or nothing once it was emptied
    :param str keys: names of the personal words, with commas between
    :param str key: which words: ``record``, ``before`` or ``after``
    """
    if key not in (keys or "").split(","):
        return plain or ""
    return (personal or {}).get(key, ERASED)
