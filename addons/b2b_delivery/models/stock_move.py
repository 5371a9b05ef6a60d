from odoo import models


class StockMove(models.Model):
    """Goods of one order that come in different slots are different deliveries."""

    _inherit = "stock.move"

    def _b2b_part_start(self):
        """Start of the part's slot; False for an order that comes at once."""
        return self.sale_line_id.b2b_slot_start

    def _key_assign_picking(self):
        return super()._key_assign_picking() + (self._b2b_part_start(),)

    def _search_picking_for_assignation_domain(self):
        domain = super()._search_picking_for_assignation_domain()
        start = self._b2b_part_start()
        if start:
            domain.append(("b2b_slot_start", "=", start))
        return domain

    def _get_new_picking_values(self):
        vals = super()._get_new_picking_values()
        order = self.sale_line_id.order_id
        if len(order) == 1:
            vals.update(order._b2b_picking_slot(self[:1]._b2b_part_start()))
        return vals
