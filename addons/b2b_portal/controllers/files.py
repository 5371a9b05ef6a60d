"""Files of customers: how they come in, and how they go out.

They go out as downloads of no particular type and never as a page of ours: whatever a
file holds, the browser does not run it under our address.
"""

import werkzeug.exceptions

from odoo import http
from odoo.http import content_disposition, request

from ..models.sale_order_files import MEGABYTE
from .base import error_page, not_found, trade_page

#: What a form has beside its file: keys and what was typed.
FORM_LENGTH = 100_000


def wants_json():
    """Whether our script asks, which wants a sentence and no page."""
    return "application/json" in request.httprequest.headers.get("Accept", "")


def answer(values, status=200):
    return request.make_json_response(values, status=status)


def upload_error(error):
    """A refusal for whoever sent the file."""
    if wants_json():
        return answer({"error": error.message}, error.status)
    return error_page(error)


def longest_upload(_controller):
    """Bytes of a request with one file; longer ones are refused unread.

    The size is announced by the browser: nothing is received before this.
    """
    # sudo: which company the seat belongs to is not known before the form is read
    companies = request.env["res.company"].sudo().search([])
    longest = max(companies.mapped("b2b_file_megabytes")) * MEGABYTE + FORM_LENGTH
    if (request.httprequest.content_length or 0) > longest:
        words = request.env._(
            "The file is too large; a file may have %s MB.",
            (longest - FORM_LENGTH) // MEGABYTE,
        )
        if wants_json():
            refusal = answer({"error": words}, 413)
        else:
            refusal = request.make_response(
                words, [("Content-Type", "text/plain; charset=utf-8")], status=413
            )
        # What was not read would be taken for the next request.
        refusal.headers["Connection"] = "close"
        werkzeug.exceptions.abort(refusal)
    return longest


def download(file):
    """Hand out an attachment, after the caller has checked who asks."""
    headers = [
        ("Content-Type", "application/octet-stream"),
        ("Cache-Control", "private, no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
        ("Content-Disposition", content_disposition(file.name)),
    ]
    return request.make_response(file.raw, headers)


class TradeFiles(http.Controller):
    @trade_page("/trade/orders/<int:order_id>/files/<int:file_id>")
    def order_file(self, ctx, order_id, file_id):
        """A file of an order, for everybody of the company who may see it."""
        order = ctx.env["sale.order"]._b2b_pages_get(ctx, order_id)
        return download(order._b2b_file_get(ctx, file_id).attachment_id)

    @trade_page("/trade/checkout/files/<int:file_id>", permission="place_orders")
    def cart_file(self, ctx, file_id):
        """A file of the own cart."""
        if not ctx.cart:
            raise not_found()
        return download(ctx.cart._b2b_file_get(ctx, file_id).attachment_id)
