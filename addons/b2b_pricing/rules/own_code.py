"""Own codes of a customer: of the party itself, and of its category."""

from typing import NamedTuple


class Code(NamedTuple):
    """One code of an owner for a product."""

    product_id: int
    code: str
    name: str
    of_party: bool


def by_product(codes):
    """``{product id: (code, name)}``; the party's own code wins over its category's."""
    found = {}
    for code in sorted(codes, key=lambda row: row.of_party):
        found[code.product_id] = (code.code, code.name)
    return found


def named(codes, text):
    """Product ids that a code means exactly; the party's own meaning wins.

    :param text: as typed; case does not count
    """
    text = text.strip().lower()
    hits = [code for code in codes if code.code.lower() == text]
    own = [code for code in hits if code.of_party]
    return sorted({code.product_id for code in own or hits})


def label(code, name):
    """Code and description as they stand on paper."""
    return " · ".join(part for part in (code, name) if part)
