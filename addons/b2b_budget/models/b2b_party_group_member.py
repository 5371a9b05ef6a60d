from odoo import api, fields, models


class PartyGroupMember(models.Model):
    _inherit = "b2b.party.group.member"

    party_id = fields.Many2one(
        "res.partner",
        compute="_compute_party_id",
        store=True,
        index=True,
        help="The company of the member: it itself, of the address or of the seat.",
    )

    @api.depends("partner_id.commercial_partner_id", "seat_id.party_id")
    def _compute_party_id(self):
        for member in self:
            member.party_id = (
                member.partner_id.commercial_partner_id or member.seat_id.party_id
            )

    def write(self, vals):
        before = self.group_id
        result = super().write(vals)
        (before | self.group_id)._b2b_budgets_changed()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members.group_id._b2b_budgets_changed()
        return members

    def unlink(self):
        groups = self.group_id
        result = super().unlink()
        groups._b2b_budgets_changed()
        return result
