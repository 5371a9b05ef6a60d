from odoo import api, models


class CreditAccount(models.Model):
    """Who changed which policy is in the log."""

    _name = "b2b.credit.account"
    _inherit = ["b2b.credit.account", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "action",
            "overdue_action",
            "overdue_days",
            "overdue_ignored",
            "active",
            "party_id",
            "party_group_id",
            "currency_id",
        )

    def _b2b_audit_party(self):
        return self.party_id
