from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.manager import Rule, deal, first_rule


class AccountManagerRule(models.Model):
    """Says who looks after which parties; the first rule that fits counts."""

    _name = "b2b.account.manager.rule"
    _description = "B2B Account Manager Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(
        required=True, help="Shown beside the manager of a party: by rule “South West”."
    )
    sequence = fields.Integer(default=10, help="The first rule that fits counts.")
    active = fields.Boolean(
        default=True, help="Archived rules name nobody; managers they named stay."
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Only parties of this company. Empty: all parties.",
    )
    customer_group_id = fields.Many2one(
        "b2b.customer.group",
        check_company=True,
        ondelete="cascade",
        help="Only parties of this group.",
    )
    category_id = fields.Many2one(
        "b2b.customer.category",
        "Customer category",
        check_company=True,
        ondelete="cascade",
        help="Only parties of this category.",
    )
    segment_id = fields.Many2one(
        "b2b.party.segment",
        check_company=True,
        ondelete="cascade",
        help="Only parties that are in this segment since its last refresh.",
    )
    country_ids = fields.Many2many(
        "res.country", string="Countries", help="Only parties in these countries."
    )
    state_ids = fields.Many2many(
        "res.country.state",
        string="States",
        domain="[('country_id', 'in', country_ids)]",
        help="Only parties in these states, counties or regions.",
    )
    user_ids = fields.Many2many(
        "res.users",
        "b2b_manager_rule_user_rel",
        "rule_id",
        "user_id",
        "Account managers",
        required=True,
        domain="[('share', '=', False)]",
        help="Several of them get the parties in turn.",
    )
    last_user_id = fields.Many2one(
        "res.users",
        "Last in turn",
        compute="_compute_last_user_id",
        help="Who got the latest party of this rule; the next one is somebody else.",
    )
    party_count = fields.Integer(
        "Parties", compute="_compute_party_count", help="Managers named by this rule."
    )

    def _compute_party_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("b2b_manager_rule_id", "in", self.ids)],
                ["b2b_manager_rule_id"],
                ["__count"],
            )
        )
        for rule in self:
            rule.party_count = counts.get(rule, 0)

    @api.constrains("user_ids")
    def _check_users(self):
        for rule in self:
            # sudo: who works for us is known to who keeps the rules.
            users = rule.sudo().user_ids
            if not users:
                raise ValidationError(
                    self.env._(
                        "Rule %s names nobody; add an account manager.", rule.name
                    )
                )
            outside = users.filtered("share")[:1]
            if outside:
                raise ValidationError(
                    self.env._(
                        "%s does not work for us and cannot be an account manager.",
                        outside.name,
                    )
                )

    @api.constrains("country_ids", "state_ids")
    def _check_states(self):
        for rule in self:
            if not rule.country_ids:
                continue
            fitting = rule.country_ids.state_ids
            wrong = (rule.state_ids - fitting)[:1]
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(state)s is in %(country)s, which rule %(rule)s does not "
                        "name: no party would fit.",
                        state=wrong.name,
                        country=wrong.country_id.name,
                        rule=rule.name,
                    )
                )

    # -- who gets which party --------------------------------------------------

    def _b2b_rule(self):
        """This rule as plain facts."""
        self.ensure_one()
        return Rule(
            id=self.id,
            users=tuple(sorted(self.user_ids.filtered("active").ids)),
            company=self.company_id.id or 0,
            group=self.customer_group_id.id or 0,
            category=self.category_id.id or 0,
            segment=self.segment_id.id or 0,
            countries=frozenset(self.country_ids.ids),
            states=frozenset(self.state_ids.ids),
        )

    @api.model
    def _b2b_match(self, parties):
        """The rule of each party: ``{rule: parties}`` in plain ids, in their order."""
        # sudo: rules are applied for whoever activates a party.
        rules = [rule._b2b_rule() for rule in self.sudo().search([])]
        found = {}
        if rules:
            for party in parties.sudo():
                rule = first_rule(rules, party._b2b_manager_facts())
                if rule:
                    found.setdefault(rule, []).append(party.id)
        return found

    @api.model
    def _b2b_propose(self, parties):
        """Who would get which party, without giving it.

        :return: list of ``(party id, user id, rule id)``
        """
        proposals = []
        for rule, party_ids in self._b2b_match(parties).items():
            last = self.sudo().browse(rule.id).last_user_id.id or 0
            users = deal(rule.users, last, len(party_ids))
            for party_id, user_id in zip(party_ids, users, strict=True):
                proposals.append((party_id, user_id, rule.id))
        return proposals

    @api.model
    def _b2b_assign(self, parties):
        """Give these parties their managers, each rule in turn.

        :return: list of ``(party id, user id, rule id)``
        """
        given = []
        for rule, party_ids in self._b2b_match(parties).items():
            users = self.sudo().browse(rule.id)._b2b_deal(rule.users, len(party_ids))
            given += [
                (party_id, user_id, rule.id)
                for party_id, user_id in zip(party_ids, users, strict=True)
            ]
        self._b2b_write_managers(given)
        return given

    @api.model
    def _b2b_write_managers(self, given):
        """Write managers with the rule that named them, one write for each pair."""
        pairs = {}
        for party_id, user_id, rule_id in given:
            pairs.setdefault((user_id, rule_id), []).append(party_id)
        for (user_id, rule_id), party_ids in pairs.items():
            # sudo: a credit controller who activates a party cannot write it, but
            # the rule applies to it all the same.
            self.env["res.partner"].sudo().browse(party_ids).write(
                {"user_id": user_id, "b2b_manager_rule_id": rule_id}
            )

    def action_open_parties(self):
        """Open the parties whose manager this rule named."""
        self.ensure_one()
        self.check_access("read")
        return self.env["res.partner"]._b2b_open_parties(
            self.env._("Parties by rule “%s”", self.name),
            [("b2b_manager_rule_id", "=", self.id)],
        )
