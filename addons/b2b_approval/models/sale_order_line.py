from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_kind(self):
        """What the line is; bridges add their kinds (delivery, reward)."""
        self.ensure_one()
        return "down_payment" if self.is_downpayment else "goods"
