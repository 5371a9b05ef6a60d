from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError


class SaleOrderLine(models.Model):
    """The slot of a line, where the order comes in parts."""

    _inherit = "sale.order.line"

    b2b_slot_start = fields.Datetime(
        "Slot of the line",
        compute="_compute_b2b_slot_start",
        store=True,
        help="Start of the slot in which this line comes; empty when everything comes "
        "in the slot of the order.",
    )
    b2b_slot_text = fields.Char(
        "Delivery",
        compute="_compute_b2b_slot_text",
        help="The slot of this line in the time zone of its schedule.",
    )

    @api.depends("order_id.b2b_slot_parts", "product_id")
    def _compute_b2b_slot_start(self):
        starts = {
            order: {
                good: part.slot.start
                for part in order._b2b_parts()
                for good in part.goods
            }
            for order in self.order_id
        }
        for line in self:
            of_order = starts.get(line.order_id, {})
            line.b2b_slot_start = of_order.get(line.product_id.id, False)

    @api.depends_context("lang", "tz", "uid")
    @api.depends(
        "order_id.b2b_slot_parts", "order_id.picking_ids.scheduled_date", "product_id"
    )
    def _compute_b2b_slot_text(self):
        words = {
            order: {
                good: text
                for part, text in order._b2b_part_texts(order._b2b_parts())
                for good in part.goods
            }
            for order in self.order_id
        }
        for line in self:
            of_order = words.get(line.order_id, {})
            line.b2b_slot_text = of_order.get(line.product_id.id, "")

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_slot_start"}

    def _b2b_check_slot(self, vals):
        if not self.env.su and (vals.get("b2b_slot_start") or self):
            raise AccessError(self.env._("The slot of a line is set by the system."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if "b2b_slot_start" in vals:
                self.browse()._b2b_check_slot(vals)
        return super().create(vals_list)

    def write(self, vals):
        if "b2b_slot_start" in vals:
            self._b2b_check_slot(vals)
        return super().write(vals)

    def _prepare_procurement_values(self):
        values = super()._prepare_procurement_values()
        if self.b2b_slot_start:
            buffer = timedelta(days=self.order_id.company_id.security_lead)
            values["date_deadline"] = self.b2b_slot_start
            values["date_planned"] = self.b2b_slot_start - buffer
        return values
