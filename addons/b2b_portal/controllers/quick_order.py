import io

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request

from ..models.portal_rows import NO_CODE
from ..rules import sheet, sheet_book
from .base import render, trade_json, trade_page
from .catalog import HITS, read_search

ORDER = "place_orders"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TradeQuickOrder(http.Controller):
    @trade_page("/trade/quick-order", permission=ORDER, buying=True)
    def trade_quick_order(self, ctx):
        """Type, scan, paste or send a file; mend; add what is good."""
        return render(
            "b2b_portal.quick_order_page",
            {
                "quick": {
                    "seesPrices": ctx.can("see_prices"),
                    "key": f"{ctx.seat.id}",
                    "mostRows": sheet.MOST_ROWS,
                    "mostBytes": sheet_book.MOST_BYTES,
                }
            },
            active="quick",
            title=request.env._("Quick order"),
        )

    @trade_page("/trade/quick-order/template", permission=ORDER)
    def trade_quick_order_template(self, ctx):
        """An empty workbook with the two columns."""
        _ = request.env._
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
            page = book.add_worksheet(_("Quick order"))
            # Codes keep their leading zeros in cells of text.
            page.set_column(0, 0, 24, book.add_format({"num_format": "@"}))
            page.set_column(1, 1, 12)
            page.write_row(
                0, 0, [_("Code"), _("Quantity")], book.add_format({"bold": 1})
            )
            page.freeze_panes(1, 0)
        name = content_disposition(_("quick-order") + ".xlsx")
        headers = [("Content-Type", XLSX), ("Content-Disposition", name)]
        return request.make_response(file.getvalue(), headers)

    @trade_json("/trade/quick-order/read", permission=ORDER, buying=True, readonly=True)
    def trade_quick_order_read(self, ctx, text="", data="", columns=None, name=""):
        """Rows of a pasted text or a file in base64; nothing is kept."""
        return ctx.env["b2b.portal.quick.read"]._b2b_read(text, data, columns, name)

    @trade_json("/trade/quick-order/suggest", permission=ORDER, readonly=True)
    def trade_quick_order_suggest(self, ctx, text=""):
        """At most six articles while typing."""
        search = read_search({"search": text if isinstance(text, str) else ""})
        if len(search.text) < 2:
            return {"hits": []}
        products, _total = ctx.env["b2b.portal.search"]._b2b_find(ctx, search, HITS)
        if not products:
            products = ctx.env["b2b.portal.similar"]._b2b_similar(
                ctx, search.text, most=HITS
            )
        rows = ctx.env["b2b.portal.rows"]
        codes = rows._b2b_own_codes(ctx, products)
        return {
            "hits": [
                {
                    "id": product.id,
                    "name": rows._b2b_name(product),
                    "code": product.default_code or "",
                    "own_code": codes.get(product.id, NO_CODE)[0],
                }
                for product in products
            ]
        }

    @trade_json(
        "/trade/quick-order/check", permission=ORDER, buying=True, readonly=True
    )
    def trade_quick_order_check(self, ctx, rows=None):
        """What becomes of each row; nothing enters the cart."""
        return ctx.env["b2b.portal.quick"]._b2b_check(ctx, rows)
