from odoo import models


class StockMove(models.Model):
    """Cost follows the job role."""

    _name = "stock.move"
    _inherit = ["stock.move", "b2b.guarded.mixin"]
