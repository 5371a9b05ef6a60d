"""The checkout: one page, nothing is sent before the last button."""

import re
import uuid
from urllib.parse import urlencode

from werkzeug.datastructures import FileStorage

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.b2b_party.exceptions import GateBlocked
from odoo.addons.b2b_party.tools import read_rows

from .base import (
    TradeError,
    render,
    render_part,
    to_int,
    trade_form,
    trade_json,
    trade_page,
)
from .cart import to_cart
from .files import answer, longest_upload, upload_error, wants_json

TOKEN = re.compile(r"[0-9a-f]{32}")
#: Inputs that a cart keeps while it is typed into.
KEPT = ("address_id", "po", "note", "reason")


class TradeCheckout(http.Controller):
    # Not on a replica: what others took from the cart meanwhile is written.
    @trade_page(
        "/trade/checkout", permission="place_orders", buying=True, readonly=False
    )
    def checkout(self, ctx, address="", removed=""):
        ctx.cart._b2b_read_with_approvals(ctx)
        read_rows(ctx.cart, "order_line")
        if not ctx.cart._b2b_cart_lines():
            return to_cart(ctx)
        ctx.cart._b2b_look_again()
        new = {"errors": {}} if address == "new" else None
        return self._page(ctx, ctx.cart, new_address=new, removed=to_int(removed))

    @trade_json("/trade/checkout/update", permission="place_orders", buying=True)
    def update(self, ctx, cart_id=None, form=None, seen=""):
        """Keep what was typed and say what the gate thinks of it now."""
        cart = self._cart(ctx, cart_id)
        form = form if isinstance(form, dict) else {}
        changes = cart._b2b_changes_since(seen, with_total=False)
        place = cart._b2b_checkout_place()
        errors = cart._b2b_checkout_write(ctx, form)
        values = self._summary(ctx, cart, form, errors=errors, changes=changes)
        # What a bridge refused is said in its part.
        moved = cart._b2b_checkout_place() != place or errors.keys() - set(KEPT)
        return {
            "sections": self._following(ctx, cart, values) if moved else {},
            "summary": render_part("b2b_portal.checkout_summary", values),
            "errors": errors,
            "seen": seen if changes else cart._b2b_seen(),
            "button": values["state"]["button"],
            "total": values["total"],
            # another address may bring other taxes, prices and conditions
            "bar": ctx.env["b2b.portal.frame"]._b2b_bar(ctx, cart),
        }

    @trade_form("/trade/checkout", permission="place_orders", buying=True)
    def submit(self, ctx, token="", cart_id=None, seen="", **form):
        if not TOKEN.fullmatch(token or ""):
            raise TradeError(
                400, request.env._("The page is incomplete; load the checkout again.")
            )
        order = ctx.env["sale.order"]._b2b_checkout_find(ctx, token)
        if order:
            # double click, back button, repeated request: one order
            return self._thanks(order)
        cart = self._cart(ctx, cart_id)
        cart._b2b_checkout_begin()
        errors = cart._b2b_checkout_write(ctx, form)
        charges = cart._b2b_condition_changes() if ctx.can("see_prices") else []
        cart._b2b_checkout_refresh()
        changes = cart._b2b_changes_since(seen, with_total=not errors)
        if changes is None:
            raise TradeError(
                400, request.env._("The page is incomplete; load the checkout again.")
            )
        changes += [{"text": text} for text in charges]
        if changes or errors:
            status = 409 if changes else 400
            return self._page(
                ctx,
                cart,
                form,
                status=status,
                token=token,
                changes=changes,
                errors=errors,
            )
        try:
            with request.env.cr.savepoint():
                cart._b2b_checkout_submit(ctx, token, _ticked(form))
        except GateBlocked as blocked:
            return self._page(
                ctx, cart, form, status=400, token=token, refused=blocked.findings
            )
        return self._thanks(cart)

    @trade_form("/trade/checkout/address", permission="add_address", buying=True)
    def add_address(self, ctx, cart_id=None, **form):
        """An address for this order alone; nothing else of the checkout changes."""
        cart = self._cart(ctx, cart_id)
        book = ctx.env["b2b.portal.addresses"]
        if ctx.seat.allowed_address_ids:
            raise TradeError(
                403, request.env._("Your orders go to the addresses set for you only.")
            )
        values, errors = book._b2b_read_form(ctx, form)
        if errors:
            new = {"typed": form, "errors": errors}
            return self._page(ctx, cart, status=400, new_address=new)
        cart.partner_shipping_id = book._b2b_add_for_order(ctx, values)
        key = ctx.env["b2b.portal.carts"]._b2b_key(ctx)
        return request.redirect(f"/trade/checkout{key}", code=303)

    # -- files -------------------------------------------------------------------

    @trade_form(
        "/trade/checkout/files",
        permission="place_orders",
        buying=True,
        on_error=upload_error,
        max_content_length=longest_upload,
    )
    def attach(self, ctx, cart_id=None, file=None, **form):
        """One file for this order. Without scripts it comes with all that was typed."""
        cart = self._cart(ctx, cart_id)
        errors = {} if wants_json() else cart._b2b_checkout_write(ctx, form)
        if not isinstance(file, FileStorage) or not file.filename:
            problem = request.env._("Choose a file first.")
        else:
            try:
                cart._b2b_file_add(ctx, file.filename, file.stream)
                problem = ""
            except UserError as refused:
                problem = refused.args[0]
        if not problem and not errors:
            return self._files(ctx, cart)
        if wants_json():
            return answer({"error": problem}, 400)
        return self._page(
            ctx, cart, form, status=400, file_error=problem, errors=errors
        )

    @trade_form(
        "/trade/checkout/files/<int:file_id>/remove",
        permission="place_orders",
        buying=True,
        on_error=upload_error,
    )
    def remove_file(self, ctx, file_id, cart_id=None):
        cart = self._cart(ctx, cart_id)
        file = cart._b2b_file_remove(ctx, file_id)
        return self._files(ctx, cart, removed=file)

    @trade_form(
        "/trade/checkout/files/<int:file_id>/restore",
        permission="place_orders",
        buying=True,
        on_error=upload_error,
    )
    def restore_file(self, ctx, file_id, cart_id=None):
        """Undo of a removal."""
        cart = self._cart(ctx, cart_id)
        cart._b2b_file_restore(ctx, file_id)
        return self._files(ctx, cart)

    def _files(self, ctx, cart, removed=None):
        """The list of files as it is now, or the page again without scripts."""
        if not wants_json():
            query = {"cart_id": cart.id, **({"removed": removed.id} if removed else {})}
            url = f"/trade/checkout?{urlencode(query)}#b2b_files"
            return request.redirect(url, code=303)
        values = {"cart": cart, "file_rows": cart._b2b_file_rows(ctx)}
        html = render_part("b2b_portal.checkout_file_list", values)
        return answer({"html": html, "removed": removed.name if removed else ""})

    # -- helpers -----------------------------------------------------------------

    def _cart(self, ctx, cart_id):
        """The cart of the page, if it is still this seat's open one."""
        if not ctx.cart or str(cart_id) != str(ctx.cart.id):
            raise TradeError(
                409,
                request.env._(
                    "This cart was sent or changed in another tab. Nothing was sent "
                    "now; look at your orders and at the cart."
                ),
                cart=True,
            )
        if not ctx.cart._b2b_cart_lines():
            raise TradeError(
                409, request.env._("The cart is empty; nothing was sent."), cart=True
            )
        return ctx.cart

    def _thanks(self, order):
        return request.redirect(f"/trade/order/{order.id}/thanks", code=303)

    def _summary(self, ctx, cart, form, *, errors=None, changes=None, refused=None):
        frame = ctx.env["b2b.portal.frame"]
        state = cart._b2b_checkout_state(_ticked(form), refused)
        if not changes:
            asked = ctx.env["b2b.portal.cart"]._b2b_checkout_changed(ctx, cart)
            state["findings"] = asked + state["findings"]
            state["cards"] = cart._b2b_finding_cards(state["findings"])
        return {
            "cart": cart,
            "lines": cart._b2b_cart_lines(),
            "rows": cart._b2b_checkout_rows(),
            "total": cart._b2b_money(cart.amount_total),
            "state": state,
            "asks": any(row["ask"] for row in state["findings"]),
            "kept": cart._b2b_keep_words(state),
            "typed": self._typed(cart, form),
            "parts": frame._b2b_sorted(frame._b2b_checkout_parts(ctx, cart)),
            "short": self._short(ctx, cart),
            "changes": changes or [],
            "errors": errors or {},
            "pressed": refused is not None,
        }

    def _short(self, ctx, cart):
        """What does not come at once: name and text of each article."""
        texts = ctx.env["b2b.portal.promise"]._b2b_texts(
            ctx, cart, cart._b2b_cart_quantities()
        )
        name = ctx.env["b2b.portal.rows"]._b2b_name
        products = cart._b2b_cart_lines().product_id
        return [
            {"name": name(product), "text": texts[product.id]}
            for product in products
            if product.id in texts
        ]

    def _page(
        self,
        ctx,
        cart,
        form=None,
        *,
        status=200,
        token=None,
        new_address=None,
        removed=0,
        file_error="",
        **outcome,
    ):
        form = form or {}
        frame = ctx.env["b2b.portal.frame"]
        values = {
            **self._summary(ctx, cart, form, **outcome),
            "token": token or uuid.uuid4().hex,
            "seen": cart._b2b_seen(),
            "places": cart._b2b_checkout_places(
                cart._b2b_checkout_addresses(ctx), cart.partner_shipping_id.id
            ),
            "switched": ctx.env["b2b.portal.cart"]._b2b_switched(ctx, cart),
            "sections": self._sections(frame._b2b_checkout_sections(ctx, cart)),
            "policy": ctx.party.b2b_po_policy,
            "new_address": self._new_address(ctx, new_address),
            "file_rows": cart._b2b_file_rows(ctx),
            "file_limits": cart._b2b_file_limits(),
            "file_error": file_error,
            "file_removed": removed and cart._b2b_file_removed(ctx, removed),
        }
        return render(
            "b2b_portal.checkout_page",
            values,
            active="cart",
            title=request.env._("Checkout"),
            status=status,
        )

    def _new_address(self, ctx, new):
        """Inputs of an address for this order; None for who may not enter one."""
        if not ctx.can("add_address") or ctx.seat.allowed_address_ids:
            return None
        if new is None:
            return {"open": False}
        country = ctx.party.country_id or ctx.company.country_id
        typed = new.get("typed") or {"country_id": country.id}
        text = str(typed.get("country_id") or "")
        country_id = int(text) if text.isdecimal() and len(text) < 10 else 0
        lists = ctx.env["b2b.portal.addresses"]._b2b_form_lists(ctx, country_id)
        return {"open": True, "typed": typed, "errors": new["errors"], **lists}

    def _following(self, ctx, cart, values):
        """Sections that another address may have changed, as markup by key."""
        frame = ctx.env["b2b.portal.frame"]
        return {
            section["key"]: render_part(
                section["template"], {**values, "card_values": section["values"]}
            )
            for section in frame._b2b_checkout_sections(ctx, cart)
            if section.get("follows_address")
        }

    def _typed(self, cart, form):
        """What stands in the inputs: as typed, even where it was refused."""
        return {
            "address_id": cart.partner_shipping_id.id,
            "po": form.get("po", cart.client_order_ref or ""),
            "note": form.get("note", cart.b2b_warehouse_note or ""),
            "reason": form.get("reason", cart.b2b_reason or ""),
        }

    def _sections(self, extra):
        own = [
            {
                "key": "address",
                "title": request.env._("Deliver to"),
                "template": "b2b_portal.checkout_address",
                "sequence": 10,
            },
            {
                "key": "references",
                "title": request.env._("References"),
                "template": "b2b_portal.checkout_references",
                "sequence": 40,
            },
            {
                "key": "pay",
                "title": request.env._("Pay"),
                "template": "b2b_portal.checkout_pay",
                "sequence": 50,
            },
        ]
        items = sorted(own + extra, key=lambda item: item["sequence"])
        return [{"values": {}, **item, "number": n} for n, item in enumerate(items, 1)]


def _ticked(form):
    """The warnings that were ticked: inputs ``ack_<code>`` or ``ack_<code>:<key>``."""
    return tuple(
        name[4:] for name, value in form.items() if name[:4] == "ack_" and value
    )
