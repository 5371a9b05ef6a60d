from odoo import api, models


class SaleOrder(models.Model):
    """The agreement's bank account stands above that of the sales channel."""

    _inherit = "sale.order"

    @api.depends("b2b_agreement_id")
    def _compute_b2b_bank_account_id(self):
        super()._compute_b2b_bank_account_id()
        for order in self:
            account = order.b2b_agreement_id.bank_account_id.filtered("active")
            order.b2b_bank_account_id = account or order.b2b_bank_account_id

    def _prepare_invoice(self):
        agreement = self.sudo().b2b_agreement_id
        return {**super()._prepare_invoice(), "b2b_agreement_id": agreement.id}

    def _get_invoice_grouping_keys(self):
        """Orders under different agreements are paid to different accounts."""
        return [*super()._get_invoice_grouping_keys(), "b2b_agreement_id"]
