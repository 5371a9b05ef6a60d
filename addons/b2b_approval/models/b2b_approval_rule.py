from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules.approval import Condition, asks_something


class ApprovalRule(models.Model):
    """Which orders need a yes, and whose.

    A rule of the customer's side is decided by the customer's people, one of ours by
    a job role of our staff (DECISIONS 1). All its conditions have to be met.
    """

    _name = "b2b.approval.rule"
    _description = "B2B Approval Rule"
    _inherit = ["b2b.audit.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="Both sides read it as the reason.")
    active = fields.Boolean(
        default=True, help="An archived rule asks nobody any more; its history stays."
    )
    sequence = fields.Integer(default=10, help="In which order the rules are listed.")
    side = fields.Selection(
        [("buyer", "The customer's people"), ("seller", "Our staff")],
        "Decided by",
        required=True,
        default="buyer",
        help="Who decides: the customer's own people, or a job role of ours.",
    )
    kept_by = fields.Selection(
        [("seller", "Us"), ("party", "The customer")],
        required=True,
        default="seller",
        readonly=True,
        help="Who made the rule; a customer changes only its own rules.",
    )
    party_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('b2b_customer_type', '=', 'trade'), ('parent_id', '=', False)]",
        help="The company whose orders it is about; without party and party group: "
        "all trade parties.",
    )
    party_group_id = fields.Many2one(
        "b2b.party.group",
        "Party group",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Instead of one party: all that belong to the group that day.",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Leave empty to use it in all your companies."
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Currency of the amounts; orders are converted at today's rate.",
    )
    basis = fields.Char(
        compute="_compute_basis", help="What the amount of an order is measured by."
    )
    always = fields.Boolean("Any order", help="Every order of these people needs it.")
    min_amount = fields.Monetary(
        "Amount from",
        help="Orders of this amount or more, measured as the party's other limits. "
        "0: not asked.",
    )
    min_lines = fields.Integer(
        "Lines from", help="Orders with so many article lines or more. 0: not asked."
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Categories",
        help="Orders with an article of one of these, or of a category below.",
    )
    min_delivery = fields.Monetary(
        "Delivery cost from", help="Orders whose delivery costs this. 0: not asked."
    )
    role_ids = fields.Many2many(
        "b2b.seat.role",
        "b2b_approval_rule_role_rel",
        string="For roles",
        domain="['|', ('party_id', '=', False), ('party_id', '=', party_id)]",
        help="Whose orders it is about. Neither roles nor people: everybody's.",
    )
    seat_ids = fields.Many2many(
        "b2b.seat",
        "b2b_approval_rule_seat_rel",
        string="For people",
        domain="[('party_id', '=', party_id)]",
        help="Whose orders it is about, beside the roles.",
    )
    staff_group = fields.Selection(
        [
            ("order_desk", "Order desk"),
            ("sales_manager", "Sales manager"),
            ("credit", "Credit controller"),
        ],
        "Job role",
        default="order_desk",
        help="Which of our job roles decides.",
    )
    step_ids = fields.One2many(
        "b2b.approval.rule.step",
        "rule_id",
        "Steps",
        copy=True,
        help="Who is asked, one step after the other.",
    )
    condition_text = fields.Char(
        "Applies to",
        compute="_compute_condition_text",
        help="The conditions in words; all of them have to be met.",
    )
    hold_count = fields.Integer(
        "Used", compute="_compute_hold_count", help="How often it held an order."
    )

    _not_negative = models.Constraint(
        "CHECK(min_amount >= 0 AND min_lines >= 0 AND min_delivery >= 0)",
        "Amounts and numbers of a rule cannot be below zero; 0 asks nothing.",
    )
    _one_scope = models.Constraint(
        "CHECK(party_id IS NULL OR party_group_id IS NULL)",
        "A rule is for a party or for a party group, not for both.",
    )

    @api.depends("party_id")
    def _compute_basis(self):
        for rule in self:
            total = rule.party_id.sudo().b2b_limit_basis == "total"
            rule.basis = (
                self.env._("incl. tax, with delivery")
                if total
                else self.env._("excl. tax, with delivery")
            )

    @api.depends(
        "always",
        "min_amount",
        "min_lines",
        "category_ids",
        "min_delivery",
        "currency_id",
        "party_id",
    )
    def _compute_condition_text(self):
        for rule in self:
            rule.condition_text = rule._b2b_condition_text()

    def _compute_hold_count(self):
        counts = dict(
            self.env["b2b.order.hold"]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
            )
        )
        for rule in self:
            rule.hold_count = counts.get(rule, 0)

    # -- what a rule must be -----------------------------------------------------

    @api.constrains(
        "always", "min_amount", "min_lines", "category_ids", "min_delivery", "name"
    )
    def _check_condition(self):
        for rule in self:
            if not asks_something(rule._b2b_condition()):
                raise ValidationError(
                    self.env._(
                        "Rule “%s” names no condition; enter one, or choose “Any "
                        "order”.",
                        rule.name,
                    )
                )

    @api.constrains("currency_id", "company_id")
    def _check_rate(self):
        for rule in self:
            rule.currency_id._b2b_check_rate(rule.company_id or self.env.company)

    @api.constrains("step_ids", "side", "staff_group", "active")
    def _check_steps(self):
        for rule in self.filtered("active"):
            if rule.side == "seller" and not rule.staff_group:
                raise ValidationError(
                    self.env._("Say which job role decides about “%s”.", rule.name)
                )
            if rule.side == "buyer" and not rule.step_ids:
                raise ValidationError(
                    self.env._(
                        "Rule “%s” has no approver; name at least one person or role.",
                        rule.name,
                    )
                )

    @api.constrains("role_ids", "seat_ids", "party_id", "party_group_id")
    def _check_people(self):
        for rule in self.sudo():
            rule._b2b_check_inside(rule.seat_ids, rule.role_ids)
            rule.step_ids._b2b_check_approvers()

    def _b2b_check_inside(self, seats, roles):
        """Refuse people and roles of another party.

        :raise ValidationError: with the name and what to do
        """
        self.ensure_one()
        party = self.party_id
        strangers = seats.filtered(lambda seat: seat.party_id != party)
        if strangers:
            raise ValidationError(
                self.env._(
                    "%(name)s does not sit in %(party)s; choose one of its people.",
                    name=strangers[0].person_id.name,
                    party=party.name or self.env._("one party of this rule"),
                )
            )
        foreign = roles.filtered(lambda r: r.party_id and r.party_id != party)
        if foreign:
            raise ValidationError(
                self.env._(
                    "Role “%(role)s” belongs to %(party)s; choose a standard role or "
                    "one of the rule's own party.",
                    role=foreign[0].name,
                    party=foreign[0].party_id.name,
                )
            )

    # -- the log and the cache ---------------------------------------------------

    @api.model
    def _b2b_audited_fields(self):
        return (
            "name",
            "active",
            "side",
            "party_id",
            "party_group_id",
            "always",
            "min_amount",
            "min_lines",
            "category_ids",
            "min_delivery",
            "currency_id",
            "role_ids",
            "seat_ids",
            "staff_group",
        )

    def _b2b_audit_party(self):
        return self.party_id

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        # Constraints look at what is sent only: a rule sent without steps has none.
        rules._check_steps()
        rules._check_condition()
        self.env.registry.clear_cache()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for rule in self.sudo():
            if rule.hold_count:
                raise UserError(
                    self.env._(
                        "Rule “%(rule)s” held %(count)s orders and is kept for their "
                        "history; archive it instead.",
                        rule=rule.name,
                        count=rule.hold_count,
                    )
                )

    def _b2b_condition(self):
        """The conditions as plain values for ``rules.approval``."""
        self.ensure_one()
        categories = self.env["product.category"].sudo()
        if self.category_ids:
            categories = categories.search([("id", "child_of", self.category_ids.ids)])
        return Condition(
            always=self.always,
            min_amount=self.min_amount,
            min_lines=self.min_lines,
            categories=frozenset(categories.ids),
            min_delivery=self.min_delivery,
            seats=frozenset(self.sudo().seat_ids.ids),
            roles=frozenset(self.sudo().role_ids.ids),
        )

    def action_open_holds(self):
        """Open the orders that this rule held."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "b2b.order.hold",
            "view_mode": "list,form",
            "domain": [("rule_id", "=", self.id)],
        }
