from odoo import api, fields, models
from odoo.exceptions import UserError


class OrderCloseRest(models.TransientModel):
    """Dialog: what of an order will not come any more."""

    _name = "b2b.order.close.rest"
    _description = "B2B Close Rest Dialog"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, help="The confirmed order."
    )
    untouched = fields.Boolean(
        compute="_compute_untouched",
        help="Nothing was delivered or invoiced: the order can only be cancelled.",
    )
    reason = fields.Char(help="Told to both sides.")
    line_ids = fields.One2many(
        "b2b.order.close.rest.line", "wizard_id", "Lines", help="What is to come."
    )

    @api.depends("order_id")
    def _compute_untouched(self):
        for wizard in self:
            wizard.untouched = wizard.order_id._b2b_is_untouched()

    @api.model
    @api.model
    def default_get(self, fields_list):
        # Odoo gives defaults to everybody; these tell of an order.
        self.check_access("create")
        values = super().default_get(fields_list)
        order, chosen = self._b2b_from_context()
        if not order:
            return values
        order.check_access("write")
        values["order_id"] = order.id
        values["line_ids"] = [
            (0, 0, {"line_id": line.id, "selected": not chosen or line in chosen})
            for line in order._b2b_rests()
        ]
        return values

    def _b2b_from_context(self):
        """(order, lines that were chosen) behind the button."""
        ids = self.env.context.get("active_ids") or []
        if self.env.context.get("active_model") == "sale.order.line":
            lines = self.env["sale.order.line"].browse(ids).exists()
            return lines.order_id[:1], lines
        return self.env["sale.order"].browse(ids[:1]).exists(), None

    def action_close(self):
        """Close the rest of the chosen lines."""
        self.ensure_one()
        self.order_id.check_access("write")
        lines = self.line_ids.filtered("selected").line_id
        if lines.order_id - self.order_id:
            raise UserError(self.env._("Choose lines of one order."))
        if not lines:
            raise UserError(self.env._("Tick the lines whose rest is closed."))
        self.order_id._b2b_close_rest(lines, self.reason, "staff")
        return {"type": "ir.actions.act_window_close"}

    def action_cancel_order(self):
        """Nothing was delivered: cancel the order in the usual way."""
        self.ensure_one()
        self.order_id.check_access("write")
        if self.order_id.locked:
            self.order_id.action_unlock()
        self.order_id.action_cancel()
        return {"type": "ir.actions.act_window_close"}


class OrderCloseRestLine(models.TransientModel):
    """One order line in the dialog."""

    _name = "b2b.order.close.rest.line"
    _description = "B2B Close Rest Dialog Line"

    wizard_id = fields.Many2one(
        "b2b.order.close.rest", required=True, ondelete="cascade"
    )
    line_id = fields.Many2one("sale.order.line", required=True, readonly=True)
    selected = fields.Boolean("Close", help="Tick to close the rest of this line.")
    product_id = fields.Many2one(related="line_id.product_id")
    ordered = fields.Float(related="line_id.product_uom_qty", help="Ordered quantity.")
    delivered = fields.Float(related="line_id.qty_delivered", help="Delivered so far.")
    rest = fields.Float(compute="_compute_rest", help="What is still to come.")
    product_uom_id = fields.Many2one(related="line_id.product_uom_id")

    @api.depends("line_id")
    def _compute_rest(self):
        for row in self:
            row.rest = row.line_id._b2b_rest()
