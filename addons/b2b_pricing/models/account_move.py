from odoo import api, fields, models


class AccountMove(models.Model):
    """An invoice is paid to the account of the agreement of its orders."""

    _inherit = "account.move"

    b2b_agreement_id = fields.Many2one(
        "b2b.agreement",
        "Agreement",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups="base.group_user",
        help="The agreement under which the orders were made. The bank account of the "
        "invoice follows it.",
    )

    @api.depends("b2b_agreement_id")
    def _compute_partner_bank_id(self):
        super()._compute_partner_bank_id()
        for move in self.filtered(lambda m: m.is_inbound() and m.is_sale_document()):
            # sudo: the terms count, whoever writes the invoice.
            account = move.sudo().b2b_agreement_id.bank_account_id.filtered("active")
            if account:
                move.partner_bank_id = account.id
