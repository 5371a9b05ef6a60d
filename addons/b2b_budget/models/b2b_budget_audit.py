from odoo import api, models


class Budget(models.Model):
    """Who raised which budget is in the log, also for the customer's administrator."""

    _name = "b2b.budget"
    _inherit = ["b2b.budget", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "name",
            "use",
            "amount",
            "max_order_amount",
            "period",
            "action",
            "date_from",
            "date_to",
            "start_date",
            "seat_ids",
            "supervisor_ids",
            "category_ids",
            "currency_id",
            "tax_basis",
            "include_delivery",
            "returns",
            "alert_percents",
            "customer_may_change",
            "active",
        )

    def _b2b_audit_party(self):
        return self.party_id
