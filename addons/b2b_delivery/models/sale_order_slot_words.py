from odoo import models


class SaleOrder(models.Model):
    """The slot of an order in words."""

    _inherit = "sale.order"

    def _b2b_slot_text(self):
        """The promised slot as "Wed 25 Nov, 8–12", empty without one."""
        self.ensure_one()
        if not self.b2b_slot_start:
            return ""
        parts = self._b2b_parts()
        if parts:
            return self._b2b_parts_text(parts)
        tz = self._b2b_slot_zone()
        schedules = self._b2b_slot_words(self.b2b_slot_start, tz)
        text = schedules._b2b_slot_text(self.b2b_slot_start, self.b2b_slot_end, tz)
        return self._b2b_with_plan(text, self._b2b_replanned().get(self.b2b_slot_start))

    def _b2b_slot_words(self, start=None, tz=None):
        """Schedules that tell slots of this order as its company reads them.

        :param start: of a slot for everything, with its zone ``tz``
        """
        # sudo: only words are made; who reads the order reads its slot.
        schedules = self.sudo().env["b2b.delivery.schedule"]
        schedules = schedules.with_company(self.company_id)
        if start and self._b2b_slot_of_other_zone(start, tz):
            schedules = schedules._b2b_naming_zones()
        return schedules

    def _b2b_slot_zone(self):
        """Time zone by which the promised slot is told."""
        zone = self.sudo().b2b_slot_schedule_id._b2b_zone()
        return zone or self.company_id.partner_id.tz or "UTC"

    def _b2b_slot_of_other_zone(self, start, tz):
        """Whether goods come by another clock than the receiver's schedules have."""
        # sudo: whose clock it is says nothing about the schedules.
        schedules = self.sudo().env["b2b.delivery.schedule"]
        # Mostly there is one zone, and nothing more to ask.
        if len(schedules._b2b_zones_used()) < 2:
            return False
        # Read for a whole list at once: mostly it is one of the receiver's own.
        order = self.sudo()
        usual = (
            order.partner_shipping_id._b2b_schedules()
            or order.partner_id.commercial_partner_id._b2b_schedules()
            or order.company_id.b2b_default_schedule_id
        )
        if order.b2b_slot_schedule_id not in usual:
            receiver = order._b2b_slot_receiver()
            usual = schedules._b2b_schedules_for(*receiver, order.company_id)
        return any(
            not schedules._b2b_same_clock(start, tz, one._b2b_zone()) for one in usual
        )

    def _b2b_slot_note(self):
        """Until when the slot is kept, or what became of it."""
        self.ensure_one()
        check = self._b2b_slot_check()
        if check.finding:
            return check.finding.message
        if not check.slot:
            return ""
        schedules = self.env["b2b.delivery.schedule"]
        until = schedules._b2b_moment_text(check.slot.cutoff_at, check.slot.tz)
        if check.kept:
            return self.env._("when confirmed by %s", until)
        text = self._b2b_check_text(check)
        return self.env._(
            "%(slot)s when confirmed by %(until)s", slot=text, until=until
        )
