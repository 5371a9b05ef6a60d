from odoo import api, fields, models

from ..rules.transit import zone_name


class StockPicking(models.Model):
    """The promised slot of a delivery, beside the time it is planned for."""

    _inherit = "stock.picking"

    # Not copied: a return has no slot. A backorder takes it over, see below.
    b2b_slot_start = fields.Datetime(
        "Promised slot",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Start of the slot that was promised with the order.",
    )
    b2b_slot_end = fields.Datetime(
        "Slot ends", copy=False, readonly=True, help="End of the promised slot."
    )
    b2b_slot_schedule_id = fields.Many2one(
        "b2b.delivery.schedule",
        "Delivery schedule",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The schedule that delivers it.",
    )
    b2b_frame_id = fields.Many2one(
        "b2b.delivery.frame",
        "Frame",
        compute="_compute_b2b_frame_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
        help="The frame of the schedule in which it is planned; empty outside of all.",
    )
    b2b_zone = fields.Char(
        "Zone",
        compute="_compute_b2b_zone",
        store=True,
        index="btree_not_null",
        help="Country and first part of the postcode of the address.",
    )
    b2b_slot_text = fields.Char(
        "Slot",
        compute="_compute_b2b_slot_text",
        help="The slot that was promised with the order, in the schedule's time zone.",
    )

    b2b_planned_hours = fields.Float(
        "Hours planned",
        compute="_compute_b2b_planned_hours",
        help="From the planned time to the end of its frame; an hour outside of all.",
    )

    @api.depends("scheduled_date", "b2b_frame_id")
    def _compute_b2b_planned_hours(self):
        for picking in self:
            frame, hours = picking.sudo().b2b_frame_id, 1.0
            if frame and picking.scheduled_date:
                schedules = self.env["b2b.delivery.schedule"]
                zone = picking._b2b_slot_zone()
                local = schedules._b2b_local(picking.scheduled_date, zone)
                hours = frame.hour_to - local.hour - local.minute / 60
            picking.b2b_planned_hours = hours

    @api.depends_context("b2b_by_party")
    def _compute_display_name(self):
        """In the calendar of deliveries by whom they are for, then by number."""
        super()._compute_display_name()
        if self.env.context.get("b2b_by_party"):
            for picking in self.filtered("partner_id"):
                party = picking.partner_id.commercial_partner_id.display_name
                picking.display_name = f"{party} · {picking.name}"

    @api.depends("scheduled_date", "b2b_slot_schedule_id")
    def _compute_b2b_frame_id(self):
        for picking in self:
            schedule = picking.sudo().b2b_slot_schedule_id
            frame = picking.scheduled_date and schedule._b2b_frame_at(
                picking.scheduled_date
            )
            picking.b2b_frame_id = frame or False

    # Not on the postcode itself: deliveries of the past stay where they were.
    @api.depends("partner_id")
    def _compute_b2b_zone(self):
        for picking in self:
            place = picking.partner_id.sudo()
            picking.b2b_zone = zone_name(place.country_id.code, place.zip)

    def _b2b_slot_zone(self):
        """Time zone by which the delivery is planned."""
        # sudo: whose clock it is says nothing about the schedule.
        picking = self.sudo()
        zone = picking.b2b_slot_schedule_id._b2b_zone()
        return zone or picking.company_id.partner_id.tz or "UTC"

    def _b2b_planned_day(self):
        """The day for which it is planned, or on which it left, where it goes to."""
        moment = self.date_done if self.state == "done" else self.scheduled_date
        schedules = self.env["b2b.delivery.schedule"]
        return schedules._b2b_local(moment, self._b2b_slot_zone()).date()

    def _b2b_promised_day(self):
        schedules = self.env["b2b.delivery.schedule"]
        return schedules._b2b_local(self.b2b_slot_start, self._b2b_slot_zone()).date()

    @api.depends_context("lang", "tz", "uid")
    @api.depends("b2b_slot_start", "b2b_slot_end", "b2b_slot_schedule_id")
    def _compute_b2b_slot_text(self):
        schedules = self.env["b2b.delivery.schedule"]
        for picking in self:
            tz = picking._b2b_slot_zone()
            start, end = picking.b2b_slot_start, picking.b2b_slot_end or False
            picking.b2b_slot_text = (
                schedules._b2b_slot_text(start, end or start, tz) if start else ""
            )

    def _create_backorder_picking(self):
        backorder = super()._create_backorder_picking()
        backorder.write(
            {
                "b2b_slot_start": self.b2b_slot_start,
                "b2b_slot_end": self.b2b_slot_end,
                "b2b_slot_schedule_id": self.b2b_slot_schedule_id.id,
            }
        )
        return backorder

    def _add_delivery_cost_to_so(self):
        """Delivery is charged once an order, however many deliveries it takes."""
        if self.sale_id.b2b_is_trade and self._b2b_cost_is_charged():
            return None
        return super()._add_delivery_cost_to_so()

    def _b2b_cost_is_charged(self):
        """Whether an earlier delivery of the order brought the true cost already."""
        lines = self.sale_id.order_line.filtered("is_delivery")
        return any(not line.currency_id.is_zero(line.price_unit) for line in lines)
