"""Budgets: does it last, who used it, what moved it."""

from odoo import http
from odoo.http import request

from odoo.addons.b2b_portal.controllers.base import not_found, render, trade_page


class TradeBudgets(http.Controller):
    @trade_page("/trade/budgets", permission="see_prices")
    def budgets(self, ctx):
        return self._page(ctx)

    @trade_page("/trade/budgets/<int:budget_id>", permission="see_prices")
    def budget(self, ctx, budget_id):
        return self._page(ctx, budget_id)

    def _page(self, ctx, budget_id=None):
        items = ctx.env["b2b.portal.budgets"]._b2b_page(ctx)
        chosen = items[:1]
        if budget_id is not None:
            chosen = [item for item in items if item["id"] == budget_id]
            if not chosen:
                raise not_found()
        return render(
            "b2b_portal_budget.budgets_page",
            {
                "items": items,
                "chosen": chosen[0] if chosen else None,
                "when": ctx.env["sale.order"]._b2b_when,
            },
            active="budgets",
            title=request.env._("Budgets"),
        )
