from odoo import api, fields, models
from odoo.tools import format_date

from ..rules.manager import Facts

STAFF = "base.group_user"
# What makes a party one that needs a manager.
STARTS = {"b2b_state", "b2b_customer_type", "parent_id", "is_company"}


class ResPartner(models.Model):
    """The account manager of a party: by hand or by rule, with a stand-in."""

    _inherit = "res.partner"

    b2b_manager_rule_id = fields.Many2one(
        "b2b.account.manager.rule",
        "Manager by rule",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
        help="The rule that named the account manager; empty when named by hand.",
    )
    b2b_manager_note = fields.Char(
        compute="_compute_b2b_manager_note",
        groups=STAFF,
        help="Why this is the manager, and who answers while he is away.",
    )

    @api.depends("user_id", "b2b_rep_ids", "b2b_manager_rule_id")
    def _compute_b2b_manager_note(self):
        for partner in self:
            parts = []
            if partner.b2b_manager_rule_id:
                rule = partner.b2b_manager_rule_id.sudo().name
                parts.append(self.env._("by rule “%s”", rule))
            manager, stand_in, until = partner._b2b_manager()
            if until and stand_in:
                parts.append(
                    self.env._(
                        "away until %(day)s, %(who)s answers",
                        day=format_date(self.env, until, date_format="d MMM y"),
                        who=stand_in.sudo().name,
                    )
                )
            elif until:
                parts.append(
                    self.env._(
                        "away until %s, nobody answers",
                        format_date(self.env, until, date_format="d MMM y"),
                    )
                )
            partner.b2b_manager_note = " · ".join(parts)

    def _b2b_manager_user(self):
        """The user who looks after this party: the manager, else the first rep."""
        self.ensure_one()
        # sudo: buyers and their pages know who looks after them.
        party = self.sudo().commercial_partner_id
        if party.user_id.active:
            return party.user_id
        return party.b2b_rep_ids.filtered("active")[:1]

    def _b2b_manager(self, on=None):
        """Who looks after this party, and who answers while he is away.

        :param on: a day; today by default
        :return: ``(manager, stand-in, until)``, users with all rights lifted; without
            an absence the last two are an empty user and None, and in an absence in
            which nobody answers the stand-in is empty
        """
        self.ensure_one()
        manager = self._b2b_manager_user()
        if not manager:
            return manager, manager, None
        answering, until = manager._b2b_who_answers(on)
        return manager, answering if until else manager.browse(), until

    def _b2b_manager_facts(self):
        """What rules for account managers look at."""
        self.ensure_one()
        return Facts(
            company=self.company_id.id or 0,
            group=self.b2b_customer_group_id.id or 0,
            category=self.b2b_customer_category_id.id or 0,
            segments=frozenset(self.b2b_segment_ids.ids),
            country=self.country_id.id or 0,
            state=self.state_id.id or 0,
        )

    def _b2b_without_manager(self):
        """Active trade parties of which nobody takes care yet."""
        # sudo: who takes care is asked for whoever activates the party.
        return self.sudo().filtered(
            lambda p: (
                p.b2b_customer_type == "trade"
                and p.b2b_state == "active"
                and p.commercial_partner_id == p
                and not p.user_id
                and not p.b2b_rep_ids
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        self.env["b2b.account.manager.rule"]._b2b_assign(
            partners._b2b_without_manager()
        )
        return partners

    def write(self, vals):
        by_hand = self.browse()
        if "user_id" in vals and "b2b_manager_rule_id" not in vals:
            # sudo: the mark belongs to the system.
            by_hand = self.sudo().filtered(
                lambda p: p.b2b_manager_rule_id and p.user_id.id != vals["user_id"]
            )
        result = super().write(vals)
        if by_hand:
            by_hand.b2b_manager_rule_id = False
        if vals.keys() & STARTS:
            self.env["b2b.account.manager.rule"]._b2b_assign(
                self._b2b_without_manager()
            )
        return result

    def action_b2b_assign_managers(self):
        """Open the preview of who would look after these parties by rule."""
        self.env["b2b.manager.assign"].check_access("create")
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign account managers by rule"),
            "res_model": "b2b.manager.assign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_party_ids": [(6, 0, self.ids)]},
        }
