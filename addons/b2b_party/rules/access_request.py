"""Requests for access from a public page: what is too much, what looks alike."""

import re

#: How many requests one address of the network, and one e-mail, may send.
WINDOW_MINUTES = 60
PER_NETWORK = 5
PER_EMAIL = 2

# Legal forms say nothing about who a company is.
LEGAL_FORMS = frozenset(
    "ag bv co company corp gmbh inc kg limited llc llp ltd nv ohg oy plc sa sarl sas "
    "se spa srl ug und and et".split()
)


def too_many(from_network, from_email):
    """Whether one more request is refused.

    :param from_network: requests of the last hour from the same network address
    :param from_email: requests of the last hour with the same e-mail address
    """
    return from_network >= PER_NETWORK or from_email >= PER_EMAIL


def name_key(name):
    """What is left of a company name without legal form, signs and case."""
    words = re.findall(r"[^\W_]+", name.casefold())
    core = [word for word in words if word not in LEGAL_FORMS and len(word) > 1]
    return " ".join(core or words)


def looks_like(name, other):
    """Whether two company names may mean the same company."""
    one, two = name_key(name), name_key(other)
    if not one or not two:
        return False
    return one == two or set(one.split()) == set(two.split())


def vat_key(vat):
    """A VAT number without blanks and signs."""
    return re.sub(r"[\W_]", "", vat or "").upper()
