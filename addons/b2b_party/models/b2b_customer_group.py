from odoo import api, fields, models


class CustomerGroup(models.Model):
    """A group of clients with common terms; every client is in exactly one."""

    _name = "b2b.customer.group"
    _description = "B2B Customer Group"
    _order = "name"
    _check_company_auto = True

    name = fields.Char(
        required=True, translate=True, help="As your team calls this group of clients."
    )
    kind = fields.Selection(
        [("b2b", "B2B"), ("b2c", "B2C")],
        required=True,
        default="b2b",
        help="Whether the clients of this group buy for a business or for themselves.",
    )
    erp_ref = fields.Char(
        "ERP ID", help="Number of the group in your ERP; unique in a company."
    )
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the group between your companies."
    )
    active = fields.Boolean(default=True)
    partner_ids = fields.One2many(
        "res.partner",
        "b2b_customer_group_id",
        "Clients",
        domain="[('parent_id', '=', False)]",
        help="The parties of this group.",
    )
    partner_count = fields.Integer(
        "Number of clients", compute="_compute_partner_count", help="Parties in it."
    )

    _erp_ref_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), erp_ref) WHERE erp_ref IS NOT NULL",
        "This ERP ID already belongs to another customer group.",
    )

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [
                    ("b2b_customer_group_id", "in", self.ids),
                    ("parent_id", "=", False),
                ],
                ["b2b_customer_group_id"],
                ["__count"],
            )
        )
        for group in self:
            group.partner_count = counts.get(group, 0)

    def action_open_clients(self):
        """Open the clients of this group in a dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Clients of %s", self.name),
            "res_model": "res.partner",
            "view_mode": "list",
            "views": [(self.env.ref("b2b_party.res_partner_view_list_b2b").id, "list")],
            "domain": [
                ("b2b_customer_group_id", "=", self.id),
                ("parent_id", "=", False),
            ],
            "target": "new",
        }
