"""Approvals: what waits for this person, one decision, and taking it back."""

from odoo import http
from odoo.http import request

from .base import TradeError, forbidden, render, trade_form, trade_json, trade_page
from .elsewhere import found_here

#: What the buttons send, and the verdict that is kept.
VERDICTS = {"approve": "released", "refuse": "refused", "ask": "asked_back"}
LONGEST = 1000


def read_comment(verdict, comment):
    """``(comment, errors)``; all but a yes say why."""
    _ = request.env._
    comment, errors = str(comment).strip(), {}
    if verdict != "approve" and not comment:
        errors["comment"] = _("Say why; the buyer reads it.")
    elif len(comment) > LONGEST:
        errors["comment"] = _("Shorten the comment to 1,000 signs.")
    return comment, errors


class TradeApprovals(http.Controller):
    @trade_page("/trade/approvals", permission=("approve", "manage_seats"))
    def approvals(self, ctx, tab="waiting"):
        if tab == "substitutes":
            return self._substitutes(ctx)
        if not ctx.can("approve"):
            raise forbidden()
        return self._page(ctx, decided=tab == "decided")

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
        if verdict not in VERDICTS:
            raise TradeError(400, _("Say whether you approve, refuse or ask back."))
        approvals = ctx.env["b2b.portal.approvals"]
        approvals._b2b_settle_due(ctx)
        order = ctx.env["sale.order"]._b2b_approval_get(ctx, order_id)
        comment, errors = read_comment(verdict, comment)
        if not order._b2b_my_holds(ctx.user):
            raise TradeError(
                409, order._b2b_decided_words(), heading=_("Already decided")
            )
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
        rows = approvals._b2b_decide(ctx, order, VERDICTS[verdict], comment)
        return self._sent(rows)

    # -- ten seconds ---------------------------------------------------------------

    @trade_form("/trade/approvals/undo", permission="approve")
    def undo(self, ctx, sent=""):
        rows = ctx.env["b2b.portal.approvals"]._b2b_own_pending(ctx, sent)
        if not rows:
            raise TradeError(400, request.env._("There is nothing to undo."))
        undone = rows._b2b_take_back(ctx.user)
        if undone:
            return request.redirect("/trade/approvals?undone=1", code=303)
        return self._sent(rows)

    @trade_json("/trade/approvals/commit", permission="approve")
    def commit(self, ctx, sent=""):
        """The page's own call when the ten seconds are over."""
        approvals = ctx.env["b2b.portal.approvals"]
        rows = approvals._b2b_own_pending(ctx, sent)
        rows._b2b_take_effect()
        return {"notices": approvals._b2b_notices(rows)}

    @trade_json("/trade/approvals/news", permission="approve", readonly=True)
    def news(self, ctx, orders=()):
        """Which of the orders on the page were decided elsewhere meanwhile."""
        ids = [number for number in _numbers(orders) if number][:100]
        return {"gone": ctx.env["b2b.portal.approvals"]._b2b_news(ctx, ids)}

    # -- helpers -------------------------------------------------------------------

    def _sent(self, rows):
        numbers = "-".join(str(number) for number in rows.ids)
        return request.redirect(f"/trade/approvals?sent={numbers}", code=303)

    def _page(
        self, ctx, order_id=None, *, order=None, decided=False, status=200, **outcome
    ):
        Order = ctx.env["sale.order"]
        approvals = ctx.env["b2b.portal.approvals"]
        frame = ctx.env["b2b.portal.frame"]
        orders = Order._b2b_approvals_decided(ctx) if decided else Order
        # What is looked back on is read together with what waits.
        orders._b2b_read_with_approvals(ctx)
        # The frame lists all of them: before one is asked for alone.
        ctx.agreements.mapped("name")
        pending = approvals._b2b_own_pending(ctx, request.params.get("sent", ""))
        soon = pending.filtered(lambda row: row.state == "pending")
        waiting = ctx.approvals - soon.order_id
        orders = orders if decided else waiting
        if order_id:
            order = Order._b2b_approval_get(ctx, order_id)
        opened = bool(order)
        # Not a slice: it would be read apart from the others.
        order = order or next(iter(orders), orders)
        mine = order._b2b_my_holds(ctx.user) if order not in soon.order_id else []
        values = {
            "rows": orders._b2b_approval_rows(ctx.user, decided),
            "tab": "decided" if decided else "waiting",
            "decided": decided,
            "waiting_count": len(waiting),
            "waiting_sum": Order._b2b_approvals_sum(orders),
            "order": order,
            "opened": opened,
            "mine": mine,
            "detail": order._b2b_approval_detail(ctx) if order else {},
            "effects": (
                frame._b2b_sorted(frame._b2b_approval_effects(ctx, order))
                if mine
                else []
            ),
            "seen": order._b2b_seen() if order else "",
            "notices": approvals._b2b_notices(pending),
            "undone": bool(request.params.get("undone")),
            "sent": "-".join(str(number) for number in soon.ids),
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

    def _substitutes(self, ctx, status=200, **outcome):
        values = {
            "tab": "substitutes",
            "waiting_count": len(ctx.approvals),
            **ctx.env["b2b.portal.approvals"]._b2b_substitutes(ctx),
            "typed": {"seat": request.params.get("for", "")},
            "errors": {},
            "done": request.params.get("done", ""),
            **outcome,
        }
        return render(
            "b2b_portal.substitutes_page",
            values,
            active="approvals",
            title=request.env._("Substitutes"),
            status=status,
        )

    @trade_form("/trade/approvals/substitutes", permission=("approve", "manage_seats"))
    def name_substitute(self, ctx, away="", substitute="", date_from="", date_to=""):
        typed = {
            "seat": away,
            "substitute": substitute,
            "date_from": date_from,
            "date_to": date_to,
        }
        approvals = ctx.env["b2b.portal.approvals"]
        errors = approvals._b2b_name_substitute(ctx, typed)
        if errors:
            request.env.cr.rollback()
            return self._substitutes(ctx, status=400, typed=typed, errors=errors)
        return request.redirect("/trade/approvals?tab=substitutes&done=named", code=303)

    @trade_form(
        "/trade/approvals/substitutes/<int:substitute_id>/end",
        permission=("approve", "manage_seats"),
    )
    def end_substitute(self, ctx, substitute_id):
        ctx.env["b2b.portal.approvals"]._b2b_end_substitute(ctx, substitute_id)
        return request.redirect("/trade/approvals?tab=substitutes&done=ended", code=303)


def _numbers(values):
    """Ids out of anything a browser may send."""
    if not isinstance(values, (list, tuple)):
        return
    for value in values:
        text = str(value)
        if text.isdecimal() and len(text) < 11:
            yield int(text)
