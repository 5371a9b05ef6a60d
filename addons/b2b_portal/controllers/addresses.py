"""The address book: what may be seen, added, changed and taken out."""

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from .base import render, trade_form, trade_page

SEE = ("choose_address", "add_address", "manage_addresses")
DONE = ("added", "saved", "archived", "default", "mine")


class TradeAddresses(http.Controller):
    @trade_page("/trade/addresses", permission=SEE)
    def addresses(self, ctx, done="", place=""):
        return self._book(ctx, done=self._done_words(ctx, done, place))

    @trade_page("/trade/addresses/new", permission="manage_addresses")
    def new(self, ctx, kind="delivery", above=""):
        kind, above = self._kind(ctx, kind, above)
        typed = {"country_id": ctx.party.country_id.id or ctx.company.country_id.id}
        return self._form(ctx, kind=kind, above=above, typed=typed)

    @trade_page("/trade/addresses/<int:address_id>", permission="manage_addresses")
    def edit(self, ctx, address_id):
        book = ctx.env["b2b.portal.addresses"]
        place = book._b2b_book_get(ctx, address_id)
        return self._form(
            ctx,
            kind=place.type,
            above=self._above(place),
            place=place,
            typed=book._b2b_form_values(place),
        )

    @trade_form("/trade/addresses/add", permission="manage_addresses")
    def add(self, ctx, kind="delivery", above="", **form):
        book = ctx.env["b2b.portal.addresses"]
        kind, above = self._kind(ctx, kind, above)
        values, errors = book._b2b_read_form(ctx, form, point=bool(above))
        if not errors:
            place, errors = self._tried(lambda: book._b2b_add(ctx, kind, values, above))
        if errors:
            return self._form(ctx, kind=kind, above=above, typed=form, errors=errors)
        return self._back("added", place)

    @trade_form("/trade/addresses/<int:address_id>/save", permission="manage_addresses")
    def save(self, ctx, address_id, **form):
        book = ctx.env["b2b.portal.addresses"]
        place = book._b2b_book_get(ctx, address_id)
        above = self._above(place)
        values, errors = book._b2b_read_form(ctx, form, point=bool(above))
        if not errors:
            _place, errors = self._tried(lambda: book._b2b_change(ctx, place, values))
        if errors:
            return self._form(
                ctx,
                kind=place.type,
                above=above,
                place=place,
                typed=form,
                errors=errors,
            )
        return self._back("saved", place)

    @trade_form(
        "/trade/addresses/<int:address_id>/archive", permission="manage_addresses"
    )
    def archive(self, ctx, address_id):
        book = ctx.env["b2b.portal.addresses"]
        place = book._b2b_book_get(ctx, address_id)
        _none, errors = self._tried(lambda: book._b2b_archive(ctx, place))
        if errors:
            return self._book(ctx, refused=(place, errors[""]), status=400)
        return self._back("archived", place)

    @trade_form(
        "/trade/addresses/<int:address_id>/default", permission="manage_addresses"
    )
    def default(self, ctx, address_id):
        book = ctx.env["b2b.portal.addresses"]
        place = book._b2b_book_get(ctx, address_id)
        book._b2b_make_default(ctx, place)
        return self._back("default", place)

    @trade_form("/trade/addresses/<int:address_id>/mine", permission="choose_address")
    def mine(self, ctx, address_id):
        book = ctx.env["b2b.portal.addresses"]
        place = book._b2b_book_get(ctx, address_id)
        book._b2b_make_mine(ctx, place)
        return self._back("mine", place)

    # -- helpers -----------------------------------------------------------------

    def _tried(self, action):
        """``(result, errors)``; a refusal of the models writes nothing."""
        try:
            with request.env.cr.savepoint():
                return action(), {}
        except (AccessError, MissingError):
            raise
        except UserError as refusal:
            return None, {"": refusal.args[0]}

    def _kind(self, ctx, kind, above):
        """Kind and the address above, as the page asked for them."""
        if above:
            return "delivery", ctx.env["b2b.portal.addresses"]._b2b_book_get(ctx, above)
        return ("invoice" if kind == "invoice" else "delivery"), None

    def _above(self, place):
        """The address above a delivery point, None for an address of its own."""
        above = place.parent_id
        return above if above.type == "delivery" and above.parent_id else None

    def _back(self, done, place):
        return request.redirect(
            f"/trade/addresses?done={done}&place={place.id}", code=303
        )

    def _done_words(self, ctx, done, place):
        _ = request.env._
        if done not in DONE:
            return ""
        book = ctx.env["b2b.portal.addresses"]
        try:
            place = book._b2b_book_get(ctx, place, archived=True)
        except MissingError:
            return ""
        name = place._b2b_place_name()
        return {
            "added": _("%s is in the address book.", name),
            "saved": _("%s is saved.", name),
            "archived": _("%s was taken out of the address book.", name),
            "default": _("%s is the default of your company now.", name),
            "mine": _("Your orders go to %s by default.", name),
        }[done]

    def _book(self, ctx, *, done="", refused=None, status=200):
        book = ctx.env["b2b.portal.addresses"]._b2b_book(ctx)
        values = {
            "book": book,
            "done": done,
            "refused": refused,
            "manages": ctx.can("manage_addresses"),
        }
        return render(
            "b2b_portal.addresses_page",
            values,
            active="addresses",
            title=request.env._("Addresses"),
            status=status,
        )

    def _form(self, ctx, *, kind, above, typed, place=None, errors=None):
        book = ctx.env["b2b.portal.addresses"]
        text = str(typed.get("country_id") or 0)
        country = int(text) if text.isdecimal() and len(text) < 10 else 0
        values = {
            "kind": kind,
            "above": above,
            "place": place,
            "typed": {key: str(value or "") for key, value in typed.items()},
            "errors": errors or {},
            **book._b2b_form_lists(ctx, country),
        }
        return render(
            "b2b_portal.address_page",
            values,
            active="addresses",
            title=request.env._("Address"),
            status=400 if errors else 200,
        )
