"""Refusals of the points ledger."""

from odoo.exceptions import UserError


class PointsExceeded(UserError):
    """An account has fewer points than were to be taken; nothing was booked.

    A plain refusal and no hold: nobody can release points that are not there.
    """

    # The web client knows dialogs by the name of the class.
    context = {"exception_class": "odoo.exceptions.UserError"}
