from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.b2b_party.rules.people import party_may_order


class SaleOrder(models.Model):
    """Odoo's own portal pages do not confirm trade orders past the checkout.

    Their signature and payment routes work with a link alone and with all rights
    lifted: whoever holds the link could order in any role, at prices long gone.
    """

    _inherit = "sale.order"

    def _has_to_be_signed(self):
        # A signature names no seat, so nobody could tell who caused the order and
        # may therefore not release it.
        return not self.b2b_is_trade and super()._has_to_be_signed()

    def _has_to_be_paid(self):
        return not self._b2b_is_unoffered() and super()._has_to_be_paid()

    def get_portal_last_transaction(self):
        """No transfer is asked for on Odoo's page while it could not be confirmed.

        :raise AccessError: for who may not read the order; Odoo lifts all rights here
        """
        self.check_access("read")
        payment = super().get_portal_last_transaction()
        if payment.state == "pending" and self._b2b_is_unoffered():
            return payment.browse()
        return payment

    def _b2b_is_unoffered(self):
        """A cart or an order that waits or came back: nothing to pay for yet.

        Neither is a quote of a party whose orders are stopped: no money is taken for
        what may not be confirmed.
        """
        self.ensure_one()
        if not self.b2b_is_trade:
            return False
        may_order = party_may_order(self.sudo().b2b_party_id.b2b_state)
        return self.state == "draft" or (self.state == "sent" and not may_order)

    def _b2b_pending_domain(self, parties):
        waiting = Domain("b2b_submit_state", "in", ["queued", "waiting"])
        mine = Domain("b2b_party_id", "in", parties.ids)
        return super()._b2b_pending_domain(parties) | (mine & waiting)

    def _b2b_check_payable(self):
        """Refuse a payment for an order that nobody has offered or confirmed.

        :raise ValidationError: with the name of the order
        """
        for order in self:
            if order.b2b_is_trade and order.state == "cancel":
                raise ValidationError(
                    self.env._("%s is cancelled; nothing is to be paid.", order.name)
                )
            if order._b2b_is_unoffered():
                stopped = order._b2b_party_state_finding()
                if stopped:
                    raise ValidationError(stopped.text_for_buyer)
                raise ValidationError(
                    self.env._(
                        "%s is not open for payment; submit it in the trade portal.",
                        order.name,
                    )
                )
