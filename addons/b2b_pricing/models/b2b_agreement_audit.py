from odoo import api, models


class Agreement(models.Model):
    """What was agreed, and since when, is in the log."""

    _name = "b2b.agreement"
    _inherit = ["b2b.agreement", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "name",
            "state",
            "pricelist_id",
            "payment_term_id",
            "prepayment_percent",
            "fiscal_position_id",
            "incoterm_id",
            "date_start",
            "date_end",
            "is_default",
            "party_id",
            "customer_group_id",
            "version",
            "active",
        )

    def _b2b_audit_party(self):
        return self.party_id
