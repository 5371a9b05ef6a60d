from odoo import models

from odoo.addons.b2b_delivery.rules import methods as rules


class B2bPortalFrame(models.AbstractModel):
    """The part “How” of the checkout: methods, prices, conditions."""

    _inherit = "b2b.portal.frame"

    def _b2b_checkout_sections(self, ctx, cart):
        sections = super()._b2b_checkout_sections(ctx, cart)
        if not cart._b2b_slot_goods():
            return sections
        values = ctx.env["b2b.portal.delivery"]._b2b_method_values(ctx, cart)
        if not (values["rows"] or values["gone"] or values["settle"]):
            return sections
        return sections + [
            {
                "key": "method",
                "title": self.env._("How"),
                "template": "b2b_portal_delivery.checkout_method",
                "values": values,
                "sequence": 20,
                "follows_address": True,
            }
        ]


class B2bPortalDelivery(models.AbstractModel):
    _inherit = "b2b.portal.delivery"

    def _b2b_method_values(self, ctx, cart):
        """Methods of a cart as the page draws them."""
        offered = cart._b2b_methods_offered(shown=True)
        allowed = ctx.env["delivery.carrier"].browse(one.id for one, _p in offered)
        on_cart = cart.carrier_id & allowed
        # What was chosen and is gone is said; nothing takes its place by itself.
        gone = cart._b2b_method_gone(ctx, offered)
        proposed = on_cart
        if not on_cart and not gone:
            proposed = cart._b2b_method_proposed(allowed)
        may = ctx.can("choose_delivery")
        if not may:
            offered = [row for row in offered if row[0] == proposed]
        agreed = cart._b2b_agreed_delivery()
        zone_facts = cart._b2b_method_buyer()
        rows = [
            self._b2b_method_row(ctx, cart, one, price, agreed, proposed, zone_facts)
            for one, price in offered
        ]
        free = may and not cart._b2b_method_must()
        charge = cart._b2b_cost_without_method() if free else 0.0
        shown = charge and ctx.can("see_prices")
        return {
            "rows": rows,
            "may": may,
            "free": free,
            "free_price": cart._b2b_money(charge) if shown else "",
            "free_charge": bool(charge),
            "none": not proposed and not gone,
            "proposed": bool(proposed) and not on_cart,
            "gone": gone,
            "settle": not gone and self._b2b_method_unsettled(cart, proposed, offered),
        }

    def _b2b_method_unsettled(self, cart, proposed, offered):
        """Whether the cart has not yet what the page shows as chosen."""
        if proposed != cart.carrier_id:
            return bool(proposed or cart.carrier_id)
        line = cart.order_line.filtered("is_delivery")[:1]
        own = line.b2b_carrier_price if line.b2b_carrier_replaced else line.price_unit
        return any(
            cart.currency_id.compare_amounts(own, price)
            for one, price in offered
            if one == proposed
        )

    def _b2b_method_row(self, ctx, cart, carrier, price, agreed, proposed, buyer):
        if agreed is not None and carrier.b2b_kind != rules.PICKUP:
            price = agreed
        chosen = carrier == proposed
        method = carrier._b2b_kept()
        conditions = ctx.env["b2b.delivery.conditions"].browse(
            chosen and method.conditions_id or ()
        )
        return {
            "id": carrier.id,
            "name": carrier.name,
            "text": self._b2b_method_text(ctx, carrier, buyer),
            "price": cart._b2b_money(price) if ctx.can("see_prices") else "",
            "chosen": chosen,
            "conditions": conditions,
            "must": bool(conditions) and method.tick,
            "ticked": bool(conditions) and cart.b2b_conditions_id == conditions,
        }

    def _b2b_method_text(self, ctx, carrier, buyer):
        """What there is to know about a method, in one short line."""
        _ = self.env._
        if carrier.b2b_kind == rules.PICKUP:
            place = carrier.b2b_warehouse_id._b2b_address()
            parts = [
                place._b2b_place_line() if place else "",
                carrier._b2b_hours_text(),
            ]
            return " · ".join(filter(None, parts))
        parts = [(carrier.carrier_description or "").strip().split("\n")[0]]
        zone = rules.zone_of(carrier._b2b_kept(), buyer)
        if zone and zone.weekdays:
            days = ctx.env["b2b.delivery.schedule"]._b2b_weekdays_text(zone.weekdays)
            parts.append(_("goes there on %s", days))
        if carrier.b2b_kind == rules.DROPSHIP:
            parts.append(_("slip without prices, in your name"))
        return " · ".join(filter(None, parts))
