from odoo import http
from odoo.http import request

from .base import render, trade_page


class TradeHome(http.Controller):
    @trade_page("/trade")
    def trade_home(self, ctx):
        """What needs me, what is due, what is open."""
        home = ctx.env["b2b.portal.home"]
        frame = ctx.env["b2b.portal.frame"]
        rows = home._b2b_usual(ctx)
        cards = sorted(frame._b2b_home_cards(ctx), key=lambda c: c["sequence"])
        return render(
            "b2b_portal.home_page",
            {
                "rows": rows,
                "orders": home._b2b_order_rows(ctx, home._b2b_recent_orders(ctx)),
                "cards": cards,
                "lead": frame._b2b_home_lead(ctx),
            },
            active="home",
            title=request.env._("Home"),
        )
