"""Approvals: what waits for this person, and the decision about one order."""

from odoo import http
from odoo.http import request

from .base import TradeError, render, trade_form, trade_page
from .elsewhere import found_here

APPROVE, REFUSE = "approve", "refuse"


class TradeApprovals(http.Controller):
    @trade_page("/trade/approvals", permission="approve")
    def approvals(self, ctx, tab="waiting"):
        decided = tab == "decided"
        return self._page(ctx, decided=decided)

    @trade_page("/trade/approvals/<int:order_id>")
    def approval(self, ctx, order_id):
        if ctx.can("approve"):
            # Read with the list beside it, before the one order is asked for.
            ctx.approvals.mapped("state")
        find = ctx.env["sale.order"]._b2b_approval_get
        order, elsewhere = found_here(ctx, order_id, find, permission="approve")
        return elsewhere or self._page(ctx, order=order)

    @trade_form("/trade/approvals/<int:order_id>/decide", permission="approve")
    def decide(self, ctx, order_id, verdict="", comment="", seen=""):
        _ = request.env._
        if verdict not in (APPROVE, REFUSE):
            raise TradeError(400, _("Say whether you approve or refuse."))
        order = ctx.env["sale.order"]._b2b_approval_get(ctx, order_id)
        comment = str(comment).strip()
        if not order._b2b_my_holds(ctx.user):
            raise TradeError(
                409, order._b2b_decided_words(), heading=_("Already decided")
            )
        errors = {}
        if verdict == REFUSE and not comment:
            errors["comment"] = _("Say why; the buyer reads it.")
        elif len(comment) > 1000:
            errors["comment"] = _("Shorten the comment to 1,000 signs.")
        changes = order._b2b_changes_since(seen)
        if changes is None:
            raise TradeError(400, _("The page is incomplete; load it again."))
        if errors or changes:
            return self._page(
                ctx,
                order_id,
                status=409 if changes else 400,
                comment=comment,
                errors=errors,
                changes=changes,
            )
        order._b2b_decide(ctx, verdict == APPROVE, comment)
        return request.redirect(f"/trade/approvals?done={order.id}", code=303)

    def _page(
        self, ctx, order_id=None, *, order=None, decided=False, status=200, **outcome
    ):
        Order = ctx.env["sale.order"]
        frame = ctx.env["b2b.portal.frame"]
        orders = Order._b2b_approvals_decided(ctx) if decided else ctx.approvals
        if order_id:
            order = Order._b2b_approval_get(ctx, order_id)
        order = order or orders[:1]
        done = request.params.get("done", "")
        values = {
            "rows": orders._b2b_approval_rows(ctx.user, decided),
            "decided": decided,
            "waiting_count": len(ctx.approvals),
            "waiting_sum": Order._b2b_approvals_sum(orders),
            "order": order,
            "mine": order._b2b_my_holds(ctx.user),
            "detail": order._b2b_approval_detail(ctx) if order else {},
            "effects": (
                frame._b2b_sorted(frame._b2b_approval_effects(ctx, order))
                if order
                else []
            ),
            "seen": order._b2b_seen() if order else "",
            "done": Order._b2b_approval_done(ctx, done),
            "comment": "",
            "errors": {},
            "changes": [],
            **outcome,
        }
        return render(
            "b2b_portal.approvals_page",
            values,
            active="approvals",
            title=request.env._("Approvals"),
            status=status,
        )
