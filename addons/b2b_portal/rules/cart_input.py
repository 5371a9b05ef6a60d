"""Reading of quantities that come from outside, one row at a time.

A row is either read to a positive finite number or refused with a code; the
model turns codes into sentences. Nothing here raises.
"""

import math
import re
from dataclasses import dataclass

#: More than this in one line is a slip of the keyboard, not an order.
MAX_QUANTITY = 999_999

NOT_A_NUMBER = "not_a_number"
NEGATIVE = "negative"
TOO_MUCH = "too_much"
ZERO = "zero"
NOT_WHOLE = "not_whole"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Quantity:
    """A quantity as read, or the code of the refusal."""

    value: float = 0.0
    error: str = ""


def read_quantity(raw, *, zero_ok=False, whole=False, group=""):
    """Read a typed quantity; text such as ``"12"`` or ``"1,5"`` is welcome.

    :param str group: the sign between thousands in the reader's language; ``"1,000"``
        is a thousand where the page itself writes it so, and one elsewhere
    :param zero_ok: whether 0 is an answer (it removes a cart line)
    :param whole: whether decimals are refused (counted units)
    """
    value = _number(raw, group)
    if value is None or not math.isfinite(value):
        return Quantity(error=NOT_A_NUMBER)
    if value < 0:
        return Quantity(error=NEGATIVE)
    if value > MAX_QUANTITY:
        return Quantity(error=TOO_MUCH)
    if whole and value != int(value):
        return Quantity(error=NOT_WHOLE)
    if not value and not zero_ok:
        return Quantity(error=ZERO)
    return Quantity(value=value)


def _number(raw, group):
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, (int, float)):
        try:
            return float(raw)
        except OverflowError:
            return math.inf
    if not isinstance(raw, str) or len(raw) > 40:
        return None
    text = "".join(raw.split())
    if not text:
        return 0.0
    if group and re.fullmatch(_grouped(group), text):
        text = text.replace(group, "")
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    if not text.isascii() or "_" in text:
        return None
    try:
        return float(text)
    except ValueError:
        return None


def _grouped(group):
    """Pattern of a number with thousands set apart: ``1,000`` or ``12,500.5``."""
    decimal = "," if group == "." else "."
    return (
        rf"[+-]?[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+"
        rf"(?:{re.escape(decimal)}[0-9]+)?"
    )


def read_id(raw):
    """A record id out of foreign input, or 0 when it cannot be one."""
    if isinstance(raw, bool):
        return 0
    if isinstance(raw, str):
        raw = raw.strip()
        if not (raw.isascii() and raw.isdigit() and len(raw) < 11):
            return 0
    elif not isinstance(raw, int):
        return 0
    number = int(raw)
    return number if 0 < number < 2**31 else 0


def merge(rows):
    """Add up rows of the same article; keeps the order of the first sight.

    :param rows: list of ``(product_id, quantity)``
    """
    totals = {}
    for product_id, quantity in rows:
        totals[product_id] = totals.get(product_id, 0.0) + quantity
    return list(totals.items())
