"""Purchase order numbers of the customer (DECISIONS 28)."""


def normalize(number):
    """The number as it is compared: without blanks, without regard to case."""
    return "".join((number or "").split()).lower()
