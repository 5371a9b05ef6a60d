from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..rules.terms import Member


class Budget(models.Model):
    """Whose budget it is: a party's, or that of a party group."""

    _inherit = "b2b.budget"

    party_id = fields.Many2one(
        "res.partner",
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain="[('b2b_customer_type', '=', 'trade'), ('parent_id', '=', False)]",
        help="The company that orders. Empty where a party group has the budget.",
    )
    party_group_id = fields.Many2one(
        "b2b.party.group",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="Counts the orders of all who belong to the group on the day of their "
        "submission: of whole parties, to single addresses, by single people.",
    )
    holder = fields.Char(
        "Budget of", compute="_compute_holder", help="The party or the party group."
    )

    _one_holder = models.Constraint(
        "CHECK((party_id IS NULL) != (party_group_id IS NULL))",
        "A budget belongs to a party or to a party group; enter one of them.",
    )

    @api.depends("party_id", "party_group_id")
    def _compute_holder(self):
        for budget in self:
            budget.holder = (budget.party_id or budget.party_group_id).display_name

    @api.constrains("party_id", "party_group_id", "seat_ids", "supervisor_ids")
    def _check_parties(self):
        for budget in self.sudo():
            party = budget.party_id
            if party.commercial_partner_id != party:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact; the budget belongs to its company "
                        "%(party)s.",
                        contact=party.name,
                        party=party.commercial_partner_id.name,
                    )
                )
            if budget.party_group_id and budget.seat_ids:
                raise ValidationError(
                    self.env._(
                        "%s is a group's budget and counts all its members; add "
                        "single people to the group instead.",
                        budget.name,
                    )
                )
            parties = budget._b2b_parties()
            strangers = (budget.seat_ids | budget.supervisor_ids).filtered(
                lambda seat, parties=parties: seat.party_id not in parties
            )
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(name)s does not sit in %(party)s; choose its seats.",
                        name=strangers[0].person_id.name,
                        party=budget.holder,
                    )
                )

    def _b2b_parties(self):
        """The party, or the parties of all members of the group, former ones too."""
        # sudo: who belongs to a group is asked for buyers as well.
        budgets = self.sudo()
        return budgets.party_id | budgets.party_group_id.member_ids.party_id

    @api.model
    def _b2b_party_domain(self, parties):
        """Budgets of these parties, and of the groups they are or were in."""
        members = self.env["b2b.party.group.member"].sudo()
        groups = members.search([("party_id", "in", parties.ids)]).group_id
        own = Domain("party_id", "in", parties.ids)
        return own | Domain("party_group_id", "in", groups.filtered("active").ids)

    def _b2b_members(self, party_id):
        """{group id: memberships of this party, its addresses and seats}."""
        groups = self.sudo().party_group_id
        result = {}
        if not groups:
            return result
        members = groups.member_ids.filtered(
            lambda m: m.party_id.id == party_id and m.group_id.active
        )
        for member in members:
            values = (member.partner_id.id, member.seat_id.id)
            days = (member.date_from or None, member.date_to or None)
            result.setdefault(member.group_id.id, []).append(Member(*values, *days))
        return result
