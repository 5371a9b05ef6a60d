"""The paper of an order as PDF: made when it is asked for, once for each state.

It is never made within a submission: that holds budgets and stock, and the program
that prints takes seconds. The page after the submission asks here.
"""

from odoo import http
from odoo.http import content_disposition, request

from .base import render_part, trade_json, trade_page

PRIVATE = [
    ("Cache-Control", "private, no-store"),
    ("X-Content-Type-Options", "nosniff"),
]
RIGHT = "see_prices"


class TradeDocuments(http.Controller):
    # Not on a replica: what the paper shows was written a moment ago.
    @trade_page(
        "/trade/orders/<int:order_id>/document", permission=RIGHT, readonly=False
    )
    def document(self, ctx, order_id):
        """The PDF; while another request makes it a page that asks again; where none
        can be made the paper as a page, with a sentence that says so.
        """
        order = ctx.env["sale.order"]._b2b_pages_get(ctx, order_id)
        state, content, html = order._b2b_document(again=True)
        if state == "ready":
            title = order._b2b_document_order()._b2b_document_title()
            name = content_disposition(f"{title} {order.name}.pdf", "inline")
            headers = [
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                ("Content-Disposition", name),
            ]
            return request.make_response(content, headers + PRIVATE)
        values = {"order": order, "title": order._b2b_document_title()}
        if state == "making":
            page = str(render_part("b2b_portal.document_making", values))
        else:
            note = str(render_part("b2b_portal.document_unprinted", values))
            page = html.replace("<body>", f"<body>{note}", 1)
        headers = [("Content-Type", "text/html; charset=utf-8")]
        return request.make_response("<!DOCTYPE html>\n" + page, headers + PRIVATE)

    @trade_json("/trade/orders/<int:order_id>/document/state", permission=RIGHT)
    def document_state(self, ctx, order_id, again=False):
        """``making``, ``ready`` or ``failed``; makes it when nobody does.

        :param again: try once more what failed
        """
        order = ctx.env["sale.order"]._b2b_pages_get(ctx, order_id)
        state, _content, _html = order._b2b_document(again=again is True)
        return {
            "state": "making" if state == "none" else state,
            "title": f"{order._b2b_document_title()} {order.name}",
            "hint": order._b2b_document_hint(),
        }
