from odoo import api, fields, models

KINDS = [("b2b", "B2B"), ("b2c", "B2C")]


class CustomerGroupKind(models.TransientModel):
    """Dialog before a group with clients is marked B2B or B2C."""

    _name = "b2b.customer.group.kind"
    _description = "B2B Customer Group: Change Mark"

    group_id = fields.Many2one(
        "b2b.customer.group",
        "Customer group",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The group whose mark changes.",
    )
    kind_before = fields.Selection(
        related="group_id.kind", string="Mark today", help="How it is marked today."
    )
    kind = fields.Selection(
        KINDS,
        "New mark",
        required=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        help="How the group will be marked.",
    )
    client_count = fields.Integer(
        "Clients concerned", related="group_id.partner_count", help="Clients in it."
    )
    trade_count = fields.Integer(
        "Of them trade customers",
        compute="_compute_trade_count",
        help="They stay trade customers; set their type on the client.",
    )

    @api.depends("group_id")
    def _compute_kind(self):
        for wizard in self:
            wizard.kind = "b2c" if wizard.group_id.kind == "b2b" else "b2b"

    @api.depends("group_id")
    def _compute_trade_count(self):
        for wizard in self:
            # sudo: as for the number of clients, those of other reps count as well.
            wizard.trade_count = (
                self.env["res.partner"]
                .sudo()
                .search_count(
                    [
                        ("b2b_customer_group_id", "=", wizard.group_id.id),
                        ("b2b_customer_type", "=", "trade"),
                        *wizard.group_id._b2b_client_domain(),
                    ]
                )
            )

    def action_apply(self):
        """Change the mark of the group."""
        self.ensure_one()
        group = self.group_id
        group.check_access("write")
        # sudo: a direct write is refused for everybody; the right was checked above.
        group.sudo().kind = self.kind
        return {"type": "ir.actions.act_window_close"}
