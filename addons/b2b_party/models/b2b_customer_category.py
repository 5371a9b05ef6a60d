from odoo import api, fields, models


class CustomerCategory(models.Model):
    """What kind of shop a client runs; independent of groups, prices and terms."""

    _name = "b2b.customer.category"
    _description = "B2B Customer Category"
    _order = "name"

    name = fields.Char(
        required=True, translate=True, help="As your team calls clients of this kind."
    )
    code = fields.Char(
        help="Short code of the category in your ERP; unique in a company."
    )
    description = fields.Text(
        translate=True, help="Which clients belong here, for your team."
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leave empty to share the category between your companies.",
    )
    active = fields.Boolean(
        default=True, help="Archived categories are not offered any more."
    )
    party_count = fields.Integer(
        "Parties", compute="_compute_party_count", help="Parties of this category."
    )

    _code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), lower(code)) WHERE code IS NOT NULL",
        "There is already a customer category with this code.",
    )

    def _compute_party_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("b2b_customer_category_id", "in", self.ids)],
                ["b2b_customer_category_id"],
                ["__count"],
            )
        )
        for category in self:
            category.party_count = counts.get(category, 0)

    @api.depends("name", "code")
    def _compute_display_name(self):
        for category in self:
            category.display_name = " · ".join(
                part for part in (category.name, category.code) if part
            )

    def action_open_parties(self):
        """Open the parties of this category."""
        self.ensure_one()
        self.check_access("read")
        return self.env["res.partner"]._b2b_open_parties(
            self.env._("Parties of %s", self.name),
            [("b2b_customer_category_id", "=", self.id)],
        )
