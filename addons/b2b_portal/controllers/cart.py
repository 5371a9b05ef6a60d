from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..rules import cart_input
from ..tools import group_sign, money, number
from .base import (
    not_found,
    render,
    render_part,
    to_int,
    trade_form,
    trade_json,
    trade_page,
)
from .refusal import FILL, OWN

ORDER = "place_orders"
CHOOSE = "choose_agreement"
#: What to do with an article that is in the cart already (DECISIONS 22).
ON_DOUBLE = ("ask", "add", "replace", "leave")


def read_lines(lines):
    """``[(product_id, quantity)]`` out of a JSON list of pairs."""
    if not isinstance(lines, list):
        raise UserError(request.env._("There are no lines to read."))
    return [
        (line[0], line[1]) if isinstance(line, list) and len(line) == 2 else (0, None)
        for line in lines
    ]


def to_cart(ctx, added=None, left_out=0, there=0):
    """Lead to the cart that was written to, whichever is current."""
    cart = ctx.env["sale.order"]._b2b_cart_get(ctx)
    came = {}
    if added is not None:
        came = {"added": added, "left_out": left_out, "there": there}
        came = {key: count for key, count in came.items() if count or key == "added"}
    url = ctx.env["b2b.portal.carts"]._b2b_url(ctx, cart, **came)
    return request.redirect(url, code=303)


def read_seen(seen):
    """``{product_id: quantity}`` that a page showed, out of a JSON object."""
    if not isinstance(seen, dict):
        return {}
    found = {}
    for raw_id, raw in seen.items():
        read = cart_input.read_quantity(raw, zero_ok=True)
        if not read.error:
            found[cart_input.read_id(raw_id)] = read.value
    return found


class TradeCart(http.Controller):
    # Not on a replica: what others took from the cart meanwhile is written.
    @trade_page("/trade/cart", permission=ORDER, readonly=False)
    def trade_cart(self, ctx, added="", left_out="", there="", gone=""):
        """Check, compare, solve; says what an order or a list brought."""
        values = ctx.env["b2b.portal.cart"]._b2b_values(ctx, ctx.cart)
        added = to_int(added, -1)
        if added >= 0:
            carts = ctx.env["b2b.portal.carts"]
            values["came"] = carts._b2b_came(added, to_int(left_out), to_int(there))
        values["gone"] = gone == "1"
        return render(
            "b2b_portal.cart_page", values, active="cart", title=request.env._("Cart")
        )

    # -- JSON ------------------------------------------------------------------

    @trade_json("/trade/cart/add", permission=ORDER, buying=True, cart=FILL)
    def trade_cart_add(self, ctx, lines=None, on_double="ask"):
        """Add typed rows; an article that is in the cart is asked about once."""
        rows = read_lines(lines)
        if on_double not in ON_DOUBLE:
            on_double = "ask"
        doubles = self._doubles(ctx, rows)
        if doubles and on_double == "ask":
            return {"ask": doubles}
        before = self._quantities(ctx)
        known = {double["product_id"] for double in doubles}
        again = [row for row in rows if cart_input.read_id(row[0]) in known]
        fresh = [row for row in rows if cart_input.read_id(row[0]) not in known]
        Order = ctx.env["sale.order"]
        results = Order._b2b_cart_set_lines(ctx, fresh, "add")
        if again and on_double in ("add", "replace"):
            mode = "add" if on_double == "add" else "set"
            results += Order._b2b_cart_set_lines(ctx, again, mode)
        return self._answer(ctx, results, before, added=True)

    @trade_json("/trade/cart/set", permission=ORDER, buying=True, cart=OWN)
    def trade_cart_set(self, ctx, lines=None, seen=None, page=False):
        """Set quantities of lines; 0 removes. ``page``: send the cart page's parts.

        ``seen`` is what the page showed before: what another tab changed stays.
        """
        before = self._quantities(ctx)
        results = ctx.env["sale.order"]._b2b_cart_set_lines(
            ctx, read_lines(lines), seen=read_seen(seen)
        )
        return self._answer(ctx, results, before, page=page)

    @trade_json("/trade/cart/remove", permission=ORDER, buying=True, cart=OWN)
    def trade_cart_remove(self, ctx, product_ids=None, seen=None, page=False):
        """Remove lines; the answer carries what is needed for Undo."""
        if not isinstance(product_ids, list):
            raise UserError(request.env._("There are no lines to remove."))
        before = self._quantities(ctx)
        rows = [(product_id, 0) for product_id in product_ids]
        results = ctx.env["sale.order"]._b2b_cart_set_lines(
            ctx, rows, seen=read_seen(seen)
        )
        return self._answer(ctx, results, before, page=page)

    @trade_json("/trade/cart/code", permission=ORDER, buying=True, cart=FILL)
    def trade_cart_code(self, ctx, code="", quantity=""):
        """Add one article by its code, the buyer's own code or barcode."""
        code = code.strip()[:80] if isinstance(code, str) else ""
        product = ctx.env["b2b.portal.search"]._b2b_by_code(ctx, code)
        if not product:
            raise UserError(request.env._("There is no article %s.", code or "“”"))
        before = self._quantities(ctx)
        if quantity in ("", None):
            rules = ctx.env["b2b.portal.rows"]._b2b_quantity_rules(ctx, product)
            quantity = rules[product.id].first
        results = ctx.env["sale.order"]._b2b_cart_set_lines(
            ctx, [(product.id, quantity)], "add"
        )
        if results[0]["error"]:
            raise UserError(results[0]["error"])
        return self._answer(ctx, results, before, added=True)

    @trade_json("/trade/cart/compare", permission=CHOOSE, cart=OWN, readonly=True)
    def trade_cart_compare(self, ctx):
        """Total of the cart under each agreement, for the switch."""
        if not ctx.can("see_prices"):
            return {"totals": []}
        compare = ctx.env["b2b.portal.cart"]._b2b_compare(ctx, ctx.cart)
        return {
            "totals": [
                {
                    "id": item["id"],
                    "total": money(request.env, item["total"], item["currency"]),
                    "difference": item["difference"],
                    "better": bool(item["tone"]),
                }
                for item in compare
                if item["total"] is not None
            ]
        }

    @trade_json("/trade/cart/agreement/json", permission=CHOOSE, buying=True, cart=OWN)
    def trade_cart_agreement_json(self, ctx, agreement_id=0):
        """Switch the agreement of the cart and re-price it."""
        previous = ctx.agreement
        totals = self._switch(ctx, agreement_id)
        _ = request.env._
        text = _("Agreement %s.", totals["agreement"].name)
        if ctx.can("see_prices") and totals["before"] is not None:
            text = _(
                "%(agreement)s: %(before)s → %(after)s.",
                agreement=totals["agreement"].name,
                before=totals["before"],
                after=totals["after"],
            )
        return {"text": text, "undo_id": previous.id}

    # -- forms, for pages without scripts ---------------------------------------

    @trade_form("/trade/cart/lines", permission=ORDER, buying=True, cart=FILL)
    def trade_cart_lines(self, ctx, **post):
        """Add the typed quantities of a page."""
        rows = self._form_rows(post)
        results = ctx.env["sale.order"]._b2b_cart_set_lines(ctx, rows, "add")
        self._refuse(results)
        return to_cart(ctx)

    @trade_form("/trade/cart/update", permission=ORDER, buying=True, cart=OWN)
    def trade_cart_update(self, ctx, **post):
        """Save the quantities of the cart page that were changed on it."""
        seen = read_seen({k[2:]: v for k, v in post.items() if k.startswith("s_")})
        group = group_sign(request.env)
        rows = [
            (key, raw)
            for key, raw in self._form_rows(post, zero=True)
            if cart_input.read_quantity(raw, zero_ok=True, group=group).value
            != seen.get(cart_input.read_id(key))
        ]
        results = ctx.env["sale.order"]._b2b_cart_set_lines(ctx, rows, seen=seen)
        self._refuse(results)
        return to_cart(ctx)

    @trade_form("/trade/cart/agreement", permission=CHOOSE, buying=True, cart=OWN)
    def trade_cart_agreement(self, ctx, agreement_id=0, go=""):
        """Switch; ``go`` is where the button stood, ``checkout`` or the cart."""
        before = ctx.cart.b2b_agreement_before_id
        ended = before and before.id == to_int(agreement_id)
        # The way back may end while the page that offers it is open: it says so.
        if not (ended and before not in ctx.agreements):
            self._switch(ctx, agreement_id)
        if go == "checkout":
            key = ctx.env["b2b.portal.carts"]._b2b_key(ctx)
            return request.redirect(f"/trade/checkout{key}", code=303)
        return to_cart(ctx)

    @trade_form("/trade/cart/reprice", permission=ORDER, buying=True, cart=OWN)
    def trade_cart_reprice(self, ctx):
        """Take today's prices into the cart, under an agreement that can be used."""
        ctx.cart._b2b_cart_renew()
        return to_cart(ctx)

    # -- helpers ---------------------------------------------------------------

    def _form_rows(self, post, zero=False):
        return [
            (key[2:], value)
            for key, value in post.items()
            if key.startswith("q_") and (zero or str(value).strip() not in ("", "0"))
        ]

    def _refuse(self, results):
        errors = [result["error"] for result in results if result["error"]]
        if errors:
            raise UserError("\n".join(errors[:5]))

    def _switch(self, ctx, agreement_id):
        agreement = ctx.agreements.filtered(lambda a: a.id == to_int(agreement_id))
        if not agreement:
            raise not_found()
        cart = ctx.env["sale.order"]._b2b_cart_get(ctx, create=True)
        before = money(request.env, cart.amount_total, cart.currency_id)
        cart._b2b_switch_agreement(agreement)
        return {
            "agreement": agreement,
            "before": before if cart._b2b_cart_lines() else None,
            "after": money(request.env, cart.amount_total, cart.currency_id),
        }

    def _quantities(self, ctx):
        """Quantities and value of the cart before a change."""
        result = {"goods": self._goods(ctx.cart)}
        for line in ctx.cart._b2b_cart_lines():
            product_id = line.product_id.id
            result[product_id] = result.get(product_id, 0.0) + line.product_uom_qty
        return result

    def _doubles(self, ctx, rows):
        have = self._quantities(ctx)
        products = ctx.env["product.product"]
        doubles = {}
        for raw_id, raw in rows:
            product_id = cart_input.read_id(raw_id)
            read = cart_input.read_quantity(raw, group=group_sign(request.env))
            if product_id in have and not read.error:
                doubles[product_id] = {
                    "product_id": product_id,
                    "name": products.browse(product_id).name,
                    "in_cart": number(request.env, have[product_id]),
                    "typed": number(request.env, read.value),
                }
        return list(doubles.values())

    def _answer(self, ctx, results, before, page=False, added=False):
        """Results with the new figures of the bar, and Undo as rows to set."""
        cart = ctx.env["sale.order"]._b2b_cart_get(ctx)
        frame = ctx.env["b2b.portal.frame"]
        done = [result for result in results if not result["error"]]
        self._note_in_carts(ctx, cart, done)
        answer = {
            "results": results,
            "bar": frame._b2b_bar(ctx, cart),
            "undo": [
                [result["product_id"], before.get(result["product_id"], 0)]
                for result in done
            ],
            "text": self._text(ctx, cart, done, before, added),
        }
        if page:
            answer.update(self._page_parts(ctx, cart))
        return answer

    def _note_in_carts(self, ctx, cart, results):
        """What of an article all open carts hold together (DECISIONS 22)."""
        others = ctx.carts - cart
        held = others._b2b_carts_quantities()
        for result in results:
            elsewhere = sum(q.get(result["product_id"], 0.0) for q in held.values())
            result["in_carts"] = result["quantity"] + elsewhere

    def _goods(self, cart):
        """Net amount of the cart's articles."""
        return sum(cart._b2b_cart_lines().mapped("price_subtotal"))

    def _text(self, ctx, cart, done, before, added):
        if not done:
            return ""
        _ = request.env._
        count = len({result["product_id"] for result in done})
        lines = _("1 line") if count == 1 else _("%s lines", number(request.env, count))
        if not ctx.can("see_prices"):
            return _("%s added.", lines) if added else _("%s saved.", lines)
        total = money(request.env, cart.amount_untaxed, cart.currency_id)
        if not added:
            return _("%(lines)s saved. Cart: %(total)s.", lines=lines, total=total)
        # Of the articles alone: charges that come or go are no part of them.
        more = self._goods(cart) - before["goods"]
        return _(
            "%(lines)s added, %(more)s. Cart: %(total)s.",
            lines=lines,
            more=money(request.env, more, cart.currency_id),
            total=total,
        )

    def _page_parts(self, ctx, cart):
        """Changed parts of the cart page: findings, side column, rows' figures."""
        values = ctx.env["b2b.portal.cart"]._b2b_values(ctx, cart)
        frame = ctx.env["b2b.portal.frame"]._b2b_frame(ctx, "cart")
        see = ctx.can("see_prices")
        return {
            "empty": not values["rows"],
            "findings": str(render_part("b2b_portal.findings", values)),
            "side": str(
                render_part("b2b_portal.cart_side", {**values, "frame": frame})
            ),
            "count": values["count_text"],
            "rows": [
                {
                    "product_id": row["id"],
                    "quantity": row["quantity"],
                    "promise": row["promise"],
                    "price": money(request.env, row["line_price"], ctx.currency)
                    if see
                    else "",
                    "total": money(request.env, row["line_total"], ctx.currency)
                    if see
                    else "",
                }
                for row in values["rows"]
            ],
        }
