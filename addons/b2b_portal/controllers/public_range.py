"""The open part of the range, for visitors; off unless a company wants it."""

import werkzeug.urls

from odoo import http
from odoo.http import request

from ..models.portal_range import PAGE
from ..tools import clean_input, number
from .base import to_int

PATH = "/trade/range"


def _nothing():
    """The same answer whether the page is off or the article is not public."""
    values = {
        "heading": request.env._("Not found"),
        "page_title": request.env._("Not found"),
        "message": request.env._(
            "There is no such page. Customers find our range after they sign in."
        ),
        "company": request.env.company.sudo(),
    }
    response = request.render("b2b_portal.range_closed", values, status=404)
    response.flatten()
    return response


def _address(**query):
    query = {key: value for key, value in query.items() if value}
    return PATH + ("?" + werkzeug.urls.url_encode(query) if query else "")


class TradeRange(http.Controller):
    @http.route(
        PATH,
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def trade_range(self, search="", category_id=0, offset=0, **_query):
        finder = request.env["b2b.portal.range"]
        if not finder._b2b_is_open():
            return _nothing()
        typed = clean_input({"search": str(search or "")})["search"]
        text = " ".join(typed.split())[:80]
        category_id = to_int(category_id)
        offset = to_int(offset, high=100_000)
        rows, total = finder._b2b_find(text, category_id, offset)
        return self._page(finder, rows, total, text, category_id, offset)

    def _page(self, finder, rows, total, text, category_id, offset):
        shown = offset + len(rows)
        values = {
            "page_title": request.env._("Our range"),
            "company": request.env.company.sudo(),
            "rows": rows,
            "total": number(request.env, total),
            "text": text,
            "category_id": category_id,
            "categories": finder._b2b_categories(),
            "url": lambda **query: _address(**query),
            "more": _address(search=text, category_id=category_id, offset=shown)
            if shown < total
            else "",
            "before": _address(
                search=text, category_id=category_id, offset=max(0, offset - PAGE)
            )
            if offset
            else "",
            "signed_in": bool(request.env.user._b2b_seat_id()),
        }
        return request.render("b2b_portal.range_page", values)

    @http.route(
        f"{PATH}/image/<int:product_id>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def trade_range_image(self, product_id, **_query):
        """The picture of a public article."""
        finder = request.env["b2b.portal.range"]
        known = 0 < product_id < 2**31 and finder._b2b_is_open()
        product = finder._b2b_product(product_id) if known else None
        if not product:
            return _nothing()
        stream = request.env["ir.binary"]._get_image_stream_from(product, "image_256")
        response = stream.get_response()
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response
