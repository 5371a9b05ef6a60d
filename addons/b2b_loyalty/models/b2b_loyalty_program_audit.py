from odoo import api, models


class LoyaltyProgram(models.Model):
    """What a point costs and is worth is money, so it is in the log."""

    _name = "b2b.loyalty.program"
    _inherit = ["b2b.loyalty.program", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "name",
            "points",
            "per_amount",
            "point_value",
            "basis",
            "rounding",
            "granted",
            "customer_types",
            "customer_group_ids",
            "segment_ids",
            "without_term_ids",
            "without_method_ids",
            "imports_earn",
            "date_from",
            "date_to",
            "redeem_minimum",
            "redeem_percent",
            "redeem_to",
            "valid_months",
            "active",
        )
