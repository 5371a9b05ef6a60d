import re

import werkzeug.urls

from odoo import http
from odoo.http import request

from ..models.portal_search import PAGE, SORTS, Search
from ..rules import cart_input
from ..tools import group_sign, number
from .base import not_found, render, render_part, to_int, trade_json, trade_page

#: Articles shown while typing.
HITS = 6


def read_search(query):
    """A :class:`Search` out of a query string that may hold anything."""
    sort = query.get("sort")
    return Search(
        text=" ".join(str(query.get("search") or "").split())[:80],
        category_id=to_int(query.get("category_id")),
        bought=query.get("bought") in ("1", True, 1),
        in_stock=query.get("in_stock") in ("1", True, 1),
        favourites=query.get("favourites") in ("1", True, 1),
        sort=sort if sort in SORTS else "name",
    )


def search_url(search, /, **changes):
    """Address of the catalog for a search with some values changed."""
    values = {
        "search": search.text,
        "category_id": search.category_id,
        "bought": search.bought,
        "in_stock": search.in_stock,
        "favourites": search.favourites,
        "sort": "" if search.sort == "name" else search.sort,
        **changes,
    }
    if values["sort"] == "name":
        values["sort"] = ""
    query = {key: 1 if value is True else value for key, value in values.items()}
    query = {key: value for key, value in query.items() if value}
    return "/trade/catalog" + ("?" + werkzeug.urls.url_encode(query) if query else "")


class TradeCatalog(http.Controller):
    @trade_page("/trade/catalog")
    def trade_catalog(self, ctx, **query):
        """Find and fill many rows."""
        search = read_search(query)
        offset = to_int(query.get("offset"), high=100_000)
        finder = ctx.env["b2b.portal.search"]
        show_stock = self._show_stock(ctx)
        if not show_stock:
            search = Search(**{**search.__dict__, "in_stock": False})
        products, total = finder._b2b_find(ctx, search, offset=offset)
        rows = ctx.env["b2b.portal.rows"]._b2b_rows(ctx, products)
        categories = finder._b2b_categories(ctx, search)
        return render(
            "b2b_portal.catalog_page",
            {
                "search": search,
                "rows": rows,
                "total": total,
                "categories": categories,
                "show_stock": show_stock,
                "dock_facts": ctx.env["b2b.portal.frame"]._b2b_dock_facts(ctx),
                **self._words(ctx, search, categories, total, offset + len(rows)),
            },
            active="catalog",
            title=request.env._("Catalog"),
        )

    def _show_stock(self, ctx):
        mask, _threshold = ctx.env["b2b.portal.stock"]._b2b_mask(ctx)
        return mask != "hidden"

    def _words(self, ctx, search, categories, total, shown):
        _ = request.env._
        names = {categ.id: categ.name for categ, _count in categories}
        category = names.get(search.category_id, "")
        sorts = [
            ("name", _("name")),
            ("code", _("code")),
            ("bought", _("most bought")),
        ]
        chips = []
        if search.text:
            chips.append(
                {"label": f"“{search.text}”", "url": search_url(search, search="")}
            )
        if category:
            chips.append({"label": category, "url": search_url(search, category_id=0)})
        if search.bought:
            chips.append(
                {"label": _("Bought before"), "url": search_url(search, bought=False)}
            )
        if search.favourites:
            chips.append(
                {"label": _("Favourites"), "url": search_url(search, favourites=False)}
            )
        if search.in_stock:
            chips.append(
                {"label": _("In stock now"), "url": search_url(search, in_stock=False)}
            )
        more = shown < total
        return {
            "heading": category or _("Catalog"),
            "subheading": self._subheading(search, total),
            "total_word": _("article") if total == 1 else _("articles"),
            "chips": chips,
            "sorts": sorts,
            "sort_label": dict(sorts)[search.sort],
            "url": lambda **changes: search_url(search, **changes),
            "more_url": "/trade/catalog/rows" if more else None,
            "more_href": search_url(search, offset=shown) if more else None,
            "shown_text": self._shown_text(shown, total),
            "currency_symbol": ctx.currency.symbol,
        }

    def _subheading(self, search, total):
        _ = request.env._
        count = number(request.env, total)
        if search.bought and search.in_stock:
            return _("%s bought before and in stock", count)
        if search.bought:
            return _("%s bought before", count)
        if search.in_stock:
            return _("%s in stock", count)
        return _("1 article") if total == 1 else _("%s articles", count)

    def _shown_text(self, shown, total):
        _ = request.env._
        if shown >= total:
            return _("%s shown", number(request.env, total))
        return _(
            "%(shown)s of %(total)s shown · more load as you scroll",
            shown=number(request.env, shown),
            total=number(request.env, total),
        )

    @trade_json("/trade/catalog/rows", readonly=True)
    def trade_catalog_rows(self, ctx, query=None, offset=0):
        """The next rows of a search, as markup."""
        search = read_search(query if isinstance(query, dict) else {})
        offset = to_int(offset, high=100_000)
        if not self._show_stock(ctx):
            search = Search(**{**search.__dict__, "in_stock": False})
        products, total = ctx.env["b2b.portal.search"]._b2b_find(
            ctx, search, offset=offset
        )
        rows = ctx.env["b2b.portal.rows"]._b2b_rows(ctx, products)
        shown = offset + len(rows)
        return {
            "html": str(
                render_part(
                    "b2b_portal.catalog_rows",
                    {"rows": rows, "show_stock": self._show_stock(ctx)},
                )
            ),
            "shown": shown,
            "more": shown < total and len(rows) == PAGE,
            "text": self._shown_text(shown, total),
        }

    # -- search as you type ----------------------------------------------------

    @trade_json("/trade/search/suggest", readonly=True)
    def trade_suggest(self, ctx, text=""):
        """At most six articles while typing, with the number of all."""
        search = read_search({"search": text if isinstance(text, str) else ""})
        if len(search.text) < 2:
            return {"html": "", "total": 0, "status": ""}
        finder = ctx.env["b2b.portal.search"]
        products, total = finder._b2b_find(ctx, search, limit=HITS)
        rows = ctx.env["b2b.portal.rows"]._b2b_rows(ctx, products)
        for row in rows:
            row["marked"] = mark(row["name"], search.text)
            row["own_hit"] = row["own_code"].lower().startswith(search.text.lower())
        _ = request.env._
        html = render_part(
            "b2b_portal.suggestions",
            {
                "rows": rows,
                "total": total,
                "all_url": search_url(search),
                "all_text": self._all_text(search.text, total),
            },
        )
        status = _("%s articles found", total)
        if total < 2:
            none = _("There is no article “%s”.", search.text)
            status = _("1 article found") if total else none
        return {"html": str(html), "total": total, "status": status}

    def _all_text(self, text, total):
        _ = request.env._
        if total == 1:
            return _("The article with “%s”", text)
        return _(
            "All %(total)s articles with “%(text)s”",
            total=number(request.env, total),
            text=text,
        )

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
        values = {"steps": steps, "result": steps[-1]}
        return {"html": str(render_part("b2b_portal.why", values))}

    # -- one article -----------------------------------------------------------

    @trade_page("/trade/product/<int:product_id>")
    def trade_product(self, ctx, product_id):
        """Decide on one article."""
        product = self._product(ctx, product_id)
        row = ctx.env["b2b.portal.rows"]._b2b_rows(ctx, product)[0]
        page = ctx.env["b2b.portal.product"]
        return render(
            "b2b_portal.product_page",
            {
                "product": product,
                "row": row,
                "unit": self._unit(product),
                "variants": page._b2b_variants(ctx, product),
                "history": page._b2b_history(ctx, product),
                "details": page._b2b_details(ctx, product, row),
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

    @trade_page("/trade/face")
    def trade_face(self, ctx):
        """Picture of the account manager."""
        manager = ctx.env["b2b.portal.frame"]._b2b_manager_user(ctx)
        if not manager:
            raise not_found()
        stream = request.env["ir.binary"]._get_image_stream_from(
            manager.partner_id, "avatar_128"
        )
        response = stream.get_response()
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response


def mark(name, text):
    """Split a name into ``(part, hit)`` for highlighting the typed words."""
    words = [re.escape(word) for word in text.split() if word]
    if not words:
        return [(name, False)]
    parts = re.split("(" + "|".join(words) + ")", name, flags=re.IGNORECASE)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]
