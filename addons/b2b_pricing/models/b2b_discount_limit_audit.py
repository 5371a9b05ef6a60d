from odoo import api, models


class DiscountLimit(models.Model):
    """Who raised or lowered a limit, and when, is in the log."""

    _name = "b2b.discount.limit"
    _inherit = ["b2b.discount.limit", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "percent",
            "user_id",
            "team_id",
            "role",
            "customer_type",
            "customer_group_id",
            "category_id",
            "company_id",
            "active",
        )
