from odoo import models


class StockAvcoReport(models.AbstractModel):
    """Cost follows the job role."""

    _name = "stock.avco.report"
    _inherit = ["stock.avco.report", "b2b.guarded.mixin"]
