"""In whose place somebody decides while another is away."""


def is_valid(date_from, date_to, day):
    """Whether a substitution counts on a day; first and last day belong to it."""
    return date_from <= day and (not date_to or day <= date_to)


def acting_for(who, asked, stands_in_for):
    """In whose place somebody says yes or no.

    :param who: the one who decides
    :param asked: those who are asked and may answer
    :param stands_in_for: those for whom he stands in today
    :return: himself when he is asked, else the first of ``asked`` he stands in for,
        else None. A substitute of a substitute is nobody.
    """
    if who in asked:
        return who
    return next((other for other in asked if other in stands_in_for), None)
