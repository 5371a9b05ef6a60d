"""How long an order waits for a decision."""

from datetime import timedelta

SATURDAY = 5


def add_working_days(start, days):
    """The same time of day, ``days`` working days (Monday to Friday) later.

    :param datetime start: any zone; the result is in the same one
    :param int days: 0 or more
    :raise ValueError: for a negative number of days
    """
    if days < 0:
        raise ValueError("days must not be negative")
    moment = start
    while days:
        moment += timedelta(days=1)
        if moment.weekday() < SATURDAY:
            days -= 1
    return moment
