from odoo import models


class SaleReport(models.Model):
    """Margin follows the job role."""

    _name = "sale.report"
    _inherit = ["sale.report", "b2b.guarded.mixin"]
