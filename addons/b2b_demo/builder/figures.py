"""What happens at the end: an overdue party is blocked, nightly figures are run."""

from .parties import party


def build(kit):
    # Overdue since two months: something for the credit controller to look at.
    noemie = party(kit, "noemie")
    if noemie.b2b_state != "blocked":
        noemie.action_b2b_block(reason="Overdue since two months.")
        # An order of theirs waits, of which people are told; nobody gets mail here.
        kit.env["mail.mail"].search([("state", "=", "outgoing")]).unlink()
    kit.env["b2b.party.segment"]._b2b_refresh_all()
