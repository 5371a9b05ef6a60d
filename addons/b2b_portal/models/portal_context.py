from odoo import models

from ..context import TradeContext


class B2bPortalContext(models.AbstractModel):
    _name = "b2b.portal.context"
    _description = "Builder of the portal's request context"

    def _b2b_build(self):
        """Return the context of the current user, None without an active seat."""
        user = self.env.user
        seat = user._b2b_seat()
        if not seat:
            return None
        sudo_env = self.sudo().env
        seat = seat.with_env(sudo_env)
        party = seat.party_id
        company = sudo_env.company
        cart = sudo_env["sale.order"]._b2b_cart_find(seat, company)
        agreement = self._b2b_agreement(party, cart)
        pricelist = cart.pricelist_id or party._b2b_pricelist(agreement)
        return TradeContext(
            env=sudo_env,
            user=user.with_env(sudo_env),
            seat=seat,
            party=party,
            agreement=agreement,
            pricelist=pricelist,
            fiscal_position=self._b2b_fiscal_position(party, agreement, cart),
            company=company,
            warehouse=cart.warehouse_id or self._b2b_warehouse(company),
            permissions=user._b2b_permissions(),
            cart=cart,
        )

    def _b2b_agreement(self, party, cart):
        """The cart's agreement while usable, else the party's default one."""
        if cart.b2b_agreement_id in party._b2b_agreements():
            return cart.b2b_agreement_id
        return party._b2b_default_agreement()

    def _b2b_fiscal_position(self, party, agreement, cart):
        if cart:
            return cart.fiscal_position_id
        if agreement.fiscal_position_id:
            return agreement.fiscal_position_id
        delivery = party.b2b_default_delivery_id or party
        return party.env["account.fiscal.position"]._get_fiscal_position(
            party, delivery=delivery
        )

    def _b2b_warehouse(self, company):
        return company.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
