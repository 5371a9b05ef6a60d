"""When a short line comes: a promise of its own quantity, never a figure of the stock.

Source: DECISIONS 19. What was promised before (reserved, waiting, confirmed) comes
first; a receipt that is overdue promises nothing.
"""

import math
from dataclasses import dataclass

#: Quantities of one article that a company may try within the time; more is probing.
TRIES = 10
#: The same where the party learns yes or no: each answer halves what is left.
YES_NO_TRIES = 3
HOURS = 1
#: So many smallest packs of an article may always be asked for.
PACKS = 10

#: Parts that are told; what comes after them is "later".
PARTS = 3

#: How much is said of a line.
NOTHING, FIGURES, PARTLY, PERHAPS = "nothing", "figures", "partly", "perhaps"


@dataclass(frozen=True)
class Part:
    """A part of a line.

    :param quantity: in the article's own unit
    :param day: of the receipt it waits for; None for what is there
    :param known: off where no receipt is planned for it
    """

    quantity: float
    day: object = None
    known: bool = True


def split(wanted, free, receipts, step=0.0):
    """Parts in which a line comes; one part when nothing is missing.

    :param float wanted: quantity of the line
    :param float free: what nobody else was promised; below zero, receipts fill it
    :param receipts: ``[(day, quantity)]``
    :param float step: parts are multiples of it, as the article is packed
    """
    parts, told, so_far = [], 0.0, free
    for day, quantity in [(None, 0.0), *sorted(receipts)]:
        so_far += quantity
        can = min(wanted, _packed(so_far, step) if so_far < wanted else so_far)
        if can - told > 1e-6:
            parts.append(Part(round(can - told, 6), day))
            told = can
    if wanted - told > 1e-6:
        parts.append(Part(round(wanted - told, 6), None, known=False))
    if len(parts) <= PARTS + 1:
        return parts
    rest = sum(part.quantity for part in parts[PARTS:])
    return [*parts[:PARTS], Part(round(rest, 6), None, known=False)]


def _packed(quantity, step):
    if step <= 0:
        return quantity
    return math.floor(quantity / step + 1e-9) * step


def together(parts, days):
    """``[(quantity, when)]``: parts that come on one day are one.

    :param dict days: ``{day of the receipt: when it comes}``; None for what is there
    :return: None as "when" of what has no date
    """
    found = {}
    for part in parts:
        when = days[part.day] if part.known else None
        found[when] = found.get(when, 0.0) + part.quantity
    return [(quantity, when) for when, quantity in found.items()]


def is_short(parts):
    """Whether anything of the line is not there now."""
    return any(part.day or not part.known for part in parts)


def plausible(quantity, shown, usual, factor):
    """Whether somebody means a quantity, and does not ask for our stock by it.

    One line of a million pieces would be told all that is there and all that comes.

    :param shown: up to which the party sees the exact stock anyway
    :param usual: median of an order, 0 where nothing is known
    :param factor: above so many times the usual an order is unusual (DECISIONS 7)
    """
    return quantity <= max(shown, factor * usual)


def how_much(mask, parts, tries, meant=True):
    """How much may be said of a line.

    Whoever tried many quantities of the article, or one that nobody means, hears the
    same whatever is there.

    :param mask: as in :mod:`.stock_word`
    :param int tries: quantities that the company tried lately
    :param meant: as :func:`plausible` says
    """
    if mask == "hidden":
        return NOTHING
    if not meant or tries > (TRIES if mask == "exact" else YES_NO_TRIES):
        return PERHAPS
    if not is_short(parts):
        return NOTHING
    return FIGURES if mask == "exact" else PARTLY
