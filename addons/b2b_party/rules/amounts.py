"""Amounts as people type them in the portal, and the other way round."""

import re

#: Above it nobody means an amount, in the smallest of currencies either.
MOST = 999_999_999_999
_PLAIN = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,3})?")
# The sign before the decimals is another one than that between the thousands.
_GROUPED = re.compile(
    r"[1-9][0-9]{0,2}(?:([,.'’ ])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]{1,3})?"
)
_DECIMALS = re.compile(r"[.,]([0-9]+)$")


def amount(text, symbol="", decimals=2, most=MOST):
    """An amount as people write it: ``6000``, ``6,000.00``, ``6.000,00``, ``£ 6 000``.

    :param int decimals: those of the currency. With three of them ``1.500`` is one and
        a half, as it is written where such money is used; else fifteen hundred.
    :return: a number from 0 to ``most``, None for what is none; empty is 0
    """
    text = str(text or "").replace("\u00a0", " ").replace("\u202f", " ")
    text = text.replace(symbol, "").strip() if symbol else text.strip()
    if not text:
        return 0.0
    plain, grouped = _PLAIN.fullmatch(text), _GROUPED.fullmatch(text)
    if grouped and not (plain and "." in text and decimals > 2):
        whole, part = text, ""
        tail = _DECIMALS.search(text)
        if tail and tail[0][0] != grouped[1]:
            whole, part = text[: tail.start()], tail[1]
        text = re.sub(r"[^0-9]", "", whole) + "." + (part or "0")
    elif not plain:
        return None
    text = text.replace(",", ".")
    if len(text.partition(".")[2]) > max(decimals, 2):
        return None
    number = float(text)
    return number if number <= most else None


def typed(number, decimals=2):
    """What stands in a field for an amount: ``1500``, ``0.5``; nothing for 0."""
    return f"{number:.{max(decimals, 2)}f}".rstrip("0").rstrip(".") if number else ""
