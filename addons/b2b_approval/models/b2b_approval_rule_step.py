from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.b2b_party.tools import money


class ApprovalRuleStep(models.Model):
    """One step of a rule: people or roles, one of them or all."""

    _name = "b2b.approval.rule.step"
    _description = "B2B Approval Rule Step"
    _inherit = ["b2b.audit.mixin"]
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one(
        "b2b.approval.rule", required=True, index=True, ondelete="cascade"
    )
    party_id = fields.Many2one(related="rule_id.party_id", store=True, index=True)
    company_id = fields.Many2one(related="rule_id.company_id", store=True)
    currency_id = fields.Many2one(related="rule_id.currency_id")
    sequence = fields.Integer(default=10, help="Steps are taken in this order.")
    seat_ids = fields.Many2many(
        "b2b.seat",
        "b2b_approval_step_seat_rel",
        string="People",
        domain="[('party_id', '=', party_id)]",
        help="Who is asked.",
    )
    role_ids = fields.Many2many(
        "b2b.seat.role",
        "b2b_approval_step_role_rel",
        string="Roles",
        domain="['|', ('party_id', '=', False), ('party_id', '=', party_id)]",
        help="Everybody of the party with one of these roles is asked.",
    )
    mode = fields.Selection(
        [("one", "One of them"), ("all", "All of them")],
        required=True,
        default="one",
        help="Whether one of the people is enough.",
    )
    min_amount = fields.Monetary(
        "Only from",
        help="The step is taken for orders of this amount or more. 0: always.",
    )

    _not_negative = models.Constraint(
        "CHECK(min_amount >= 0)", "The amount of a step cannot be below zero."
    )

    @api.constrains("seat_ids", "role_ids", "rule_id")
    def _check_approvers(self):
        self._b2b_check_approvers()

    def _b2b_check_approvers(self):
        """Refuse a step without approver, or with one who may not decide here.

        :raise ValidationError: with the name and what to do
        """
        for step in self.sudo():
            rule = step.rule_id
            if not step.seat_ids and not step.role_ids:
                raise ValidationError(
                    self.env._(
                        "A step of “%s” has no approver; name a person or a role.",
                        rule.name,
                    )
                )
            rule._b2b_check_inside(step.seat_ids, step.role_ids)
            powerless = step.seat_ids.filtered(lambda seat: not seat.role_id.approve)
            if powerless:
                raise ValidationError(
                    self.env._(
                        "%(name)s may not approve orders; give the role the right, "
                        "or choose somebody else.",
                        name=powerless[0].person_id.name,
                    )
                )
            roles = step.role_ids.filtered(lambda role: not role.approve)
            if roles:
                raise ValidationError(
                    self.env._(
                        "Role “%s” may not approve orders; choose another one.",
                        roles[0].name,
                    )
                )

    def _b2b_text(self):
        """``Marcus Feld or Approver``, with the amount from which it counts."""
        self.ensure_one()
        _ = self.env._
        step = self.sudo()
        names = step.seat_ids.person_id.mapped("name") + step.role_ids.mapped("name")
        text = (_(" and ") if step.mode == "all" else _(" or ")).join(names)
        if step.mode == "all" and step.role_ids:
            text = _("all of %s", text)
        if step.min_amount:
            amount = money(self.env, step.min_amount, step.rule_id.currency_id)
            text = _("%(who)s (from %(amount)s)", who=text, amount=amount)
        return text

    @api.model
    def _b2b_audited_fields(self):
        return ("sequence", "seat_ids", "role_ids", "mode", "min_amount")

    def _b2b_audit_party(self):
        return self.rule_id.party_id

    def _b2b_audit_name(self):
        return self.rule_id.name

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._b2b_check_approvers()
        self.env.registry.clear_cache()
        return steps

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        rules = self.rule_id
        result = super().unlink()
        rules.exists()._check_steps()
        self.env.registry.clear_cache()
        return result
