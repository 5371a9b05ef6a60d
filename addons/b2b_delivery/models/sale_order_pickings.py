from odoo import models


class SaleOrder(models.Model):
    """Deliveries follow the slots of their order."""

    _inherit = "sale.order"

    def _b2b_picking_slot(self, start=None):
        """Values of the slot for a delivery.

        :param start: of the part; None for an order that comes at once
        """
        # sudo: what a delivery says about its slot is for who may see the delivery.
        order = self.sudo()
        part = next((p for p in order._b2b_parts() if p.slot.start == start), None)
        if part:
            slot = part.slot
            values = slot.start, slot.end, slot.schedule_id
        else:
            values = (
                order.b2b_slot_start,
                order.b2b_slot_end,
                order.b2b_slot_schedule_id.id,
            )
        names = "b2b_slot_start", "b2b_slot_end", "b2b_slot_schedule_id"
        found = dict(zip(names, values, strict=True))
        schedules = order.env["b2b.delivery.schedule"]
        schedule = schedules.browse(found["b2b_slot_schedule_id"] or None).exists()
        return {**found, "b2b_slot_schedule_id": schedule.id}

    def _b2b_move_pickings(self, starts):
        """Open deliveries follow the order's date; Odoo moves their deadline only.

        Of an order in parts those of one part follow, the others keep their slot.

        :param starts: those of the parts that follow, as they were until now
        """
        self.ensure_one()
        pickings = self.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        parts = self._b2b_parts()
        if parts:
            others = pickings.filtered(lambda p: p.b2b_slot_start not in starts)
            for picking in others.filtered("b2b_slot_start"):
                self._b2b_open_moves(picking).date_deadline = picking.b2b_slot_start
            pickings -= others
        if not self.commitment_date:
            return
        pickings.write(self._b2b_picking_slot(self.b2b_slot_start))
        pickings.filtered(
            lambda picking: picking.location_dest_id.usage == "customer"
        ).scheduled_date = self.commitment_date

    def _b2b_open_moves(self, picking):
        return picking.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.location_dest_id.usage == "customer"
            )
        )
