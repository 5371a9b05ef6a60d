from odoo import api, models


class AccountManagerRule(models.Model):
    """Who gets which parties is in the log; whose turn it is, is not."""

    _name = "b2b.account.manager.rule"
    _inherit = ["b2b.account.manager.rule", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "name",
            "country_ids",
            "state_ids",
            "customer_group_id",
            "category_id",
            "segment_id",
            "user_ids",
            "sequence",
            "company_id",
            "active",
        )
