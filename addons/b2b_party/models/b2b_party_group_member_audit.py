from odoo import api, models


class PartyGroupMember(models.Model):
    """Who belongs to a group, and from when to when, is in the log of the party."""

    _name = "b2b.party.group.member"
    _inherit = ["b2b.party.group.member", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return ("partner_id", "seat_id", "date_from", "date_to")

    def _b2b_audit_party(self):
        return self.seat_id.party_id or self.partner_id.commercial_partner_id

    def _b2b_audit_persons(self):
        return self.seat_id.person_id

    def _b2b_audit_name(self):
        return f"{self.group_id.name} · {self.display_name}"
