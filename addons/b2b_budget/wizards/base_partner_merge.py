from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two parties that become one owe on one account."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        accounts = self.env["b2b.credit.account"].sudo().with_context(active_test=False)
        everybody = src_partners | dst_partner
        for own in (
            accounts.search([("party_id", "in", everybody.ids)], order="id")
            .grouped("company_id")
            .values()
        ):
            stays = own.filtered(lambda a: a.party_id == dst_partner) or own[:1]
            for other in own - stays:
                other._b2b_merge_into(stays)
        return super()._update_foreign_keys(src_partners, dst_partner)
