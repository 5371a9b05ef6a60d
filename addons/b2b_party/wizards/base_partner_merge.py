from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        """What is taken over from merged contacts is nobody's change of a company."""
        with dst_partner._b2b_merging():
            return super()._update_values(src_partners, dst_partner)
