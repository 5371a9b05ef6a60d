"""Budgets: does it last, who used it, what moved it; and keeping them."""

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.b2b_budget.rules import keeping
from odoo.addons.b2b_portal.controllers.base import (
    TradeError,
    not_found,
    render,
    to_int,
    trade_form,
    trade_page,
)

from ..tools import as_csv, as_xlsx

PER_PAGE = 40
MORE = 200
MOST = 50_000
KEEPS = "manage_budgets"
SEES = "see_prices"
LISTS = ("seat_ids", "supervisor_ids", "category_ids")
FILES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


class TradeBudgets(http.Controller):
    @trade_page("/trade/budgets", permission=SEES)
    def budgets(self, ctx, page="1", past="", done=""):
        return self._page(ctx, page=page, past=bool(past), done=done)

    @trade_page("/trade/budgets/<int:budget_id>", permission=SEES)
    def budget(self, ctx, budget_id, page="1", day="", past="", more="", done=""):
        pages = ctx.env["b2b.portal.budgets"]
        if len(ctx.seats) > 1 and not pages._b2b_visible_budget(ctx, budget_id):
            offer = pages._b2b_budget_elsewhere(ctx, budget_id)
            if not offer:
                raise not_found()
            values = {"offer": offer, "go": f"/trade/budgets/{budget_id}"}
            title = request.env._("Another company")
            return render("b2b_portal.elsewhere_page", values, title=title)
        found = {"day": day, "past": bool(past), "more": bool(more), "done": done}
        return self._page(ctx, budget_id, page=page, **found)

    @trade_page("/trade/budgets/<int:budget_id>/export", permission=SEES)
    def export(self, ctx, budget_id, day="", kind="xlsx"):
        pages = ctx.env["b2b.portal.budgets"]
        budget = self._visible(ctx, budget_id)
        if kind not in FILES:
            raise not_found()
        item = pages._b2b_detail(ctx, budget, self._day(day), MOST)
        sheets = [
            (request.env._("Movements"), *pages._b2b_rows_of(item)),
            (request.env._("By person"), *pages._b2b_people_rows(item)),
        ]
        write, mime = FILES[kind]
        name = f"{item['title']}.{kind}".replace("/", "-")
        return request.make_response(
            write(sheets),
            [
                ("Content-Type", mime),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    # -- keeping them ------------------------------------------------------------

    @trade_page("/trade/budgets/new", permission=KEEPS)
    def new(self, ctx, copy=""):
        copied = copy and self._kept(ctx, to_int(copy))
        return self._form(ctx, copied=copied or None)

    @trade_form("/trade/budgets/create", permission=KEEPS)
    def create(self, ctx, **form):
        return self._save(ctx, form)

    @trade_page("/trade/budgets/<int:budget_id>/edit", permission=KEEPS)
    def edit(self, ctx, budget_id):
        budget = self._kept(ctx, budget_id)
        reason = budget._b2b_fixed_reason()
        if reason:
            raise TradeError(403, reason)
        return self._form(ctx, budget)

    @trade_form("/trade/budgets/<int:budget_id>/save", permission=KEEPS)
    def save(self, ctx, budget_id, **form):
        budget = self._kept(ctx, budget_id)
        reason = budget._b2b_fixed_reason()
        if reason:
            raise TradeError(403, reason)
        return self._save(ctx, form, budget)

    @trade_form("/trade/budgets/<int:budget_id>/state", permission=KEEPS)
    def change_state(self, ctx, budget_id, do=""):
        budget = self._kept(ctx, budget_id)
        if do not in ("archive", "restore"):
            raise TradeError(400, request.env._("Say what to do with this budget."))
        reason = budget._b2b_fixed_reason()
        if reason:
            raise TradeError(403, reason)
        budget._b2b_keep_active(do == "restore")
        path = f"/trade/budgets/{budget.id}"
        return request.redirect(f"{path}?done={do}", code=303)

    # -- helpers -----------------------------------------------------------------

    def _visible(self, ctx, budget_id):
        budget = ctx.env["b2b.portal.budgets"]._b2b_visible_budget(ctx, budget_id)
        if not budget:
            raise not_found()
        return budget

    def _kept(self, ctx, budget_id):
        return ctx.env["b2b.budget"]._b2b_kept(budget_id, ctx.company)

    def _day(self, text):
        try:
            return keeping.day(text)
        except ValueError:
            raise not_found() from None

    def _page(self, ctx, budget_id=None, *, page, past, day="", more=False, done=""):
        pages = ctx.env["b2b.portal.budgets"]
        number = to_int(page, 1, low=1, high=100_000)
        listed = pages._b2b_past_page if past else pages._b2b_page
        items, total = listed(ctx, PER_PAGE, (number - 1) * PER_PAGE)
        chosen = self._chosen(ctx, budget_id, items, day, more)
        return render(
            "b2b_portal_budget.budgets_page",
            {
                "items": items,
                "total": total,
                "past": past,
                "number": number,
                "last": max(1, -(-total // PER_PAGE)),
                "chosen": chosen,
                "opened": budget_id is not None,
                "keeps": ctx.can(KEEPS) and not ctx.seat.is_agent,
                "done": self._done(chosen, done),
                "when": ctx.env["sale.order"]._b2b_when,
            },
            active="budgets",
            title=request.env._("Budgets"),
        )

    def _chosen(self, ctx, budget_id, items, day, more):
        """The budget that is shown beside the list; the first one by default."""
        if budget_id is None and not items:
            return None
        if budget_id is None:
            budget_id, day = items[0]["id"], items[0]["day"]
        listed = budget_id in [item["id"] for item in items]
        budgets = ctx.env["b2b.budget"]
        # What the list shows this seat may see.
        budget = budgets.browse(budget_id) if listed else self._visible(ctx, budget_id)
        limit = MORE if more else None
        pages = ctx.env["b2b.portal.budgets"]
        return pages._b2b_detail(ctx, budget, self._day(day), limit)

    def _done(self, chosen, done):
        _ = request.env._
        name = chosen and chosen["name"]
        words = {
            "saved": _("“%s” is saved and counts from now on.", name),
            "archive": _("“%s” is archived; it counts no new orders.", name),
            "restore": _("“%s” counts orders again.", name),
        }
        return name and words.get(done)

    def _typed(self, form):
        posted = request.httprequest.form
        return {**form, **{name: posted.getlist(name) for name in LISTS}}

    def _save(self, ctx, form, budget=None):
        pages = ctx.env["b2b.portal.budgets"]
        typed = self._typed(form)
        saved, errors = pages._b2b_try_keep(ctx, typed, budget)
        if errors:
            return self._form(ctx, budget, typed=typed, errors=errors)
        path = f"/trade/budgets/{saved.id}"
        return request.redirect(f"{path}?done=saved", code=303)

    def _form(self, ctx, budget=None, *, copied=None, typed=None, errors=None):
        pages = ctx.env["b2b.portal.budgets"]
        values = pages._b2b_form_values(ctx, typed, errors or {}, budget, copied)
        title = budget.name if budget else request.env._("New budget")
        return render(
            "b2b_portal_budget.budget_form",
            {**values, "title": title},
            active="budgets",
            title=title,
            status=400 if errors else 200,
        )
