"""What is paid before anything ships, and the reference it is paid with."""

import re
from collections import Counter

#: ISO 11649: letters count as 10 to 35, RF and two check digits stand in front.
_MODULUS = 97
_LONGEST = 21


def creditor_reference(text):
    """A structured reference (ISO 11649) such as ``RF18539007547034``.

    :param str text: what it is about, for instance the order's number; all but
        letters and digits is left out, of a longer one the last 21 signs stay
    :raise ValueError: when nothing is left to make a reference of
    """
    body = "".join(c for c in text.upper() if c.isascii() and c.isalnum())[-_LONGEST:]
    if not body:
        raise ValueError("a reference needs a letter or a digit")
    check = _MODULUS + 1 - _remainder(f"{body}RF00")
    return f"RF{check:02d}{body}"


def is_creditor_reference(text):
    """Whether a structured reference is complete and its check digits are right."""
    text = "".join(text.split()).upper()
    plain = text.isascii() and text.isalnum()
    if not plain or not text.startswith("RF") or not 5 <= len(text) <= _LONGEST + 4:
        return False
    return text[2:4].isdigit() and _remainder(text[4:] + text[:4]) == 1


def spaced(reference):
    """The reference as it is printed, in groups of four."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


def _remainder(text):
    return int("".join(str(int(sign, 36)) for sign in text)) % _MODULUS


def due(total, percent, rounded=round):
    """What has to be paid in advance of an order.

    :param float total: tax included, order currency
    :param float percent: 0 to 100
    :param rounded: rounds to the currency
    """
    return rounded(max(total, 0.0) * min(max(percent, 0.0), 100.0) / 100.0)


def missing(asked, paid, tolerance=0.0, rounded=round):
    """What is missing of the sum that was asked for; 0 when it is covered.

    :param float tolerance: up to so much less is taken as paid, order currency
    """
    open_sum = rounded(asked - paid)
    return open_sum if open_sum > max(tolerance, 0.0) else 0.0


def booked(online, *places, rounded=round):
    """What counts as paid for an order.

    A transfer may be recorded in several places: by hand, as a payment, as a line of
    the bank statement. The same amount in two places is the same money and counts
    once; so do places whose sums are equal, however they are parted. What was paid
    online is told by nobody else and comes on top.

    :param float online: paid with a card or another online method, order currency
    :param places: amounts of each place, order currency
    :param rounded: rounds to the currency
    """
    known, sums = Counter(), set()
    for place in places:
        amounts = [rounded(amount) for amount in place if amount > 0]
        if rounded(sum(amounts)) in sums:
            continue
        sums.add(rounded(sum(amounts)))
        known |= Counter(amounts)
    return rounded(online + sum(known.elements()))


def names_reference(text, reference):
    """Whether a text of a bank line holds a structured reference, spaced or not."""
    signs = "".join(reference.split()).upper()
    pattern = r"[\s./-]*".join(map(re.escape, signs))
    return bool(signs) and _stands_alone(pattern, text)


def names_order(text, name):
    """Whether a text of a payment names an order as a word of its own."""
    return bool(name) and _stands_alone(re.escape(name.upper()), text)


def _stands_alone(pattern, text):
    return bool(re.search(rf"(?<![A-Z0-9]){pattern}(?![A-Z0-9])", (text or "").upper()))
