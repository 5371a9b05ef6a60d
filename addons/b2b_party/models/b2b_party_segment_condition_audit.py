from odoo import api, models

from .b2b_party_segment_condition import CHOICES


class PartySegmentCondition(models.Model):
    """Each condition of a segment is in the log, under the name of its segment."""

    _name = "b2b.party.segment.condition"
    _inherit = ["b2b.party.segment.condition", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return ("figure", "operator", "number", *CHOICES, "block")

    def _b2b_audit_name(self):
        return f"{self.segment_id.name} · {self.display_name}"
