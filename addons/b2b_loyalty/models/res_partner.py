from odoo import api, fields, models

STAFF = "sales_team.group_sale_salesman,b2b_party.group_loyalty"


class ResPartner(models.Model):
    _inherit = "res.partner"

    b2b_loyalty_account_ids = fields.One2many(
        "b2b.loyalty.account",
        "party_id",
        "Points accounts",
        groups=STAFF,
        help="One for each loyalty program.",
    )
    b2b_loyalty_balance = fields.Integer(
        "Points",
        compute="_compute_b2b_loyalty_balance",
        groups=STAFF,
        help="Granted points in all programs of the current companies.",
    )

    @api.depends("b2b_loyalty_account_ids.balance")
    @api.depends_context("allowed_company_ids")
    def _compute_b2b_loyalty_balance(self):
        sums = dict(
            self.env["b2b.loyalty.account"]._read_group(
                [("party_id", "in", self.ids)], ["party_id"], ["balance:sum"]
            )
        )
        for partner in self:
            partner.b2b_loyalty_balance = sums.get(partner, 0)

    def action_b2b_open_points(self):
        """Open the points ledger of this party."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Points of %s", self.name),
            "res_model": "b2b.loyalty.entry",
            "view_mode": "list,pivot,graph,form",
            "domain": [("party_id", "=", self.id)],
        }
