"""Points: what the company has, what comes, where it came from."""

from odoo import http
from odoo.http import request

from odoo.addons.b2b_portal.controllers.base import render, trade_page

#: Movements on the page.
SHOWN = 50


class TradePoints(http.Controller):
    @trade_page("/trade/points", permission=("place_orders", "use_points"))
    def points(self, ctx):
        account = ctx.env["b2b.loyalty.account"]._b2b_for_party(ctx.party, ctx.company)
        program = account.program_id or ctx.env["b2b.portal.frame"]._b2b_program(ctx)
        values = {
            "account": account,
            "program": program,
            "shown": account._b2b_shown() if account else None,
            "when": program._b2b_granted_text(),
            "kept": ctx.env["b2b.portal.points"]._b2b_kept_text(account),
            "ending": ctx.env["b2b.portal.points"]._b2b_ending_rows(account),
            "worth": account._b2b_worth(),
            "rows": account._b2b_history(limit=SHOWN) if account else [],
        }
        return render(
            "b2b_portal_loyalty.points_page",
            values,
            active="points",
            title=request.env._("Points"),
        )
