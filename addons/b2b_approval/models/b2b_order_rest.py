from odoo import fields, models
from odoo.exceptions import UserError


class OrderRest(models.Model):
    """What was closed of an order line: who, when, why. Rows are never changed."""

    _name = "b2b.order.rest"
    _description = "B2B Closed Rest"
    _order = "id desc"
    _check_company_auto = True

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "sale.order.line",
        "Order line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The line that was closed.",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    party_id = fields.Many2one(
        related="order_id.b2b_party_id", store=True, index=True, help="Who bought."
    )
    product_id = fields.Many2one(
        related="line_id.product_id", store=True, help="The article."
    )
    quantity = fields.Float(
        required=True,
        readonly=True,
        digits="Product Unit",
        help="What will not come any more, in the unit of the line.",
    )
    product_uom_id = fields.Many2one(
        related="line_id.product_uom_id", help="Unit of the line."
    )
    how = fields.Selection(
        [("staff", "By us"), ("buyer", "By the customer"), ("policy", "By policy")],
        required=True,
        readonly=True,
        index=True,
        help="Who closed it; by policy: so many days after the last delivery.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Closed by",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="Who closed the rest.",
    )
    closed_at = fields.Datetime(
        "Closed", required=True, readonly=True, help="When it was closed."
    )
    reason = fields.Char(required=True, readonly=True, help="Why; both sides read it.")

    def _b2b_who_for_buyer(self):
        """Who closed it, for the customer, who knows our house, not our people."""
        self.ensure_one()
        row = self.sudo()
        return row.user_id.name if row.how == "buyer" else row.company_id.name

    def write(self, vals):
        raise UserError(self.env._("What was closed is kept as it was written."))

    def unlink(self):
        raise UserError(self.env._("What was closed is kept and cannot be deleted."))
