from odoo import api, models


class CustomerGroup(models.Model):
    """Terms of a customer group reach all its clients, so they are in the log."""

    _name = "b2b.customer.group"
    _inherit = ["b2b.customer.group", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return ("name", "kind", "erp_ref", "company_id", "active")
