"""Several carts of one buyer: how many, and what they may be called.

Source: DECISIONS 22 and the feature "several carts open at once".
"""

from .order_list import NAME_SIZE, NO_NAME, read_name

__all__ = ["MAX_CARTS", "NAME_SIZE", "NO_NAME", "free_name", "is_used", "read_name"]

#: Open carts of one seat that a buyer makes himself.
MAX_CARTS = 20


def is_used(name, others):
    """Whether one of the other names reads the same; case does not count."""
    return name.casefold() in {other.casefold() for other in others}


def free_name(name, others):
    """The name, or the first of ``name (2)``, ``name (3)`` that nobody uses.

    Never longer than :data:`NAME_SIZE`.
    """
    found, number = name, 2
    while is_used(found, others):
        tail = f" ({number})"
        found = name[: NAME_SIZE - len(tail)].rstrip() + tail
        number += 1
    return found
