"""Several carts: the page of all of them, and what is done with one."""

import re

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from .base import render, to_int, trade_form, trade_json, trade_page
from .cart import ORDER

#: Pages that a buyer stays on when he turns to another cart.
STAY = re.compile(
    r"/trade(/(catalog|quick-order|lists(/\d{1,10})?|product/\d{1,10}|cart|carts))?"
    r"(\?[\w=&%+.~-]{0,400})?"
)


def stay(path):
    """The page to stay on; one that was made for a cart shows the current one."""
    path = str(path or "")
    if not STAY.fullmatch(path):
        return "/trade/cart"
    return path.partition("?")[0] if "cart_id=" in path else path


class TradeCarts(http.Controller):
    @trade_page("/trade/carts", permission=ORDER)
    def carts(self, ctx, deleted="0"):
        """All open carts of this seat."""
        Order = ctx.env["sale.order"]
        gone = Order.search(
            Order._b2b_deleted_carts_domain(ctx.seat, ctx.company)
            & Domain("id", "=", to_int(deleted))
        )
        return self._page(ctx, {"gone": gone})

    # -- forms -------------------------------------------------------------------

    @trade_form("/trade/carts/switch", permission=ORDER)
    def switch_cart(self, ctx, target_id="", go=""):
        """Turn to another cart, on every device."""
        Order = ctx.env["sale.order"]
        Order._b2b_own_cart(ctx, to_int(target_id))._b2b_cart_choose()
        return request.redirect(stay(go), code=303)

    @trade_form("/trade/carts/new", permission=ORDER, buying=True)
    def new_cart(self, ctx, name="", go=""):
        try:
            with request.env.cr.savepoint():
                ctx.env["sale.order"]._b2b_cart_new(ctx, name)
        except UserError as error:
            return self._page(ctx, {"problem": error.args[0], "typed": name})
        return request.redirect(stay(go), code=303)

    @trade_form("/trade/carts/<int:target_id>/name", permission=ORDER)
    def rename_cart(self, ctx, target_id, name="", go=""):
        cart = ctx.env["sale.order"]._b2b_own_cart(ctx, target_id)
        try:
            with request.env.cr.savepoint():
                cart._b2b_cart_rename(ctx, name)
        except UserError as error:
            return self._page(ctx, {"problem": error.args[0]})
        return request.redirect(stay(go), code=303)

    @trade_form("/trade/carts/<int:target_id>/copy", permission=ORDER, buying=True)
    def copy_cart(self, ctx, target_id, name=""):
        cart = ctx.env["sale.order"]._b2b_own_cart(ctx, target_id)
        try:
            with request.env.cr.savepoint():
                fresh, added, left_out = cart._b2b_cart_copy(ctx, name)
        except UserError as error:
            return self._page(ctx, {"problem": error.args[0]})
        url = ctx.env["b2b.portal.carts"]._b2b_url(
            ctx, fresh, added=added, left_out=left_out
        )
        return request.redirect(url, code=303)

    @trade_form("/trade/carts/<int:target_id>/delete", permission=ORDER)
    def delete_cart(self, ctx, target_id):
        cart = ctx.env["sale.order"]._b2b_own_cart(ctx, target_id)
        cart._b2b_cart_delete()
        return request.redirect(f"/trade/carts?deleted={cart.id}", code=303)

    @trade_form("/trade/carts/<int:target_id>/restore", permission=ORDER)
    def restore_cart(self, ctx, target_id):
        """Undo of a deletion."""
        cart = ctx.env["sale.order"]._b2b_own_cart(ctx, target_id, deleted=True)
        cart._b2b_cart_restore(ctx)
        return request.redirect("/trade/carts", code=303)

    # -- JSON --------------------------------------------------------------------

    @trade_json("/trade/carts/<int:target_id>/empty", permission=ORDER)
    def empty_cart(self, ctx, target_id):
        """Take everything out; the answer carries the rows that Undo sets again."""
        cart = ctx.env["sale.order"]._b2b_own_cart(ctx, target_id)
        rows = cart._b2b_cart_empty()
        return {
            "undo": [list(row) for row in rows],
            "text": request.env._("“%s” is empty.", cart._b2b_cart_label()),
        }

    # -- helpers -----------------------------------------------------------------

    def _page(self, ctx, values):
        problem = values.get("problem")
        return render(
            "b2b_portal.carts_page",
            {"rows": ctx.env["b2b.portal.carts"]._b2b_rows(ctx), **values},
            active="cart",
            title=request.env._("Carts"),
            status=400 if problem else 200,
        )
