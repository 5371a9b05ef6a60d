from odoo import models


class AccountInvoiceReport(models.Model):
    """Cost and margin follow the job role."""

    _name = "account.invoice.report"
    _inherit = ["account.invoice.report", "b2b.guarded.mixin"]
