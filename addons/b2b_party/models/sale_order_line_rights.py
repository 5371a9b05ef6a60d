from odoo import models


class SaleOrderLine(models.Model):
    """Cost and margin follow the job role."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "b2b.guarded.mixin"]
