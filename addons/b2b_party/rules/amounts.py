"""Amounts as people type them in the portal, and the other way round."""

import re

#: Above it nobody means an amount.
MOST = 999_999_999
_PLAIN = re.compile(r"[0-9]{1,12}([.,][0-9]{1,2})?")
_GROUPED = re.compile(
    r"[1-9][0-9]{0,2}(?:([,.'’ ])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]{1,2})?"
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


def typed(number):
    """What stands in a field for an amount: ``1500``, ``0.5``; nothing for 0."""
    return f"{number:.2f}".rstrip("0").rstrip(".") if number else ""
