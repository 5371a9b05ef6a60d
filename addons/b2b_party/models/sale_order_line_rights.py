from odoo import models


class SaleOrderLine(models.Model):
    """Cost and margin follow the job role."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "b2b.guarded.mixin"]

    def _additional_name_per_id(self):
        """Odoo ends the name of a line with our internal number of the customer."""
        return {} if self.env.user.share else super()._additional_name_per_id()
