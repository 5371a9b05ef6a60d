from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Agreement(models.Model):
    """To which of our accounts orders under an agreement are paid (DECISIONS 16)."""

    _name = "b2b.agreement"
    _inherit = ["b2b.agreement", "b2b.guarded.mixin"]

    own_partner_id = fields.Many2one(
        related="company_id.partner_id", help="Whose bank accounts can be chosen."
    )
    # Not copied: only who keeps bank accounts sets it. A new version takes it over.
    bank_account_id = fields.Many2one(
        "res.partner.bank",
        "Bank account",
        ondelete="restrict",
        tracking=True,
        copy=False,
        domain="[('partner_id', '=', own_partner_id), "
        "('company_id', 'in', (False, company_id))]",
        help="Our account to which pro-formas and invoices under this agreement are "
        "paid; printed on them. Empty: that of the sales channel, else the company's. "
        "Set by credit controllers and administrators.",
    )

    @api.constrains("bank_account_id", "company_id")
    def _check_bank_account(self):
        for agreement in self.filtered("bank_account_id"):
            # sudo: whose account it is must be known, whoever makes the agreement.
            account, company = agreement.sudo().bank_account_id, agreement.company_id
            if account.partner_id != company.partner_id or (
                account.company_id and account.company_id != company
            ):
                raise ValidationError(
                    self.env._(
                        "Bank account %(account)s is not one of %(company)s; customers "
                        "pay to your own accounts only.",
                        account=account.acc_number,
                        company=company.name,
                    )
                )

    @api.model
    def _b2b_terms(self):
        return super()._b2b_terms() | {"bank_account_id"}

    @api.model
    def _b2b_audited_fields(self):
        return (*super()._b2b_audited_fields(), "bank_account_id")

    def _b2b_take_over(self, former):
        super()._b2b_take_over(former)
        # sudo: the account stays as it was; nobody chooses one here.
        self.sudo().bank_account_id = former.sudo().bank_account_id

    @api.model
    def _b2b_compared_terms(self):
        return (*super()._b2b_compared_terms(), "bank_account_id")
