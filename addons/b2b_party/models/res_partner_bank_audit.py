from odoo import api, models


class ResPartnerBank(models.Model):
    """A changed bank account is how money is stolen: every change is in the log."""

    _name = "res.partner.bank"
    _inherit = ["res.partner.bank", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "acc_number",
            "acc_holder_name",
            "bank_id",
            "currency_id",
            "partner_id",
            "allow_out_payment",
            "active",
        )

    def _b2b_audit_party(self):
        return self.partner_id.commercial_partner_id
