from odoo import api, models


class PartySegment(models.Model):
    """What a segment asks for decides prices and rules, so it is in the log."""

    _name = "b2b.party.segment"
    _inherit = ["b2b.party.segment", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return ("name", "match", "company_id", "active")
