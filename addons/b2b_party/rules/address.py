"""Words and order of nested addresses."""

SEPARATOR = ", "


def chain_name(company, places):
    """``Brightwell & Sons, Leeds campus, Lab 3``: company, then from wide to narrow.

    :param company: name of the company; left out when empty
    :param places: names from the widest place to the narrowest; empty ones left out
    """
    return SEPARATOR.join(name for name in (company, *places) if name)


def first_choice(own, chain, default, others):
    """The first address that exists: the own one, the next wider, the default, others.

    :param own: the partner itself when it already is of the wanted kind
    :param chain: wider addresses of that kind, the nearest first
    :param default: the one the party chose
    :param others: further ones in the order of their names
    :return: the chosen one, or None
    """
    return next((found for found in (own, *chain, default, *others) if found), None)
