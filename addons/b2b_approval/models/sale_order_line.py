from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_kind(self):
        """What the line is; bridges add their kinds (delivery, reward)."""
        self.ensure_one()
        if self._b2b_is_points():
            return "points"
        return "down_payment" if self.is_downpayment else "goods"
