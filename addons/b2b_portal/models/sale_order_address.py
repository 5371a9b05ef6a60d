from odoo import models

from odoo.addons.b2b_party.rules.finding import AUTHORIZE, SELLER, Finding


class SaleOrder(models.Model):
    """A new address on account is checked once (DECISIONS 25)."""

    _inherit = "sale.order"

    def _b2b_findings(self):
        finding = self._b2b_address_finding()
        return super()._b2b_findings() + ([finding] if finding else [])

    def _b2b_address_finding(self):
        order = self.sudo()
        place = order.partner_shipping_id
        if not place.b2b_unconfirmed or not order.b2b_seat_id:
            return None
        return Finding(
            code="address",
            severity=AUTHORIZE,
            side=SELLER,
            message=self.env._(
                "%(address)s was entered by the buyer and nothing was delivered there "
                "yet; check it before goods leave on account.",
                address=place.display_name,
            ),
            buyer_message=self.env._(
                "%s is new; we check the address before the first delivery.",
                place._b2b_place_name(),
            ),
        )

    def _b2b_asks_place(self):
        # An address that the buyer entered is checked by us, not by himself.
        place = self.partner_shipping_id
        return not place.b2b_unconfirmed and super()._b2b_asks_place()

    def _action_confirm(self):
        result = super()._action_confirm()
        # sudo: whoever may release the order has confirmed the address with it
        new = self.sudo().filtered("b2b_seat_id").partner_shipping_id
        new.filtered("b2b_unconfirmed").b2b_unconfirmed = False
        return result
