from odoo import api, models

from ..rules.payment import is_allowed


class SaleOrder(models.Model):
    """The agreement's bank account stands above that of the sales channel."""

    _inherit = "sale.order"

    @api.depends("b2b_agreement_id")
    def _compute_b2b_bank_account_id(self):
        super()._compute_b2b_bank_account_id()
        for order in self:
            account = order.b2b_agreement_id.bank_account_id.filtered("active")
            order.b2b_bank_account_id = account or order.b2b_bank_account_id

    def _b2b_prepayment_bank(self):
        """No account of ours for who agreed to pay by card or another online method.

        Where none of these can be used at the moment, a transfer is the only way left.
        """
        bank = super()._b2b_prepayment_bank()
        order = self.sudo()
        providers = order.env["payment.provider"]
        allowed = providers._b2b_allowed_for(order.partner_id.id, order.id)
        if order._b2b_transfer_agreed(allowed):
            return bank
        online = providers._b2b_early_methods(order.company_id, allowed)
        return bank.browse() if online else bank

    def _b2b_transfer_agreed(self, allowed):
        """Whether a wire transfer is among the allowed methods.

        :param allowed: ids of payment methods, None for all
        """
        wire = "payment_custom.payment_method_wire_transfer"
        method = self.env.ref(wire, raise_if_not_found=False)
        return is_allowed(method and method.id, allowed)

    def _prepare_invoice(self):
        agreement = self.sudo().b2b_agreement_id
        return {**super()._prepare_invoice(), "b2b_agreement_id": agreement.id}

    def _get_invoice_grouping_keys(self):
        """Orders under different agreements are paid to different accounts."""
        return [*super()._get_invoice_grouping_keys(), "b2b_agreement_id"]
