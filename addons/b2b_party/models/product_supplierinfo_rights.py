from odoo import models


class ProductSupplierinfo(models.Model):
    """Prices of suppliers follow the job role, also as an order of rows."""

    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo", "b2b.guarded.mixin"]

    def _order_to_sql(self, order, query, alias=None, reverse=False):
        # Odoo orders by price unless told otherwise: it would refuse every search,
        # and the order would tell who is cheapest.
        if not order or order == self._order:
            if not self._has_field_access(self._fields["price"], "read"):
                parts = (part.strip() for part in self._order.split(","))
                order = ", ".join(p for p in parts if p.split()[0] != "price")
        return super()._order_to_sql(order, query, alias, reverse)
