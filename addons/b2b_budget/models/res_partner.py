from odoo import api, fields, models, tools

# Who may read budgets: the groups of the access rights.
STAFF = (
    "b2b_party.group_rep,b2b_party.group_sales_manager,b2b_party.group_credit,"
    "b2b_party.group_order_desk"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    b2b_budget_count = fields.Integer(
        compute="_compute_b2b_budget_count",
        groups=STAFF,
        help="Running budgets of this party.",
    )

    b2b_pot_required = fields.Boolean(
        "Each order names a pot",
        help="Every order of this party must count in a cost centre or event. Off: who "
        "has no budget orders freely.",
    )

    b2b_budget_ceiling = fields.Monetary(
        "Highest own budget",
        currency_field="b2b_budget_ceiling_currency_id",
        groups=STAFF,
        help="The highest amount and order maximum of a budget that the customer's "
        "administrator makes in the portal. 0: no ceiling.",
    )
    b2b_budget_ceiling_currency_id = fields.Many2one(
        "res.currency",
        "Currency of the ceiling",
        compute="_compute_b2b_budget_ceiling_currency_id",
        groups=STAFF,
        help="The currency of the party, else that of the company.",
    )

    _b2b_budget_ceiling_positive = models.Constraint(
        "CHECK(b2b_budget_ceiling >= 0)", "The ceiling of own budgets is no debt."
    )

    @api.depends("b2b_currency_id")
    @api.depends_context("company")
    def _compute_b2b_budget_ceiling_currency_id(self):
        for partner in self:
            partner.b2b_budget_ceiling_currency_id = (
                partner.b2b_currency_id or self.env.company.currency_id
            )

    def _compute_b2b_budget_count(self):
        Budget = self.env["b2b.budget"]
        own = dict(
            Budget._read_group(
                [("party_id", "in", self.ids)], ["party_id"], ["__count"]
            )
        )
        shared = dict(
            Budget._read_group(
                [("party_group_id", "in", self.b2b_party_group_ids.ids)],
                ["party_group_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.b2b_budget_count = own.get(partner, 0) + sum(
                shared.get(group, 0) for group in partner.b2b_party_group_ids
            )

    def action_b2b_budgets(self):
        """Open the budgets of this party and of its groups."""
        self.ensure_one()
        self.env["b2b.budget"].check_access("read")
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "b2b_budget.b2b_budget_action"
        )
        return action | {
            "domain": list(self.env["b2b.budget"]._b2b_party_domain(self)),
            "context": {"default_party_id": self.id},
        }

    def _b2b_demands_pot(self):
        """Whether each order of this party names a pot; asked for every order."""
        return self.sudo()._b2b_demanding(self.id)

    @api.model
    @tools.ormcache("party_id")
    def _b2b_demanding(self, party_id):
        return self.browse(party_id).b2b_pot_required

    def write(self, vals):
        result = super().write(vals)
        if "b2b_pot_required" in vals:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Merging parties moves their budgets by SQL and then deletes the rest."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
