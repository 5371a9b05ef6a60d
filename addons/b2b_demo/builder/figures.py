"""What happens at the end: an overdue party is blocked, nightly figures are run."""

from .parties import party


def build(kit):
    # Overdue since two months: something for the credit controller to look at.
    party(kit, "noemie").action_b2b_block(reason="Overdue since two months.")
    kit.env["b2b.party.segment"]._b2b_refresh_all()
