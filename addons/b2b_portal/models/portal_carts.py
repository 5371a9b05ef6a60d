from urllib.parse import urlencode

from odoo import fields, models

from ..tools import clock, day, number


class B2bPortalCarts(models.AbstractModel):
    """The open carts of a seat: menu in the top bar, and the page of all of them."""

    _name = "b2b.portal.carts"
    _description = "Carts of the trade portal"

    # -- on every page ---------------------------------------------------------

    def _b2b_name(self, ctx):
        """Name of the page's cart; empty while there is only one without a name."""
        several = len(ctx.carts | ctx.cart) > 1
        if several or ctx.cart.b2b_cart_name:
            return ctx.cart._b2b_cart_label()
        return ""

    def _b2b_key(self, ctx):
        """Query of a link that goes on with the page's cart, whatever is current."""
        return f"?cart_id={ctx.cart.id}" if ctx.cart else ""

    def _b2b_url(self, ctx, cart, **query):
        """The cart page of a cart, whichever is current."""
        if len(ctx.carts | cart) > 1:
            query["cart_id"] = cart.id
        return "/trade/cart" + (f"?{urlencode(query)}" if query else "")

    def _b2b_menu(self, ctx):
        """Rows of the menu, always in one order; none while there is only one cart.

        No query of its own: the figures are those that every page knows.
        """
        if len(ctx.carts) < 2 or not ctx.can("place_orders"):
            return []
        frame = self.env["b2b.portal.frame"]
        return [
            {
                "id": cart.id,
                "name": cart._b2b_cart_label(),
                "lines": frame._b2b_lines_text(len(ctx.quantities[cart.id])),
                "total": cart.amount_untaxed,
                "currency": cart.currency_id,
                "shown": cart == ctx.cart,
                "current": cart == ctx.carts[0],
            }
            for cart in ctx.carts.sorted("id")
        ]

    # -- the page --------------------------------------------------------------

    def _b2b_rows(self, ctx):
        """Rows of the page, in one order whichever is current; queries are constant."""
        changed = self._b2b_changed(ctx.carts)
        (ctx.carts.b2b_agreement_id | ctx.agreements).mapped("name")
        ctx.carts.partner_shipping_id.mapped("name")
        ctx.carts.create_uid.mapped("name")
        return [self._b2b_row(ctx, cart, changed) for cart in ctx.carts.sorted("id")]

    def _b2b_row(self, ctx, cart, changed):
        frame, lines = self.env["b2b.portal.frame"], ctx.quantities[cart.id]
        agreement = cart.b2b_agreement_id
        return {
            "cart": cart,
            "name": cart._b2b_cart_label(),
            "current": cart == ctx.carts[0],
            "maker": self._b2b_maker(ctx, cart),
            "agreement": agreement.name or "",
            "ended": bool(agreement) and agreement not in ctx.agreements,
            "address": cart.partner_shipping_id._b2b_place_name(),
            "lines": frame._b2b_lines_text(len(lines)) if lines else "",
            "total": cart.amount_untaxed,
            "currency": cart.currency_id,
            "changed": self._b2b_when(changed[cart.id]),
        }

    def _b2b_maker(self, ctx, cart):
        """Who made the cart: mostly the buyer, sometimes one of us for him."""
        maker = cart.create_uid
        if maker == ctx.user or maker._is_superuser():
            return self.env._("you")
        return maker.name

    def _b2b_changed(self, carts):
        """``{cart id: moment of its last change}``, of its lines as well (UTC)."""
        lines = self.env["sale.order.line"].sudo()  # carts of the own seat
        latest = {
            order.id: moment
            for order, moment in lines._read_group(
                [("order_id", "in", carts.ids)], ["order_id"], ["write_date:max"]
            )
        }
        return {
            cart.id: max(cart.write_date, latest.get(cart.id) or cart.write_date)
            for cart in carts
        }

    def _b2b_when(self, moment):
        """``09:47`` today, ``Fri 20 Nov, 09:47`` before."""
        local = fields.Datetime.context_timestamp(self, moment)
        if local.date() == fields.Date.context_today(self):
            return clock(local)
        return f"{day(self.env, local)}, {clock(local)}"

    def _b2b_came(self, added, left_out, there=0):
        """What was put into a cart at once, what could not be, and what need not be."""
        _ = self.env._
        text = _("1 article added.")
        if added != 1:
            text = _("%s articles added.", number(self.env, added))
        texts = [text if added else _("Nothing was added.")]
        if left_out == 1:
            texts.append(_("1 cannot be ordered any more."))
        elif left_out:
            left = number(self.env, left_out)
            texts.append(_("%s cannot be ordered any more.", left))
        if there == 1:
            texts.append(_("1 is in a cart or on its way already; it stays as it is."))
        elif there:
            texts.append(
                _(
                    "%s are in a cart or on their way already; they stay as they are.",
                    number(self.env, there),
                )
            )
        return " ".join(texts)
