from odoo import api, models


class LoyaltyWeight(models.Model):
    """Who gets how many times the points is in the log."""

    _name = "b2b.loyalty.weight"
    _inherit = ["b2b.loyalty.weight", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "name",
            "factor",
            "customer_type",
            "customer_group_id",
            "category_id",
            "segment_id",
            "product_tmpl_id",
            "channel_id",
            "program_id",
        )
