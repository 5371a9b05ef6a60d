"""A decision of the portal takes effect a moment later and can be taken back."""

from datetime import timedelta

SECONDS = 10


def effective_at(moment):
    """When a decision that is made now takes effect."""
    return moment + timedelta(seconds=SECONDS)


def can_undo(effective, now):
    """Whether it is still time to take a decision back."""
    return now < effective
