"""At which shares of a budget somebody is told."""

from collections.abc import Sequence

MOST = 6
HIGHEST = 100


def parse(text: str | None) -> tuple[float, ...]:
    """Percentages in a text such as ``50, 80, 100``, the lowest first.

    :raise ValueError: with the part that is none, or that there are too many
    """
    found = set()
    for part in (text or "").replace(";", ",").replace("%", "").split(","):
        if not part.strip():
            continue
        try:
            percent = round(float(part), 1)
        except ValueError:
            percent = 0.0
        if not 0 < percent <= HIGHEST:
            raise ValueError(part.strip())
        found.add(percent)
    if len(found) > MOST:
        raise ValueError(text)
    return tuple(sorted(found))


def words(percents: Sequence[float]) -> str:
    """The text that :func:`parse` reads.

    >>> words((50, 80.5))
    '50, 80.5'
    """
    return ", ".join(f"{percent:g}" for percent in percents)


def main(percents: Sequence[float]) -> float:
    """From where on a budget counts as nearly used: the last one below 100."""
    below = [percent for percent in percents if percent < 100]
    return below[-1] if below else (percents[0] if percents else 0.0)


def reached(percents: Sequence[float], amount: float, booked: float) -> list[float]:
    """Percentages of ``amount`` that ``booked`` comes up to."""
    if amount <= 0:
        return []
    return [percent for percent in percents if booked >= amount * percent / 100.0]
