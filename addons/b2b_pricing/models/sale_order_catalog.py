from odoo import api, models


class SaleOrderLine(models.Model):
    """Our staff may sell what a party does not see, and hear of it at once."""

    _inherit = "sale.order.line"

    @api.onchange("product_id")
    def _onchange_b2b_catalog(self):
        order = self.order_id
        if not self.product_id or self.display_type or not order.b2b_is_trade:
            return None
        product = self.product_id._origin
        context = order._b2b_price_context()
        if self.env["b2b.catalog"]._b2b_allows(context, product):
            return None
        return {
            "warning": {
                "title": self.env._("Not in the catalog"),
                "message": self.env._(
                    "%(product)s is not in the catalog of %(party)s. You may sell it "
                    "all the same; the order asks you to confirm it.",
                    product=product.display_name,
                    party=order.b2b_party_id.name or order.partner_id.name,
                ),
                "type": "notification",
            }
        }
