import re
from dataclasses import replace

import werkzeug.urls

from odoo import http
from odoo.http import request

from ..models.portal_search import PAGE, PRICED, SORTS, Search
from ..rules import cart_input
from ..tools import number
from .base import not_found, render, render_part, to_int, trade_json, trade_page

#: Articles shown while typing.
HITS = 6
#: Chosen values or tags of one search.
CHOSEN = 30


def read_ids(text):
    """Ids of ``3-17``; what is none is left out."""
    found = (to_int(part) for part in str(text or "")[:400].split("-"))
    return tuple(sorted({each for each in found if each}))[:CHOSEN]


def read_search(query):
    """A :class:`Search` out of a query string that may hold anything."""
    sort = query.get("sort")
    return Search(
        text=" ".join(str(query.get("search") or "").split())[:80],
        category_id=to_int(query.get("category_id")),
        bought=query.get("bought") in ("1", True, 1),
        in_stock=query.get("in_stock") in ("1", True, 1),
        favourites=query.get("favourites") in ("1", True, 1),
        awaited=query.get("awaited") in ("1", True, 1),
        values=read_ids(query.get("values")),
        tags=read_ids(query.get("tags")),
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
        "awaited": search.awaited,
        "values": search.values,
        "tags": search.tags,
        "sort": "" if search.sort == "name" else search.sort,
        **changes,
    }
    if values["sort"] == "name":
        values["sort"] = ""
    for key in ("values", "tags"):
        values[key] = "-".join(str(each) for each in sorted(values[key]))
    query = {key: 1 if value is True else value for key, value in values.items()}
    query = {key: value for key, value in query.items() if value}
    return "/trade/catalog" + ("?" + werkzeug.urls.url_encode(query) if query else "")


class TradeCatalog(http.Controller):
    @trade_page("/trade/catalog")
    def trade_catalog(self, ctx, **query):
        """Find and fill many rows."""
        search = self._search(ctx, query)
        offset = to_int(query.get("offset"), high=100_000)
        finder = ctx.env["b2b.portal.search"]
        search = finder._b2b_remember(ctx, search)
        total, categories = finder._b2b_counted(ctx, search)
        search = self._sorted(ctx, search, total)
        products = finder._b2b_page(ctx, search, offset=offset)
        similar = not total and finder._b2b_similar(ctx, search)
        if similar:
            products, offset, total = similar, 0, len(similar)
        rows = ctx.env["b2b.portal.rows"]._b2b_rows(ctx, products)
        return render(
            "b2b_portal.catalog_page",
            {
                "search": search,
                "rows": rows,
                "total": total,
                "categories": categories,
                "facets": ctx.env["b2b.portal.facets"]._b2b_groups(ctx, search),
                "show_stock": ctx.env["b2b.portal.stock"]._b2b_shown(ctx),
                "dock_facts": ctx.env["b2b.portal.frame"]._b2b_dock_facts(ctx),
                "similar": self._similar_text(search.text) if similar else "",
                **self._words(ctx, search, categories, total, offset + len(rows)),
            },
            active="catalog",
            title=request.env._("Catalog"),
        )

    def _search(self, ctx, query):
        """What was asked for, without what this seat may not know."""
        search = read_search(query)
        if not ctx.env["b2b.portal.stock"]._b2b_shown(ctx):
            search = replace(search, in_stock=False)
        if not ctx.can("see_prices") and search.sort == "price":
            search = replace(search, sort="name")
        return search

    def _sorted(self, ctx, search, total):
        """A result that is too large to be priced is sorted by name."""
        if search.sort == "price" and total > PRICED:
            return replace(search, sort="name")
        return search

    def _words(self, ctx, search, categories, total, shown):
        _ = request.env._
        names = {categ.id: categ.name for categ, _count in categories}
        category = names.get(search.category_id, "")
        sorts = self._sorts(ctx)
        chips = self._chips(ctx, search, category)
        more = shown < total
        return {
            "heading": category or _("Catalog"),
            "subheading": self._subheading(search, total),
            "total_word": _("article") if total == 1 else _("articles"),
            "chips": chips,
            "sorts": sorts,
            "sort_label": dict(sorts)[search.sort],
            "unsorted": "price" if total > PRICED else None,
            "unsorted_text": _(
                "own price: up to %s articles, filter first", number(ctx.env, PRICED)
            ),
            "url": lambda **changes: search_url(search, **changes),
            "without": lambda ids, each: tuple(set(ids) ^ {each}),
            "more_url": "/trade/catalog/rows" if more else None,
            "more_href": search_url(search, offset=shown) if more else None,
            "shown_text": self._shown_text(shown, total),
            "currency_symbol": ctx.currency.symbol,
        }

    def _sorts(self, ctx):
        _ = request.env._
        sorts = [
            ("name", _("name")),
            ("code", _("code")),
            ("newest", _("newest")),
            ("bought", _("most bought")),
        ]
        if ctx.can("see_prices"):
            sorts.append(("price", _("own price")))
        return sorts

    def _chips(self, ctx, search, category):
        """Filters that are on, each with the address without it."""
        _ = request.env._
        wanted = [
            (search.text, _("“%s”", search.text), {"search": ""}),
            (category, category, {"category_id": 0}),
            (search.bought, _("Bought before"), {"bought": False}),
            (search.favourites, _("Favourites"), {"favourites": False}),
            (search.awaited, _("Awaited"), {"awaited": False}),
            (search.in_stock, _("In stock now"), {"in_stock": False}),
        ]
        facets = ctx.env["b2b.portal.facets"]
        values, tags = facets._b2b_chosen(ctx, search)
        for key, records in (("values", values), ("tags", tags)):
            chosen = getattr(search, key)
            for each in records:
                rest = {key: tuple(set(chosen) - {each.id})}
                wanted.append((True, each.name, rest))
        return [
            {"label": label, "url": search_url(search, **changes)}
            for on, label, changes in wanted
            if on
        ]

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

    def _similar_text(self, text):
        """What stands above articles that were not asked for exactly."""
        return request.env._("No exact match for “%s”; similar:", text)

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
    def trade_catalog_rows(self, ctx, query=None, offset=0, after=0, total=0):
        """The next rows of a search, as markup.

        :param offset: rows that are shown already
        :param after: id of the last of them
        :param total: of the page, for the words only; it is not counted again
        """
        search = self._search(ctx, query if isinstance(query, dict) else {})
        offset = to_int(offset, high=100_000)
        finder = ctx.env["b2b.portal.search"]
        if search.sort == "price":
            search = self._sorted(ctx, search, finder._b2b_count(ctx, search))
        after = cart_input.read_id(after) or 0
        products = finder._b2b_page(ctx, search, PAGE + 1, offset, after)
        more = len(products) > PAGE
        rows = ctx.env["b2b.portal.rows"]._b2b_rows(ctx, products[:PAGE])
        shown = offset + len(rows)
        total = max(to_int(total), shown + more) if more else shown
        return {
            "html": str(
                render_part(
                    "b2b_portal.catalog_rows",
                    {
                        "rows": rows,
                        "show_stock": ctx.env["b2b.portal.stock"]._b2b_shown(ctx),
                    },
                )
            ),
            "shown": shown,
            "more": more,
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
        search = finder._b2b_remember(ctx, search)
        products, total = finder._b2b_find(ctx, search, limit=HITS)
        if not total:
            products = finder._b2b_similar(ctx, search, most=HITS)
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
        if rows and not total:
            status = self._similar_text(search.text)
            return {"html": str(html), "total": 0, "status": status}
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

    # -- who answers questions -------------------------------------------------------

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
