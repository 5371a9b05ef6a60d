from odoo import fields, models

from odoo.addons.b2b_party.tools import own_columns
from odoo.addons.b2b_pricing.rules.agreement import choose_default

from ..context import LOST, LOST_MAIN, TradeContext
from ..rules import cart_input

#: What of Odoo's own columns pages ask parties, contacts and addresses for.
CONTACT = (
    "active",
    "city",
    "commercial_partner_id",
    "company_id",
    "country_id",
    "email",
    "is_company",
    "lang",
    "name",
    "parent_id",
    "phone",
    "state_id",
    "street",
    "type",
    "tz",
    "user_id",
    "vat",
    "vies_valid",
    "zip",
)
COMPANY = (
    "account_fiscal_country_id",
    "currency_id",
    "name",
    "partner_id",
    "sale_discount_product_id",
    "security_lead",
    "uses_default_logo",
)


class B2bPortalContext(models.AbstractModel):
    _name = "b2b.portal.context"
    _description = "Builder of the portal's request context"

    def _b2b_build(self, cart_id=None):
        """Return the context of the current user, None without an active seat.

        :param cart_id: of the cart a page was made for, out of a request
        """
        user = self.env.user
        seat = user._b2b_seat()
        if not seat:
            return None
        env = self.sudo().env
        seats = self._b2b_seats(env, seat.id)
        asked = seats.filtered(lambda each: each.state == "invited")
        seats -= asked
        seat = seats.filtered(lambda each: each.id == seat.id)
        carts = env["sale.order"]._b2b_carts(seat, env.company)
        cart, lost = self._b2b_page_cart(carts, seat, cart_id)
        self._b2b_read_contacts(env, seats, cart)
        return TradeContext(
            env=env,
            user=user.with_env(env),
            seat=seat,
            seats=seats,
            party=seat.party_id,
            company=env.company,
            permissions=user._b2b_permissions(),
            cart=cart,
            invitations=asked,
            carts=carts,
            lost_cart=lost,
        )

    def _b2b_page_cart(self, carts, seat, cart_id):
        """``(cart, why it is lost)`` of a request.

        Without an id the current one; 0 means that the page showed none yet, which is
        the one without a name. An id is that of an open cart of this seat, or lost.
        """
        alone = [cart.with_prefetch(cart.ids) for cart in carts]
        if cart_id is None:
            return (alone[0] if alone else carts), ""
        wanted = cart_input.read_id(cart_id)
        main = carts.filtered(lambda cart: not cart.b2b_cart_name)[:1]
        if not wanted and str(cart_id) == "0":
            return main.with_prefetch(main.ids), ""
        for cart in alone:
            if cart.id == wanted:
                return cart, ""
        was_main = carts.search_count(
            [
                ("id", "=", wanted),
                ("b2b_seat_id", "=", seat.id),
                ("b2b_cart_name", "=", False),
            ],
            limit=1,
        )
        if was_main:
            return main.with_prefetch(main.ids), LOST_MAIN
        return (alone[0] if alone else carts), LOST

    def _b2b_seats(self, env, seat_id):
        """All seats of the person who holds this one, and those offered to him.

        Roles, parties and users are read for all of them at once: the switch names
        them. Those who answer for the parties come along, before Odoo asks for the
        user alone.
        """
        seats = env["b2b.seat"].search_fetch(
            [
                ("person_id.seat_ids", "in", [seat_id]),
                ("state", "in", ["active", "invited"]),
            ],
            order="id",
        )
        seats.role_id.mapped("name")
        seats.party_id.fetch(own_columns(seats.party_id, *CONTACT))
        (seats.user_id | seats.party_id.user_id).mapped("login")
        return seats

    def _b2b_read_contacts(self, env, seats, cart):
        """Whom nearly each page names, in one query."""
        env.company.fetch(own_columns(env.company, *COMPANY))
        users = seats.user_id | seats.party_id.user_id
        people = users.partner_id | env.company.partner_id | cart.partner_shipping_id
        people.fetch(own_columns(people, *CONTACT))

    def _b2b_agreement(self, ctx):
        if ctx.can("choose_agreement"):
            # The page lists them all: the cart's own one comes with them.
            ctx.agreements.mapped("name")
        kept = ctx.cart.b2b_agreement_id
        if kept.active and kept.state == "running":
            # It was one of the party's own when the cart was put under it.
            if kept._b2b_valid_on(fields.Date.context_today(self)):
                return kept
        rows = [(a.id, bool(a.party_id), a.is_default) for a in ctx.agreements]
        return ctx.agreements.browse(choose_default(rows) or [])

    def _b2b_pricelist(self, ctx):
        found = ctx.cart.pricelist_id
        if not ctx.cart:
            own = ctx.agreement.pricelist_id
            # Both in one query; the public one is asked for below.
            (own | ctx.company.b2b_public_pricelist_id).mapped("active")
            found = own if own.active else ctx.party._b2b_pricelist(ctx.agreement)
        # The public one is asked for what the list has no price for.
        (found | ctx.company.b2b_public_pricelist_id).mapped("name")
        return found

    def _b2b_fiscal_position(self, ctx):
        if ctx.cart:
            return ctx.cart.fiscal_position_id
        party = ctx.party
        address = ctx.seat._b2b_delivery_address() or party
        channel = party.env["b2b.sales.channel"]._b2b_standard("portal")
        terms = party._b2b_channel_terms(channel, ctx.company)
        for holder in (ctx.agreement, terms, party.with_company(ctx.company)):
            if holder and holder._b2b_tax_position():
                if not holder._b2b_tax_fault(address):
                    return holder._b2b_tax_position()
        goods_from = ctx.warehouse._b2b_address().country_id or ctx.company.country_id
        return party._b2b_supply_position(address, goods_from, ctx.company)
