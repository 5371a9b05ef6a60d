from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

AT_ONCE = 1000


class ManagerAssign(models.TransientModel):
    """Shows who would look after which party by rule, then assigns them."""

    _name = "b2b.manager.assign"
    _description = "B2B Assign Account Managers"

    party_ids = fields.Many2many(
        "res.partner", string="Chosen parties", help="Empty: all trade parties."
    )
    scope = fields.Selection(
        [
            ("none", "Parties without an account manager"),
            ("rule", "Those, and parties whose manager a rule named"),
            ("all", "All, also those named by hand"),
        ],
        required=True,
        default="none",
        help="Which parties get an account manager by rule.",
    )
    line_ids = fields.One2many(
        "b2b.manager.assign.line",
        "wizard_id",
        "Changes",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        help="What would change; parties that keep their manager are left out.",
    )
    line_count = fields.Integer(compute="_compute_line_count", help="Shown changes.")
    is_more = fields.Boolean(
        compute="_compute_line_count", help="Whether more parties are left for later."
    )

    def _parties(self):
        domain = (
            Domain("b2b_customer_type", "=", "trade")
            & Domain("b2b_state", "=", "active")
            & Domain("parent_id", "=", False)
        )
        if self.party_ids:
            domain &= Domain("id", "in", self.party_ids._origin.ids)
        if self.scope != "all":
            free = Domain("user_id", "=", False) & Domain("b2b_rep_ids", "=", False)
            ruled = Domain("b2b_manager_rule_id", "!=", False)
            domain &= free | ruled if self.scope == "rule" else free
        return self.env["res.partner"].search(domain, limit=AT_ONCE + 1)

    @api.depends("party_ids", "scope")
    def _compute_line_ids(self):
        for wizard in self:
            parties = wizard._parties()[:AT_ONCE]
            proposals = self.env["b2b.account.manager.rule"]._b2b_propose(parties)
            before = {party.id: party.user_id.id for party in parties}
            wizard.line_ids = [(5, 0, 0)] + [
                (
                    0,
                    0,
                    {
                        "party_id": party_id,
                        "before_id": before[party_id],
                        "user_id": user_id,
                        "rule_id": rule_id,
                    },
                )
                for party_id, user_id, rule_id in proposals
                if before[party_id] != user_id
            ]

    @api.depends("line_ids")
    def _compute_line_count(self):
        for wizard in self:
            wizard.line_count = len(wizard.line_ids)
            wizard.is_more = len(wizard._parties()) > AT_ONCE

    def action_assign(self):
        """Assign what the preview shows; who got another manager meanwhile keeps it."""
        self.ensure_one()
        self.check_access("write")
        self.env["b2b.account.manager.rule"].check_access("write")
        lines = self.line_ids.filtered(lambda ln: ln.party_id.user_id == ln.before_id)
        if not lines:
            raise UserError(
                self.env._("No party would get another account manager by rule.")
            )
        lines.party_id.check_access("write")
        rules = self.env["b2b.account.manager.rule"]
        rules._b2b_write_managers(
            [(ln.party_id.id, ln.user_id.id, ln.rule_id.id) for ln in lines]
        )
        for rule, own in lines.grouped("rule_id").items():
            # sudo: the turn goes on after the last one who got a party.
            rule.sudo()._b2b_set_turn(own[-1].user_id.id)
        return {"type": "ir.actions.act_window_close"}


class ManagerAssignLine(models.TransientModel):
    """One party that would get another account manager."""

    _name = "b2b.manager.assign.line"
    _description = "B2B Assign Account Managers, one party"

    wizard_id = fields.Many2one("b2b.manager.assign", required=True, ondelete="cascade")
    party_id = fields.Many2one(
        "res.partner", required=True, ondelete="cascade", help="The party."
    )
    before_id = fields.Many2one(
        "res.users", "Now", ondelete="cascade", help="Who looks after it now."
    )
    user_id = fields.Many2one(
        "res.users",
        "Then",
        required=True,
        ondelete="cascade",
        help="Who would look after it.",
    )
    rule_id = fields.Many2one(
        "b2b.account.manager.rule",
        required=True,
        ondelete="cascade",
        help="The first rule that fits this party.",
    )
