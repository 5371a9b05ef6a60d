from odoo import api, fields, models

from ..rules import redeem


class LoyaltyRedeem(models.TransientModel):
    """Dialog: use points of the customer on a quotation."""

    _name = "b2b.loyalty.redeem"
    _description = "B2B Points on an Order"

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
        help="The quotation that the points pay a part of.",
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    available = fields.Integer(
        "Points to use",
        compute="_compute_limits",
        help="Granted points of the company that no other order holds.",
    )
    most = fields.Integer(
        "At most on this order",
        compute="_compute_limits",
        help="What balance, program and goods allow today.",
    )
    limit_text = fields.Char(compute="_compute_limits", help="Why it is not more.")
    points = fields.Integer(
        "Use",
        compute="_compute_points",
        store=True,
        readonly=False,
        help="Any number up to the one above; 0 uses none.",
    )
    value = fields.Monetary(
        "Takes off",
        compute="_compute_value",
        help="Excluding tax; tax is lowered with it.",
    )

    @api.depends("order_id")
    def _compute_limits(self):
        for wizard in self:
            # sudo: read rights on the order were checked when it was opened.
            order = wizard._b2b_order()
            account = order._b2b_points_account()
            found = redeem.Use()
            if account:
                found = order._b2b_points_use(10**9)
                wizard.available = order._b2b_points_basket().available
            else:
                wizard.available = 0
            wizard.most = found.points
            wizard.limit_text = order._b2b_points_reason_text(found.reason)

    @api.depends("order_id")
    def _compute_points(self):
        """What was chosen before can be changed."""
        for wizard in self:
            wizard.points = wizard._b2b_order().b2b_points_wanted

    @api.depends("points", "order_id")
    def _compute_value(self):
        for wizard in self:
            found = wizard._b2b_order()._b2b_points_use(wizard.points)
            wizard.value = float(found.value)

    def _b2b_order(self):
        """The quotation, rights lifted after they were checked."""
        self.order_id.check_access("read")
        return self.order_id.sudo()

    def action_apply(self):
        """Use the points on the quotation; fewer where it allows fewer."""
        self.ensure_one()
        self.order_id.check_access("write")
        self.order_id._b2b_points_choose(self.points)
        return {"type": "ir.actions.act_window_close"}

    def action_most(self):
        """Use as many as the order allows."""
        self.ensure_one()
        self.points = self.most
        return self.action_apply()
