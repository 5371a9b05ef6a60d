from odoo import api, fields, models


class AccountMove(models.Model):
    """The bank account on an invoice follows the channel of its order."""

    _inherit = "account.move"

    b2b_channel_id = fields.Many2one(
        "b2b.sales.channel",
        "Sales channel",
        index="btree_not_null",
        ondelete="restrict",
        help="The way by which the order came. The bank account of the invoice follows "
        "the party's terms for it.",
    )

    @api.depends("b2b_channel_id", "partner_id")
    def _compute_partner_bank_id(self):
        super()._compute_partner_bank_id()
        for move in self.filtered("b2b_channel_id"):
            if move.is_inbound() and move.is_sale_document():
                terms = move.partner_id._b2b_channel_terms(
                    move.b2b_channel_id, move.company_id
                )
                account = terms.bank_account_id.filtered("active")
                move.partner_bank_id = account or move.partner_bank_id

    @api.depends("reconciled_payment_ids")
    def _compute_payment_count(self):
        """Sales staff read invoices and no payments; Odoo's form would not open."""
        if self.env["account.payment"].has_access("read"):
            super()._compute_payment_count()
        else:
            self.payment_count = 0
