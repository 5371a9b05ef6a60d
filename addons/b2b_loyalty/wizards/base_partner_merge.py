from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two parties that become one have one account of points."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        accounts = self.env["b2b.loyalty.account"].sudo()
        everybody = src_partners | dst_partner
        own = accounts.search([("party_id", "in", everybody.ids)], order="id")
        for of_program in own.grouped("program_id").values():
            mine = of_program.filtered(lambda a: a.party_id == dst_partner)
            stays = mine or of_program[:1]
            (of_program - stays)._b2b_merge_into(stays)
        return super()._update_foreign_keys(src_partners, dst_partner)
