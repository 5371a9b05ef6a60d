"""Validity of agreements and the choice of the default one."""

from datetime import date


def is_valid_on(day, start=None, end=None):
    """Whether a day lies in a period whose ends are included and may be open.

    :param date day: the day in question
    """
    return (not start or start <= day) and (not end or day <= end)


def overlap(first, second):
    """Whether two ``(start, end)`` periods share a day; open ends are None."""
    first_start, first_end = first[0] or date.min, first[1] or date.max
    second_start, second_end = second[0] or date.min, second[1] or date.max
    return first_start <= second_end and second_start <= first_end


def choose_default(candidates):
    """The agreement a new order gets.

    The party's own default, else that of its group, else the only one there is:
    where several stand side by side without a default, nobody guesses.

    :param candidates: list of ``(key, is_own, is_default)`` in their order
    :return: a key or None
    """
    for own in (True, False):
        for key, is_own, is_default in candidates:
            if is_default and is_own == own:
                return key
    return candidates[0][0] if len(candidates) == 1 else None
