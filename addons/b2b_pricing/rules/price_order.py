"""Which of several segments prices a party."""


def first_list(rows):
    """The list of the first segment, by its sequence, that has a usable one.

    :param rows: ``(sequence, segment id, list id or None)`` of a party's segments
    :return: a list id, None when no segment has one
    """
    for _sequence, _segment, found in sorted(rows, key=lambda row: row[:2]):
        if found:
            return found
    return None
