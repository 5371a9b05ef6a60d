"""Order lists: all of a seat, one as a grid, and what is put on them."""

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from ..rules import cart_input, order_list
from .base import not_found, render, to_int, trade_form, trade_json, trade_page
from .cart import ORDER, read_lines, to_cart
from .refusal import FILL


class TradeLists(http.Controller):
    # -- pages -------------------------------------------------------------------

    @trade_page("/trade/lists", permission=ORDER)
    def lists(self, ctx, deleted="0"):
        """All lists that this seat may order from."""
        Lists = ctx.env["b2b.order.list"].with_context(active_test=False)
        gone = Lists.search(
            Lists._b2b_domain(ctx)
            & Domain("id", "=", to_int(deleted))
            & Domain("active", "=", False)
        )
        gone = gone.filtered(lambda record: record._b2b_may_change(ctx))
        return self._lists_page(ctx, {"gone": gone})

    @trade_page("/trade/lists/<int:list_id>", permission=ORDER)
    def one_list(self, ctx, list_id):
        """Order from one list, or change it."""
        return self._list_page(ctx, ctx.env["b2b.order.list"]._b2b_get(ctx, list_id))

    # -- forms -------------------------------------------------------------------

    @trade_form("/trade/lists/new", permission=ORDER)
    def new_list(self, ctx, name=""):
        try:
            return self._to(ctx.env["b2b.order.list"]._b2b_new(ctx, name))
        except UserError as error:
            return self._lists_page(ctx, {"problem": error.args[0], "typed": name})

    @trade_form("/trade/lists/<int:list_id>/name", permission=ORDER)
    def rename_list(self, ctx, list_id, name=""):
        record = ctx.env["b2b.order.list"]._b2b_get(ctx, list_id, change=True)
        try:
            record._b2b_rename(ctx, name)
        except UserError as error:
            return self._list_page(ctx, record, error.args[0])
        return self._to(record)

    @trade_form("/trade/lists/<int:list_id>/share", permission=ORDER)
    def share_list(self, ctx, list_id, shared=""):
        """Show the list to the colleagues, or no longer."""
        record = ctx.env["b2b.order.list"]._b2b_get(ctx, list_id, change=True)
        record.is_shared = shared == "1"
        if not record.is_shared and record.seat_id != ctx.seat:
            return request.redirect("/trade/lists", code=303)  # seen by its keeper only
        return self._to(record)

    @trade_form("/trade/lists/<int:list_id>/copy", permission=ORDER)
    def copy_list(self, ctx, list_id, name=""):
        record = ctx.env["b2b.order.list"]._b2b_get(ctx, list_id)
        try:
            with request.env.cr.savepoint():
                return self._to(record._b2b_copy(ctx, name))
        except UserError as error:
            return self._list_page(ctx, record, error.args[0])

    @trade_form("/trade/lists/<int:list_id>/delete", permission=ORDER)
    def delete_list(self, ctx, list_id):
        record = ctx.env["b2b.order.list"]._b2b_get(ctx, list_id, change=True)
        record._b2b_delete()
        return request.redirect(f"/trade/lists?deleted={record.id}", code=303)

    @trade_form("/trade/lists/<int:list_id>/restore", permission=ORDER)
    def restore_list(self, ctx, list_id):
        """Undo of a deletion."""
        Lists = ctx.env["b2b.order.list"]
        record = Lists._b2b_get(ctx, list_id, change=True, archived=True)
        record._b2b_restore(ctx)
        return self._to(record)

    @trade_form("/trade/lists/<int:list_id>/clean", permission=ORDER)
    def clean_list(self, ctx, list_id):
        """Take off what cannot be ordered any more."""
        record = ctx.env["b2b.order.list"]._b2b_get(ctx, list_id, change=True)
        record._b2b_take_off(ctx.env["b2b.portal.lists"]._b2b_gone(ctx, record))
        return self._to(record)

    @trade_form(
        "/trade/lists/<int:list_id>/cart", permission=ORDER, buying=True, cart=FILL
    )
    def list_to_cart(self, ctx, list_id):
        """Everything the list proposes into the cart."""
        record = ctx.env["b2b.order.list"]._b2b_get(ctx, list_id)
        added, left_out, there = ctx.env["b2b.portal.lists"]._b2b_to_cart(ctx, record)
        return to_cart(ctx, added, left_out, there)

    # -- JSON --------------------------------------------------------------------

    @trade_json("/trade/lists/choices", permission=ORDER, readonly=True)
    def choices(self, ctx, order_id=0):
        """Lists that the seat may put articles on.

        With an order also its articles: its page need not prepare them.
        """
        answer = {"lists": ctx.env["b2b.portal.lists"]._b2b_choices(ctx)}
        if order_id:
            number = cart_input.read_id(order_id)
            order = ctx.env["sale.order"]._b2b_pages_get(ctx, number)
            answer["lines"] = order._b2b_list_lines()
        return answer

    @trade_json("/trade/lists/put", permission=ORDER)
    def put_on_list(self, ctx, lines=None, list_id=0, name=""):
        """Put articles on a list, or on a new one of that name."""
        rows = self._rows(lines)
        Lists = ctx.env["b2b.order.list"]
        number = cart_input.read_id(list_id)
        record = (
            Lists._b2b_get(ctx, number, change=True)
            if number
            else Lists._b2b_new(ctx, name)
        )
        done, left_out = record._b2b_put(ctx, rows)
        if not done:
            raise UserError(request.env._("None of these articles can be kept."))
        return {
            "id": record.id,
            "url": f"/trade/lists/{record.id}",
            "text": self._text(ctx, record, done, left_out),
        }

    @trade_json("/trade/lists/<int:list_id>/set", permission=ORDER)
    def set_quantities(self, ctx, list_id, lines=None, places=None):
        """Keep these quantities on the list.

        :param places: ``[[article, the one it stands before]]``, for Undo
        """
        record = ctx.env["b2b.order.list"]._b2b_get(ctx, list_id, change=True)
        done, left_out = record._b2b_put(ctx, self._rows(lines), replace=True)
        if places:
            record._b2b_place(read_lines(places))
        return {"text": self._text(ctx, record, done, left_out)}

    @trade_json("/trade/lists/<int:list_id>/remove", permission=ORDER)
    def take_off(self, ctx, list_id, product_ids=None):
        """Take articles off the list; the answer carries what Undo puts back."""
        if not isinstance(product_ids, list):
            raise UserError(request.env._("There are no lines to remove."))
        record = ctx.env["b2b.order.list"]._b2b_get(ctx, list_id, change=True)
        before = {line.product_id.id: line.quantity for line in record.line_ids}
        record._b2b_take_off(product_ids)
        left = set(record.line_ids.product_id.ids)
        undo = [[pid, quantity] for pid, quantity in before.items() if pid not in left]
        return {
            "text": request.env._("Taken off the list."),
            "undo": undo,
            "places": order_list.places(before, left),
        }

    @trade_json("/trade/favourite", permission=ORDER)
    def favourite(self, ctx, product_id=0):
        """Mark an article with a heart, or no longer."""
        product = ctx.env["product.product"].browse(
            cart_input.read_id(product_id) or []
        )
        product = ctx.env["b2b.catalog"]._b2b_allows(ctx, product.exists())
        if not product:
            raise not_found()
        return {"on": ctx.env["b2b.portal.lists"]._b2b_favourite(ctx, product)}

    # -- helpers -----------------------------------------------------------------

    def _lists_page(self, ctx, values):
        problem = values.get("problem")
        pages = ctx.env["b2b.portal.lists"]
        cards = pages._b2b_cards(ctx)
        proposing = pages._b2b_proposing(ctx, cards)
        return render(
            "b2b_portal.lists_page",
            {"cards": cards, "proposing": proposing, **values},
            active="lists",
            title=request.env._("Lists"),
            status=400 if problem else 200,
        )

    def _list_page(self, ctx, record, problem=""):
        pages = ctx.env["b2b.portal.lists"]
        card = pages._b2b_card(ctx, record)
        rows, gone = pages._b2b_rows(ctx, record)
        values = {
            "card": card,
            "rows": rows,
            "gone": gone,
            "problem": problem,
            "dock_facts": ctx.env["b2b.portal.frame"]._b2b_dock_facts(ctx),
        }
        return render(
            "b2b_portal.list_page",
            values,
            active="lists",
            title=card["name"],
            status=400 if problem else 200,
        )

    def _to(self, record):
        return request.redirect(f"/trade/lists/{record.id}", code=303)

    def _rows(self, lines):
        rows = read_lines(lines)
        if not rows or len(rows) > 5_000:
            raise UserError(request.env._("There are no lines to read."))
        return rows

    def _text(self, ctx, record, done, left_out):
        _ = request.env._
        name = ctx.env["b2b.portal.lists"]._b2b_name(record)
        if left_out:
            return _(
                "%(done)s on “%(list)s”, %(left)s left out.",
                done=done,
                list=name,
                left=left_out,
            )
        if done == 1:
            return _("1 article on “%s”.", name)
        return _("%(done)s articles on “%(list)s”.", done=done, list=name)
