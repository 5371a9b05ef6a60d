from odoo import fields, models


class SaleOrder(models.Model):
    """A closed rest gives its slot back, once nothing of the order is to come."""

    _inherit = "sale.order"

    def _b2b_rest_closed(self):
        super()._b2b_rest_closed()
        self._b2b_free_slot()

    def _b2b_free_slot(self):
        """A slot that is over stays on the order: goods came in it."""
        self.ensure_one()
        to_come = self.sudo().picking_ids.filtered(
            lambda picking: (
                picking.state not in ("done", "cancel")
                and picking.location_dest_id.usage == "customer"
            )
        )
        ahead = self.b2b_slot_start and self.b2b_slot_start > fields.Datetime.now()
        if ahead and not to_come:
            # sudo: slot fields are written by the system only.
            self.sudo().write(self._b2b_slot_vals(None))
