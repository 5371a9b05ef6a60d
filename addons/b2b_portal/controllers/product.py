"""One article: its page, picture, documents, price, and the wish to be told."""

from odoo import http
from odoo.http import request

from ..rules import cart_input
from ..tools import group_sign
from .base import not_found, render, render_part, trade_json, trade_page


class TradeProduct(http.Controller):
    # -- why this price --------------------------------------------------------

    @trade_json("/trade/price/why", permission="see_prices", readonly=True)
    def trade_price_why(self, ctx, product_id=0, quantity=0):
        """Steps of a price as a buyer may know them, as markup."""
        product = self._product(ctx, cart_input.read_id(product_id))
        read = cart_input.read_quantity(
            quantity, zero_ok=True, group=group_sign(request.env)
        )
        rules = ctx.env["b2b.portal.rows"]._b2b_quantity_rules(ctx, product)
        asked = read.value or rules[product.id].first
        steps = ctx.pricelist._b2b_explain_steps(
            product,
            asked,
            currency=ctx.currency,
            party=ctx.party,
            agreement=ctx.agreement,
        )
        steps = ctx.env["b2b.portal.rows"]._b2b_net_steps(ctx, product, steps, asked)
        values = {"steps": steps, "result": steps[-1]}
        return {"html": str(render_part("b2b_portal.why", values))}

    # -- one article -----------------------------------------------------------

    @trade_page("/trade/product/<int:product_id>")
    def trade_product(self, ctx, product_id):
        """Decide on one article."""
        _ = request.env._
        product = self._product(ctx, product_id)
        row = ctx.env["b2b.portal.rows"]._b2b_rows(ctx, product)[0]
        page = ctx.env["b2b.portal.product"]
        besides = ctx.env["b2b.portal.documents"]
        alternatives, accessories = besides._b2b_related(ctx, product)
        return render(
            "b2b_portal.product_page",
            {
                "product": product,
                "row": row,
                "unit": self._unit(product),
                "variants": page._b2b_variants(ctx, product),
                "history": page._b2b_history(ctx, product),
                "details": page._b2b_details(ctx, product, row),
                "documents": besides._b2b_document_rows(ctx, product),
                "related": [
                    (_("Does the same job"), alternatives),
                    (_("Goes with it"), accessories),
                ],
                "show_stock": ctx.env["b2b.portal.stock"]._b2b_shown(ctx),
            },
            active="catalog",
            title=row["name"],
        )

    def _unit(self, product):
        if product._b2b_counted():
            return request.env._("piece")
        return product.uom_id.name

    def _product(self, ctx, product_id):
        product = ctx.env["product.product"].browse(product_id or [])
        product = ctx.env["b2b.catalog"]._b2b_allows(ctx, product)
        if not product:
            raise not_found()
        return product

    @trade_page("/trade/image/<int:product_id>")
    def trade_image(self, ctx, product_id, size="128", v=None):
        """Picture of an article of the buyer's catalog."""
        product = self._product(ctx, product_id)
        size = size if size in ("128", "256", "512", "1024") else "128"
        stream = request.env["ir.binary"]._get_image_stream_from(
            product, f"image_{size}"
        )
        response = stream.get_response()
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response

    @trade_page("/trade/product/<int:product_id>/document/<int:document_id>")
    def trade_document(self, ctx, product_id, document_id):
        """A data sheet or manual of an article of the buyer's catalog."""
        product = self._product(ctx, product_id)
        documents = ctx.env["b2b.portal.documents"]
        document = documents._b2b_document(ctx, product, document_id)
        if not document:
            raise not_found()
        if document.type == "url":
            if not document.url.startswith(("https://", "http://")):
                raise not_found()
            return request.redirect(document.url, code=303, local=False)
        stream = request.env["ir.binary"]._get_stream_from(
            document.ir_attachment_id, "raw", filename=document.name
        )
        # Never shown inside our own pages: a document may hold scripts.
        response = stream.get_response(as_attachment=True)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, max-age=3600"
        return response

    # -- back in stock -----------------------------------------------------------

    @trade_json("/trade/stock/tell", permission="place_orders")
    def trade_tell(self, ctx, product_id=0):
        """Tell the person when an article is back, or no longer."""
        if not ctx.env["b2b.portal.stock"]._b2b_shown(ctx):
            raise not_found()
        product = self._product(ctx, cart_input.read_id(product_id))
        return {"on": ctx.env["b2b.stock.notice"]._b2b_toggle(ctx, product)}
