"""What a customer's administrator types about a budget: texts in, values out."""

from datetime import date

#: Above it nobody means an amount.
MOST = 999_999_999
NAME_MOST = 80


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
