"""End customers: whom goods of the buyer are shipped to in his name."""

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.b2b_portal.controllers.base import (
    render,
    trade_form,
    trade_page,
)

SEE = ("choose_address", "manage_addresses")
RIGHT = "manage_addresses"


class TradeEndCustomers(http.Controller):
    @trade_page("/trade/end-customers", permission=SEE)
    def ends(self, ctx, done=""):
        return self._list(ctx, done=done)

    @trade_page("/trade/end-customers/new", permission=RIGHT)
    def new(self, ctx):
        country = ctx.party.country_id or ctx.company.country_id
        return self._form(ctx, typed={"country_id": country.id})

    @trade_page("/trade/end-customers/<int:end_id>", permission=RIGHT)
    def edit(self, ctx, end_id):
        book = ctx.env["b2b.portal.addresses"]
        end = book._b2b_end_get(ctx, end_id)
        return self._form(ctx, end=end, typed=book._b2b_form_values(end))

    @trade_form("/trade/end-customers/add", permission=RIGHT)
    def add(self, ctx, **form):
        book = ctx.env["b2b.portal.addresses"]
        values, errors = book._b2b_end_read(ctx, form)
        if not errors:
            errors = self._tried(lambda: book._b2b_end_add(ctx, values))
        if errors:
            return self._form(ctx, typed=form, errors=errors)
        return self._back("added")

    @trade_form("/trade/end-customers/<int:end_id>/save", permission=RIGHT)
    def save(self, ctx, end_id, **form):
        book = ctx.env["b2b.portal.addresses"]
        end = book._b2b_end_get(ctx, end_id)
        values, errors = book._b2b_end_read(ctx, form)
        if not errors:
            errors = self._tried(lambda: book._b2b_end_change(ctx, end, values))
        if errors:
            return self._form(ctx, end=end, typed=form, errors=errors)
        return self._back("saved")

    @trade_form("/trade/end-customers/<int:end_id>/archive", permission=RIGHT)
    def archive(self, ctx, end_id):
        book = ctx.env["b2b.portal.addresses"]
        end = book._b2b_end_get(ctx, end_id)
        errors = self._tried(lambda: book._b2b_end_archive(ctx, end))
        if errors:
            return self._list(ctx, refused=(end, errors[""]), status=400)
        return self._back("archived")

    # -- helpers -----------------------------------------------------------------

    def _tried(self, action):
        """Errors of an action; a refusal of the models writes nothing."""
        try:
            with request.env.cr.savepoint():
                action()
        except (AccessError, MissingError):
            raise
        except UserError as refusal:
            return {"": refusal.args[0]}
        return {}

    def _back(self, done):
        return request.redirect(f"/trade/end-customers?done={done}", code=303)

    def _list(self, ctx, *, done="", refused=None, status=200):
        _ = request.env._
        words = {
            "added": _("The end customer is in your list."),
            "saved": _("The end customer is saved."),
            "archived": _("The end customer was taken out of your list."),
        }
        values = {
            "ends": ctx.env["b2b.portal.addresses"]._b2b_ends(ctx),
            "done": words.get(done, ""),
            "refused": refused,
            "manages": ctx.can(RIGHT),
        }
        return render(
            "b2b_portal_delivery.ends_page",
            values,
            active="addresses",
            title=_("End customers"),
            status=status,
        )

    def _form(self, ctx, *, typed, end=None, errors=None):
        book = ctx.env["b2b.portal.addresses"]
        text = str(typed.get("country_id") or 0)
        country = int(text) if text.isdecimal() and len(text) < 10 else 0
        values = {
            "end": end,
            "typed": {key: str(value or "") for key, value in typed.items()},
            "errors": errors or {},
            **book._b2b_form_lists(ctx, country),
        }
        return render(
            "b2b_portal_delivery.end_page",
            values,
            active="addresses",
            title=request.env._("End customer"),
            status=400 if errors else 200,
        )
