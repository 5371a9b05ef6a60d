"""Odoo's page of an order: what it offers to pay of a trade order, and what is sent."""

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.payment.controllers.portal import PaymentPortal
from odoo.addons.sale.controllers.portal import CustomerPortal

#: Ways of a payment through Odoo's form.
FLOWS = ("redirect", "direct", "token")


class TradeOrderPayment(CustomerPortal):
    @http.route()
    def portal_order_page(self, order_id, *args, payment_amount=None, **kwargs):
        # sudo: only what is asked for is looked at; Odoo checks who may see it.
        order = request.env["sale.order"].sudo().browse(order_id).exists()
        if order.b2b_is_trade:
            payment_amount = self._b2b_amount(order, payment_amount)
        return super().portal_order_page(
            order_id, *args, payment_amount=payment_amount, **kwargs
        )

    def _b2b_amount(self, order, asked):
        """The amount of a payment link as far as it is still to be paid.

        Links are kept: what was missing when one was made may be paid meanwhile.
        """
        asked = self._cast_as_float(asked)
        if not asked or asked <= 0 or order._b2b_is_unoffered():
            return None
        if order._b2b_awaits_prepayment():
            # The page asks for what is missing by itself.
            return None
        if order.state != "sale":
            return asked
        left = order.amount_total - order._b2b_prepayment_booked()
        left = order.currency_id.round(left)
        return min(asked, left) if left > 0 else None

    def _get_payment_values(self, order_sudo, is_down_payment=False, **kwargs):
        if order_sudo.b2b_is_trade and order_sudo._b2b_awaits_prepayment():
            # The missing share, whatever the address of the page says.
            is_down_payment, kwargs["payment_amount"] = True, None
        return super()._get_payment_values(
            order_sudo, is_down_payment=is_down_payment, **kwargs
        )


class TradePayment(PaymentPortal):
    """What every page of payment sends, those of invoices among them."""

    def _create_transaction(self, *args, **kwargs):
        transactions = request.env["payment.transaction"]
        transactions._b2b_check_numbers(kwargs)
        if kwargs.get("flow") not in FLOWS:
            raise ValidationError(transactions._b2b_way_text())
        return super()._create_transaction(*args, **kwargs)
