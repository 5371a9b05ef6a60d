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
            self._b2b_keep_deadlines(others)
            pickings -= others
        if not self.commitment_date:
            # Without a date Odoo makes it due at once; the promise still stands.
            self._b2b_keep_deadlines(pickings)
            return
        pickings.write(self._b2b_picking_slot(self.b2b_slot_start))
        pickings.filtered(
            lambda picking: picking.location_dest_id.usage == "customer"
        ).scheduled_date = self.commitment_date

    def _b2b_keep_deadlines(self, pickings=None):
        """Each delivery of an order in parts is due in its own slot."""
        if pickings is None:
            pickings = self.picking_ids.filtered(
                lambda picking: picking.state not in ("done", "cancel")
            )
        for picking in pickings.filtered("b2b_slot_start"):
            self._b2b_open_moves(picking).date_deadline = picking.b2b_slot_start

    def _b2b_first_open_vals(self):
        """Values with which the first open part stands on the order again.

        A part may have been moved behind another one; the date is that of the first.
        """
        parts = self._b2b_parts()
        still_open = [part for part in parts if self._b2b_part_is_open(part)]
        if not still_open or still_open[0].slot.start == self.commitment_date:
            return {}
        slot = still_open[0].slot
        vals = self._b2b_slot_vals(slot, parts=parts)
        return {**vals, "commitment_date": slot.start}

    def _b2b_replanned(self):
        """``{start of a slot: day on which it is planned now}``, where it is another.

        Deliveries may be moved by their own date; what was promised stays with them.
        """
        self.ensure_one()
        # sudo: when it comes is for who may read the order.
        order = self.sudo()
        # Planned ahead of their slot on purpose, they are not moved.
        ahead = order.company_id.security_lead
        found = {}
        for picking in order.picking_ids if order.state == "sale" else ():
            shipped = picking.location_dest_id.usage == "customer"
            if not shipped or picking.state in ("done", "cancel"):
                continue
            day = picking._b2b_planned_day()
            promised = picking.b2b_slot_start and picking._b2b_promised_day()
            if promised and (day > promised or (day < promised and not ahead)):
                found[picking.b2b_slot_start] = day
        return found

    def _b2b_with_plan(self, text, day):
        """The words of a slot, with the day on which it is planned by now."""
        if not day:
            return text
        planned = self.env["b2b.delivery.schedule"]._b2b_day_text(day)
        return self.env._("%(slot)s (now planned for %(day)s)", slot=text, day=planned)

    def _b2b_open_moves(self, picking):
        return picking.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.location_dest_id.usage == "customer"
            )
        )
