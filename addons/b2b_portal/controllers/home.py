from odoo import fields, http
from odoo.http import request

from ..tools import day
from .base import render, render_part, trade_json, trade_page


class TradeHome(http.Controller):
    @trade_page("/trade")
    def trade_home(self, ctx):
        """What needs me, what is due, what is open."""
        home = ctx.env["b2b.portal.home"]
        frame = ctx.env["b2b.portal.frame"]
        orders = home._b2b_recent_orders(ctx)
        home._b2b_read_ahead(ctx, orders)
        now = fields.Datetime.context_timestamp(home, fields.Datetime.now())
        return render(
            "b2b_portal.home_page",
            {
                "greeting": self._greeting(now.hour, ctx.contact.name),
                "today": day(request.env, now, long=True),
                "needs": frame._b2b_needs_sorted(ctx),
                "rows": home._b2b_usual(ctx),
                "orders": home._b2b_order_rows(ctx, orders),
                "cards": sorted(
                    frame._b2b_home_cards(ctx), key=lambda card: card["sequence"]
                ),
                "lead": frame._b2b_home_lead(ctx),
                "cart_saved": ctx.env["b2b.portal.cart"]._b2b_saved(ctx.cart),
            },
            active="home",
            title=request.env._("Home"),
        )

    @trade_json("/trade/needs", readonly=True)
    def trade_needs(self, ctx):
        """What waits for this person, for the panel of the bell."""
        needs = ctx.env["b2b.portal.frame"]._b2b_needs_sorted(ctx)
        return {"html": str(render_part("b2b_portal.needs_panel", {"needs": needs}))}

    def _greeting(self, hour, name):
        _ = request.env._
        first = (name or "").split(" ")[0]
        if hour < 12:
            return _("Good morning, %s", first)
        if hour < 18:
            return _("Good afternoon, %s", first)
        return _("Good evening, %s", first)
