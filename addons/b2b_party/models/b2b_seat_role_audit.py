from odoo import api, models

from ..rules.permissions import LIMITS, RIGHTS


class SeatRole(models.Model):
    """Every right and limit of a role is in the log."""

    _name = "b2b.seat.role"
    _inherit = ["b2b.seat.role", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return ("name", *RIGHTS, *LIMITS, "party_id", "currency_id", "active")

    def _b2b_audit_party(self):
        return self.party_id
