"""Months and changes of the overview of a party."""

MINUS = "\N{MINUS SIGN}"


def months(today, count):
    """First days of the last months, this one included, oldest first."""
    first = today.year * 12 + today.month - count
    return [
        today.replace(year=number // 12, month=number % 12 + 1, day=1)
        for number in range(first, first + count)
    ]


def change_text(now, before):
    """``+14 %`` against the year before; empty where there was nothing."""
    if before <= 0:
        return ""
    percent = round(100 * (now - before) / before)
    return f"{'+' if percent > 0 else MINUS if percent < 0 else ''}{abs(percent)} %"
