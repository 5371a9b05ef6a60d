from odoo import models, tools


class StockWarehouse(models.Model):
    """Where a warehouse stands: tax of each order and page asks for it."""

    _inherit = "stock.warehouse"

    def _b2b_address(self):
        """The warehouse's address, rights lifted; empty without a warehouse.

        Remembered by its number alone: the address itself is read where it is used.
        """
        known = self._b2b_address_id() if self else False
        return self.env["res.partner"].sudo().browse(known or ())

    @tools.ormcache("self.id")
    def _b2b_address_id(self):
        return self.sudo().partner_id.id

    def write(self, vals):
        written = super().write(vals)
        if "partner_id" in vals:
            # Afterwards: what is asked while it is written may remember the old one.
            self.env.registry.clear_cache()
        return written
