"""Several approvals in one decision."""

from odoo import http
from odoo.http import request

from .approvals import VERDICTS, TradeApprovals, read_comment
from .base import TradeError, render, trade_form, trade_page

MOST = 100


class TradeApprovalBatch(http.Controller):
    @trade_page("/trade/approvals/batch", permission="approve")
    def batch(self, ctx, verdict=""):
        chosen = request.httprequest.args.getlist("order")
        return self._page(ctx, verdict, chosen)

    @trade_form("/trade/approvals/batch", permission="approve")
    def decide_batch(self, ctx, verdict="", comment=""):
        chosen = request.httprequest.form.getlist("order")
        seen = {
            key[5:]: value
            for key, value in request.httprequest.form.items()
            if key.startswith("seen_")
        }
        approvals = ctx.env["b2b.portal.approvals"]
        approvals._b2b_settle_due(ctx)
        orders = self._orders(ctx, verdict, chosen)
        comment, errors = read_comment(verdict, comment)
        problems = approvals._b2b_batch_problems(ctx, orders, verdict)
        changed = [
            order
            for order in orders
            if order._b2b_changes_since(seen.get(str(order.id))) != []
        ]
        if errors or problems or changed:
            return self._page(
                ctx,
                verdict,
                chosen,
                status=409 if changed else 400,
                comment=comment,
                errors=errors,
                changed=changed,
            )
        rows = approvals._b2b_decide(ctx, orders, VERDICTS[verdict], comment)
        return TradeApprovals()._sent(rows)

    def _orders(self, ctx, verdict, chosen):
        _ = request.env._
        if verdict not in ("approve", "refuse"):
            raise TradeError(400, _("Say whether you approve or refuse."))
        ids = [int(c) for c in chosen if c.isdecimal() and len(c) < 11][:MOST]
        orders = ctx.approvals.filtered(lambda order: order.id in ids)
        if not orders or len(orders) < len(set(ids)):
            raise TradeError(
                409,
                _("Some of these orders do not wait for you any more; choose again."),
                heading=_("Already decided"),
            )
        return orders

    def _page(self, ctx, verdict, chosen, status=200, **outcome):
        orders = self._orders(ctx, verdict, chosen)
        approvals = ctx.env["b2b.portal.approvals"]
        problems = approvals._b2b_batch_problems(ctx, orders, verdict)
        good = orders.filtered(lambda order: order not in problems)
        frame = ctx.env["b2b.portal.frame"]
        values = {
            "verdict": verdict,
            "rows": good._b2b_approval_rows(ctx.user),
            "problems": [
                {"order": order, "text": text} for order, text in problems.items()
            ],
            "seen": {order.id: order._b2b_seen() for order in good},
            "sums": ctx.env["sale.order"]._b2b_approvals_sum(good),
            "effects": frame._b2b_sorted(frame._b2b_batch_effects(ctx, good)),
            "comment": "",
            "errors": {},
            "changed": [],
            **outcome,
        }
        return render(
            "b2b_portal.approval_batch",
            values,
            active="approvals",
            title=request.env._("Approvals"),
            status=status,
        )
