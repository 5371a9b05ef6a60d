"""What the audit log says about a change, on plain values."""

import re

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

AMOUNT = re.compile(r"(?P<before>[^\d]*)(?P<figure>\d[\d.,'’]*)(?P<after>[^\d]*)")


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


def parts(text, labels):
    """A :func:`summary` taken apart again: ``[(label, words)]``.

    :param labels: the labels that may begin a part; what begins with none of them
        belongs to the part before, as values may hold the separator themselves
    :return: label is ``""`` for words in front of the first one
    """
    found = []
    for piece in text.split(" · ") if text else ():
        label, colon, words = piece.partition(": ")
        if colon and label in labels:
            found.append((label, words))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} · {piece}")
        else:
            found.append(("", piece))
    return found


def amount_of(text, point, group):
    """``(1500.0, "£")`` out of ``£1,500.00``, or nothing where it is no amount.

    :param str point: the decimal sign of the language it was written in
    :param str group: its sign between the thousands
    """
    plain = "".join(sign for sign in text if not sign.isspace())
    found = AMOUNT.fullmatch(plain)
    if not found:
        return None
    minus, figure = "-" in plain or "\N{MINUS SIGN}" in plain, found["figure"]
    figure = figure.replace(group, "") if group else figure
    figure = figure.replace(point, ".", 1)
    sign = (found["before"] + found["after"]).strip("-\N{MINUS SIGN}")
    if not figure.replace(".", "", 1).isdecimal():
        return None
    return (-float(figure) if minus else float(figure)), sign


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
