from odoo import models
from odoo.exceptions import ValidationError


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

    def _b2b_is_unoffered(self):
        """A cart or an order that waits or came back: nothing to pay for yet."""
        self.ensure_one()
        return self.b2b_is_trade and self.state == "draft"

    def _b2b_check_payable(self):
        """Refuse a payment for an order that nobody has offered or confirmed.

        :raise ValidationError: with the name of the order
        """
        for order in self:
            if order._b2b_is_unoffered():
                raise ValidationError(
                    self.env._(
                        "%s is not open for payment; submit it in the trade portal.",
                        order.name,
                    )
                )
