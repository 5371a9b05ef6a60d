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
        parts = self._b2b_parts()
        if parts:
            self._b2b_free_parts(parts, to_come)
            return
        ahead = self.b2b_slot_start and self.b2b_slot_start > fields.Datetime.now()
        if ahead and not to_come:
            # sudo: slot fields are written by the system only.
            self.sudo().write(self._b2b_slot_vals(None))

    def _b2b_free_parts(self, parts, to_come):
        """Of an order in parts only the slots of what will not come are free."""
        now = fields.Datetime.now()
        used = set(to_come.mapped("b2b_slot_start"))
        kept = [p for p in parts if p.slot.start <= now or p.slot.start in used]
        if len(kept) == len(parts):
            return
        vals = self._b2b_slot_vals(None)
        if kept:
            ahead = [part for part in kept if part.slot.start > now] or kept
            vals = self._b2b_slot_vals(ahead[0].slot, parts=kept)
            if ahead[0].slot.start != self.b2b_slot_start:
                vals["commitment_date"] = ahead[0].slot.start
        # sudo: slot fields are written by the system only.
        self.sudo().write(vals)
