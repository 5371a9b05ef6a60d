from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_order_date(self):
        """A cart is priced today, however long it has been open (DECISIONS 14)."""
        order = self.order_id
        if order.b2b_is_cart and order.state == "draft":
            return fields.Datetime.now()
        return super()._get_order_date()
