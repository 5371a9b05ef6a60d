"""Odoo's own page of an invoice, and its PDF, as a buyer meets them."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.account.controllers.portal import PortalAccount


class TradeMyInvoices(PortalAccount):
    @http.route()
    def portal_my_invoice_detail(self, invoice_id, access_token=None, **query):
        """What is another company's, or not in the role, is not found.

        Odoo leads to the account page without a word, which looks like a download
        that failed.
        """
        if request.env.user.share and request.env.user._b2b_seat():
            try:
                invoice = self._document_check_access(
                    "account.move", invoice_id, access_token
                )
            except (AccessError, MissingError):
                raise request.not_found() from None
            # Odoo's form of payment wants it, also of who is signed in.
            access_token = access_token or invoice._portal_ensure_token()
        return super().portal_my_invoice_detail(
            invoice_id, access_token=access_token, **query
        )
