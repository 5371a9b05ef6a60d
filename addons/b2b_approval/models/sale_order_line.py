from odoo import models

#: What of a line changes the total of its order.
TOTAL = {"product_uom_qty", "product_uom_id", "price_unit", "discount", "tax_ids"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def write(self, vals):
        result = super().write(vals)
        if TOTAL & vals.keys():
            # One line of several: what the whole order lets go on is asked later.
            self.order_id._b2b_say_missing_prepayment()
        return result

    def _b2b_kind(self):
        """What the line is; bridges add their kinds (delivery, reward)."""
        self.ensure_one()
        if self._b2b_is_points():
            return "points"
        return "down_payment" if self.is_downpayment else "goods"
