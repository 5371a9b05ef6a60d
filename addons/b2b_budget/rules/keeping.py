"""What a customer's administrator types about a budget: texts in, values out."""

import re
from datetime import date

#: Above it nobody means an amount.
MOST = 999_999_999
NAME_MOST = 80
_PLAIN = re.compile(r"[0-9]{1,12}([.,][0-9]{1,2})?")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:([,.'’ ])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]{1,2})?"
)


def amount(text, symbol=""):
    """An amount as people write it: ``6000``, ``6,000.00``, ``6.000,00``, ``£ 6 000``.

    :return: a number from 0 to :data:`MOST`, None for what is none; empty is 0
    """
    text = str(text or "").replace("\u00a0", " ").replace("\u202f", " ")
    text = text.replace(symbol, "").strip() if symbol else text.strip()
    if not text:
        return 0.0
    if _GROUPED.fullmatch(text):
        whole, decimals = text, ""
        if len(text) > 3 and text[-3] in ".,":
            whole, decimals = text[:-3], text[-2:]
        elif len(text) > 2 and text[-2] in ".,":
            whole, decimals = text[:-2], text[-1:]
        number = float(re.sub(r"[^0-9]", "", whole) + "." + (decimals or "0"))
    elif _PLAIN.fullmatch(text):
        number = float(text.replace(",", "."))
    else:
        return None
    return number if number <= MOST else None


def day(text):
    """A date of a date input, None when it is empty.

    :raise ValueError: for what is none, or is far away
    """
    text = str(text or "").strip()
    if not text:
        return None
    found = date.fromisoformat(text)
    if not 2000 <= found.year <= 2100:
        raise ValueError(text)
    return found


def ids(values):
    """Numbers of tick boxes; what is none becomes 0, which is nobody's."""
    return [
        int(value) if str(value).isdecimal() and len(str(value)) < 10 else 0
        for value in values or ()
    ]


def too_high(typed, ceiling):
    """Whether an amount is above what the seller allows; 0 is no ceiling."""
    return bool(ceiling) and typed > ceiling
