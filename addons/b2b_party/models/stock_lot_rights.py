from odoo import models


class StockLot(models.Model):
    """Cost follows the job role."""

    _name = "stock.lot"
    _inherit = ["stock.lot", "b2b.guarded.mixin"]
