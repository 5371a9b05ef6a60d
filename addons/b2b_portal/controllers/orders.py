"""Orders: list, order page, thanks page, order again."""

from urllib.parse import urlencode

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.b2b_party.tools import read_rows

from ..rules import order_steps
from .base import not_found, render, to_int, trade_form, trade_page
from .cart import to_cart
from .elsewhere import found_here
from .files import download
from .refusal import FILL

PER_PAGE = 30


class TradeOrders(http.Controller):
    @trade_page("/trade/orders")
    def orders(self, ctx, state="all", search="", page="1"):
        Order = ctx.env["sale.order"]
        filters = Order._b2b_pages_filters()
        state = state if state in filters else "all"
        search = str(search)[:100]
        domain = Order._b2b_pages_domain(ctx) & Order._b2b_pages_search(search)
        counts = Order._b2b_pages_counts(domain)
        pages = max(1, -(-counts[state] // PER_PAGE))
        page = to_int(page, 1, low=1, high=pages)
        orders = Order.search(
            domain & Domain(filters[state][1]),
            order="date_order desc, id desc",
            limit=PER_PAGE,
            offset=(page - 1) * PER_PAGE,
        )
        values = {
            "rows": ctx.env["b2b.portal.home"]._b2b_order_rows(ctx, orders),
            "tabs": self._tabs(filters, counts, state, search),
            "state": state,
            "query": search,
            "total": counts[state],
            "page": page,
            "pages": pages,
            "this_year": fields.Date.context_today(Order).year,
            "page_url": lambda number: self._url(state, search, number),
        }
        return render(
            "b2b_portal.orders_page",
            values,
            active="orders",
            title=request.env._("Orders"),
        )

    @trade_page("/trade/orders/<int:order_id>")
    def order(self, ctx, order_id):
        return self._order_page(ctx, order_id, thanks=False)

    @trade_page("/trade/order/<int:order_id>/thanks")
    def thanks(self, ctx, order_id):
        return self._order_page(ctx, order_id, thanks=True)

    @trade_form(
        "/trade/orders/<int:order_id>/reorder",
        permission="place_orders",
        buying=True,
        cart=FILL,
    )
    def reorder(self, ctx, order_id):
        order = ctx.env["sale.order"]._b2b_pages_get(ctx, order_id)
        added, left_out = order._b2b_reorder(ctx)
        return to_cart(ctx, added, left_out)

    @trade_form("/trade/orders/<int:order_id>/close-rest", permission="change_orders")
    def close_rest(self, ctx, order_id, reason=""):
        order = ctx.env["sale.order"]._b2b_pages_get(ctx, order_id)
        order._b2b_buyer_close(str(reason)[:200])
        return request.redirect(f"/trade/orders/{order.id}", code=303)

    @trade_form(
        "/trade/orders/<int:order_id>/edit", permission="place_orders", buying=True
    )
    def edit_again(self, ctx, order_id):
        """An order that was given back becomes a cart again."""
        order = ctx.env["sale.order"]._b2b_pages_get(ctx, order_id)
        order._b2b_edit_again(ctx)
        return request.redirect("/trade/cart", code=303)

    @trade_page("/trade/orders/<int:order_id>/written/<int:file_id>")
    def written_approval(self, ctx, order_id, file_id):
        """The customer's own letter, as we keep it."""
        order = ctx.env["sale.order"]._b2b_pages_get(ctx, order_id)
        file = order._b2b_written_approvals().filtered(lambda f: f.id == file_id)
        if not file:
            raise not_found()
        return download(file)

    # -- helpers -----------------------------------------------------------------

    def _order_page(self, ctx, order_id, thanks):
        find = ctx.env["sale.order"]._b2b_pages_get
        order, elsewhere = found_here(ctx, order_id, find)
        if elsewhere:
            return elsewhere
        order._b2b_read_with_approvals(ctx)
        read_rows(order, "order_line")
        read_rows(order, "b2b_hold_ids")
        read_rows(order, "b2b_decision_ids")
        frame = ctx.env["b2b.portal.frame"]
        where = order._b2b_situation()
        untouched = where == order_steps.CONFIRMED and order._b2b_is_untouched()
        word, tone = order._b2b_portal_state()
        holds = order._b2b_open_holds().sorted(lambda hold: hold.side != "buyer")
        values = {
            "order": order,
            "thanks": thanks,
            "where": where,
            "heading": order._b2b_page_title(where),
            "word": word,
            "tone": tone,
            "sentence": (
                order._b2b_payment_sentence(ctx, where)
                or order._b2b_page_sentence(where)
            ),
            "steps": order._b2b_step_rows(where),
            "holds": [
                {
                    "hold": hold,
                    "text": hold._b2b_page_text(ctx),
                    "parts": frame._b2b_sorted(frame._b2b_why_parts(ctx, order, hold)),
                }
                for hold in holds
            ],
            "lines": order._b2b_page_lines(),
            "pictures": order._b2b_page_pictures(),
            "sums": order._b2b_checkout_rows(),
            "kept": frame._b2b_sorted(
                order._b2b_kept(where) + frame._b2b_kept_rows(ctx, order)
            ),
            "document": order._b2b_document_title(),
            "document_hint": order._b2b_document_hint(),
            "invoices": order._b2b_page_invoices(ctx),
            "files": order._b2b_file_rows(ctx),
            "closed": order.b2b_rest_ids,
            "may_close": ctx.can("change_orders") and order._b2b_buyer_may_close(),
            "untouched": untouched,
            "close_notes": frame._b2b_close_notes(ctx, order, untouched),
            "history": order._b2b_history_rows(),
            "written": order._b2b_written_approvals(),
            "edit_again": (
                ctx.may_buy
                and order.b2b_orderer_id == ctx.user
                and order._b2b_may_edit_again()
            ),
            "reorder": ctx.may_buy and where != order_steps.QUEUED,
        }
        return render(
            "b2b_portal.order_page", values, active="orders", title=order.name
        )

    def _tabs(self, filters, counts, state, search):
        return [
            {
                "label": label,
                "count": counts[key],
                "active": key == state,
                "url": self._url(key, search),
            }
            for key, (label, _domain) in filters.items()
        ]

    def _url(self, state, search, page=1):
        query = {"state": state, "search": search, "page": page}
        query = {k: v for k, v in query.items() if v and v not in ("all", 1)}
        return "/trade/orders" + (f"?{urlencode(query)}" if query else "")
