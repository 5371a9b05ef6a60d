from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_order_date(self):
        """A cart is priced today, however long it has been open (DECISIONS 14)."""
        order = self.order_id
        if order.b2b_is_cart and order.state == "draft":
            return fields.Datetime.now()
        return super()._get_order_date()

    def _b2b_net_unit(self):
        """Price of a unit after discounts and without tax, as buyers read it."""
        self.ensure_one()
        if self.product_uom_qty:
            return self.price_subtotal / self.product_uom_qty
        # Nothing of it comes any more; what it would have cost stays readable.
        return self.price_unit * (1 - (self.discount or 0.0) / 100)
