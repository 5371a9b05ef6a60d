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

    @api.depends_context("lang", "tz", "uid")
    @api.depends("b2b_slot_start", "b2b_slot_end", "b2b_slot_schedule_id")
    def _compute_b2b_slot_text(self):
        schedules = self.env["b2b.delivery.schedule"]
        for picking in self:
            tz = picking.sudo().b2b_slot_schedule_id._b2b_zone()
            tz = tz or picking.company_id.sudo().partner_id.tz or "UTC"
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
