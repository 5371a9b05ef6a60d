"""After a payment its buyer comes back to the order in the trade portal."""

from odoo.http import request

from odoo.addons.b2b_approval.controllers.payment import TradeOrderPayment


class TradePortalPayment(TradeOrderPayment):
    def _get_payment_values(self, order_sudo, **kwargs):
        values = super()._get_payment_values(order_sudo, **kwargs)
        seat = request.env.user._b2b_seat()
        own = seat and seat.party_id == order_sudo.b2b_party_id
        # An offer has its page with Odoo only, until it is an order.
        if own and order_sudo._b2b_has_page():
            values["landing_route"] = f"/trade/orders/{order_sudo.id}"
        return values
