"""Invoices are paid in the ways agreed on: what their pages offer."""

from odoo.addons.account_payment.controllers.portal import PortalAccount


class TradePayment(PortalAccount):
    def _invoice_get_page_view_values(self, invoice, *args, **kwargs):
        values = super()._invoice_get_page_view_values(invoice, *args, **kwargs)
        return invoice._b2b_filter_offered(values)

    def _overdue_invoices_get_page_view_values(self, overdue_invoices, **kwargs):
        values = super()._overdue_invoices_get_page_view_values(
            overdue_invoices, **kwargs
        )
        return overdue_invoices._b2b_filter_offered(values)
