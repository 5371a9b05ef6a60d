from odoo import api, models


class PartyGroup(models.Model):
    """One setting for a group serves all members, so the group is in the log."""

    _name = "b2b.party.group"
    _inherit = ["b2b.party.group", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return ("name", "kind", "code", "user_id", "company_id", "active")
