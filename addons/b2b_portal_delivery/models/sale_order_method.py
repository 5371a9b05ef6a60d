from odoo import models
from odoo.fields import Domain

from odoo.addons.b2b_delivery.rules import methods as method_rules
from odoo.addons.b2b_party.exceptions import GateBlocked
from odoo.addons.b2b_pricing.rules import conditions as condition_rules


class SaleOrder(models.Model):
    """The delivery method of a cart: chosen, priced and accepted at checkout."""

    _inherit = "sale.order"

    # -- where to ----------------------------------------------------------------

    def _b2b_checkout_place(self):
        # The method brings its own slots, price and conditions.
        return (*super()._b2b_checkout_place(), self.carrier_id)

    def _b2b_checkout_addresses(self, ctx):
        """Own addresses first, then end customers where goods may go there."""
        found = super()._b2b_checkout_addresses(ctx)
        ends = found.filtered("b2b_end_customer")
        own = (found - ends) or ctx.seat._b2b_delivery_address() or ctx.party
        return own + ends if ends else found

    def _b2b_checkout_domain(self, ctx):
        domain = super()._b2b_checkout_domain(ctx)
        if not self._b2b_ships_to_ends():
            return domain
        ends = ctx.env["b2b.portal.addresses"]._b2b_ends_domain(ctx)
        return Domain(domain) | Domain(ends)

    def _b2b_ships_to_ends(self):
        buyer = self._b2b_method_buyer()
        carriers = self.env["delivery.carrier"]
        return any(
            carriers.browse(id_)._b2b_party_refusal(buyer) in ("", method_rules.ZONE)
            for id_, method in carriers._b2b_methods().items()
            if method.kind == method_rules.DROPSHIP
        )

    # -- what is offered -----------------------------------------------------------

    def _b2b_methods_offered(self, shown=False):
        """``[(method, price)]`` that the buyer may choose, priced for this cart."""
        return list(self._b2b_method_prices(self._b2b_methods(), shown).items())

    def _b2b_method_proposed(self, allowed):
        """What the page shows as chosen while the cart has none."""
        self.ensure_one()
        usual = self._b2b_default_method(allowed)
        must = self._b2b_method_must()
        return usual or (allowed[:1] if must else allowed.browse())

    def _b2b_method_must(self):
        """Whether the order cannot go without a method."""
        self.ensure_one()
        to_end = self.partner_shipping_id.b2b_end_customer
        return self.company_id.b2b_method_required or to_end

    def _b2b_agreed_delivery(self):
        """The agreed cost that takes the place of a method's price; else None."""
        chosen = self.sudo()._b2b_chosen_conditions(collected=False)
        agreed = chosen.get(condition_rules.DELIVERY)
        if not agreed or not agreed.carrier:
            return None
        return self._b2b_delivery_outcome(chosen, carrier=True).carrier

    def _b2b_cost_without_method(self):
        """What delivery costs when the way is left to us, in the order's currency."""
        if not self.carrier_id:
            kind = condition_rules.DELIVERY
            lines = self.order_line.filtered(lambda ln: ln.b2b_condition_kind == kind)
            return sum(lines.mapped("price_subtotal"))
        chosen = self.sudo()._b2b_chosen_conditions(collected=False)
        charges = self._b2b_delivery_outcome(chosen, carrier=False).charges
        return charges.get(condition_rules.DELIVERY, 0.0)

    def _b2b_delivery_outcome(self, chosen, carrier):
        self.ensure_one()
        goods = self.sudo()._b2b_condition_goods()
        net = sum(goods.mapped("price_subtotal"))
        return condition_rules.outcome(chosen, net, goods=bool(goods), carrier=carrier)

    # -- what is no longer offered --------------------------------------------------

    def _b2b_method_gone(self, ctx, offered=None):
        """What to say when the method of the cart is no longer to be had; else empty.

        It stays on the cart until another way is chosen. Who may not choose gets the
        usual one instead, as always.

        :param offered: of :meth:`_b2b_methods_offered`, if known
        """
        if not self.carrier_id or not ctx.can("choose_delivery"):
            return ""
        prices = dict(self._b2b_methods_offered() if offered is None else offered)
        if self.carrier_id in prices:
            return ""
        name, cost = self._b2b_method_instead(prices)
        if not name or not ctx.can("see_prices"):
            return self.env._(
                "%s can no longer be chosen for this order. Choose another way.",
                self.carrier_id.name,
            )
        was = sum(self.order_line.filtered("is_delivery").mapped("price_unit"))
        return self.env._(
            "%(gone)s (%(was)s) can no longer be chosen for this order. Choose another "
            "way: “%(name)s” costs %(cost)s.",
            gone=self.carrier_id.name,
            was=self._b2b_money(was),
            name=name,
            cost=self._b2b_money(cost),
        )

    def _b2b_method_instead(self, prices):
        """Name and cost of the way that is nearest at hand; ``("", 0.0)`` for none."""
        carriers = self.env["delivery.carrier"].concat(*prices)
        if usual := self._b2b_method_proposed(carriers):
            cost = self._b2b_method_cost(usual, prices[usual])
            return usual.name, cost
        if self._b2b_method_must():
            return "", 0.0
        return self.env._("As you see fit"), self._b2b_cost_without_method()

    def _b2b_method_cost(self, carrier, price):
        """What a method costs on this cart: its price, or what was agreed instead."""
        if carrier.b2b_kind == method_rules.PICKUP:
            return price
        agreed = self._b2b_agreed_delivery()
        return price if agreed is None else agreed

    # -- what was chosen -----------------------------------------------------------

    def _b2b_checkout_write(self, ctx, form):
        place = self.partner_shipping_id
        errors = super()._b2b_checkout_write(ctx, form)
        moved = self.partner_shipping_id != place
        errors.update(self._b2b_write_method(ctx, form, moved))
        return errors

    def _b2b_write_method(self, ctx, form, moved):
        """Take the method of a form; another address may leave another one.

        :return: sentences by the name of the input; nothing was changed then
        """
        if not self._b2b_slot_goods():
            return {}
        if "method_id" not in form and not moved:
            gone = self._b2b_method_gone(ctx)
            return {"method_id": gone} if gone else {}
        prices = {one.id: price for one, price in self._b2b_methods_offered()}
        allowed = self.env["delivery.carrier"].browse(prices)
        chosen, left_to_us = self.carrier_id & allowed, False
        if "method_id" in form and ctx.can("choose_delivery"):
            text = str(form["method_id"] or "0")
            wanted = int(text) if text.isdecimal() and len(text) < 11 else -1
            chosen = allowed.filtered(lambda c: c.id == wanted)
            left_to_us = not wanted
            if wanted and not chosen and not moved:
                gone = wanted == self.carrier_id.id and self._b2b_method_gone(ctx)
                return {"method_id": gone or self._b2b_method_refused_text()}
            # No method is no way to an address that was chosen just now and asks for
            # one; where the address stays, the gate says so.
            left_to_us = left_to_us and not (moved and self._b2b_method_must())
        if not chosen and not left_to_us:
            chosen = self._b2b_method_proposed(allowed)
        if chosen != self.carrier_id:
            self._b2b_set_method(chosen)
        else:
            self._b2b_refresh_method(prices)
        self._b2b_tick_conditions(form)
        return {}

    def _b2b_method_refused_text(self):
        return self.env._(
            "This delivery method cannot be chosen for this order; take another one."
        )

    def _b2b_refresh_method(self, prices=None):
        """Bring the price of the method to what the cart is now."""
        carrier, lines = self.carrier_id, self.order_line.filtered("is_delivery")
        if not carrier or len(lines) > 1:
            return
        if prices is None:
            found = self._b2b_method_prices(carrier)
            prices = {one.id: price for one, price in found.items()}
        price = prices.get(carrier.id)
        if price is None:
            return
        replaced = lines.b2b_carrier_replaced
        own = lines.b2b_carrier_price if replaced else lines.price_unit
        if not lines or self.currency_id.compare_amounts(own, price):
            self.set_delivery_line(carrier, price)

    def _b2b_checkout_refresh(self):
        super()._b2b_checkout_refresh()
        self._b2b_refresh_method()

    def _b2b_tick_conditions(self, form):
        """Keep the tick on the cart; it counts for the version on the page only."""
        if "method_id" not in form:
            return
        asked = self._b2b_conditions_asked()
        ticked = asked and str(form.get("conditions") or "") == str(asked.id)
        kept = asked if ticked else asked.browse()
        if self.b2b_conditions_id != kept:
            self.b2b_conditions_id = kept

    # -- submission ----------------------------------------------------------------

    def _b2b_checkout_submit(self, ctx, token, acknowledged=()):
        missing = self._b2b_conditions_finding()
        if missing:
            raise GateBlocked([missing], for_buyer=True)
        self._b2b_record_acceptance(ctx.user, ctx.seat)
        return super()._b2b_checkout_submit(ctx, token, acknowledged)

    # -- words ---------------------------------------------------------------------

    def _b2b_finding_subject(self, code):
        _ = self.env._
        return {
            "delivery_method": _("delivery method"),
            "delivery_conditions": _("conditions"),
        }.get(code) or super()._b2b_finding_subject(code)

    def _b2b_finding_anchor(self, code):
        if code in ("delivery_method", "delivery_conditions"):
            return "#b2b_method", self.env._("How")
        return super()._b2b_finding_anchor(code)
