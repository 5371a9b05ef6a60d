from odoo import api, models


class Seat(models.Model):
    """Who may act for a party, and how far, is in the log."""

    _name = "b2b.seat"
    _inherit = ["b2b.seat", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        names = (
            "state",
            "role_id",
            "supervisor_id",
            "order_limit",
            "approve_limit",
            "default_delivery_id",
            "allowed_address_ids",
            "is_agent",
            "party_id",
            "active",
        )
        return tuple(name for name in names if name in self._fields)

    def _b2b_audit_party(self):
        return self.party_id

    def _b2b_audit_name(self):
        # As the party calls him: his name elsewhere is no business of this party.
        return self.user_id.name or self.person_id.name or ""

    def _b2b_audit_persons(self):
        return self.person_id
