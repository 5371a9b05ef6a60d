from odoo import models


class SaleOrder(models.Model):
    """Margin follows the job role; price list names are not for the portal."""

    _name = "sale.order"
    _inherit = ["sale.order", "b2b.guarded.mixin"]
