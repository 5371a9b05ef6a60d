from dataclasses import dataclass, replace

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, config

from ..briefly import Briefly

#: Rows of a page; more are loaded while scrolling.
PAGE = 50
SORTS = ("name", "code", "newest", "bought", "price")
#: Orders that the database makes; the next page begins after the last article.
ORDERS = {
    "name": "name, id",
    "code": "default_code, id",
    "newest": "create_date desc, id desc",
}
#: Articles that are priced at most to sort them by their price.
PRICED = 2000
#: Numbers of articles of whole catalogs.
COUNTED = Briefly(seconds=60, most=500)
#: Articles with a text that are kept by id at most.
REMEMBERED = 5000


def escape(text):
    """Typed text for LIKE without wildcards."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return text


@dataclass(frozen=True)
class Search:
    """What a buyer asked for; every value is already cleaned."""

    text: str = ""
    category_id: int = 0
    bought: bool = False
    in_stock: bool = False
    favourites: bool = False
    awaited: bool = False  #: articles the person is told about when they are back
    values: tuple = ()  #: ids of attribute values
    tags: tuple = ()  #: ids of tags, one of them is enough
    sort: str = "name"
    found: tuple = None  #: ids of articles with the text, once they were looked up

    @property
    def is_filtered(self):
        return bool(
            self.text
            or self.category_id
            or self.bought
            or self.in_stock
            or self.favourites
            or self.awaited
            or self.values
            or self.tags
        )


class B2bPortalSearch(models.AbstractModel):
    """Finding articles inside the catalog of a context."""

    _name = "b2b.portal.search"
    _description = "Search of the trade portal"

    def _b2b_find(self, ctx, search, limit=PAGE, offset=0):
        """One page of articles and the number of all: ``(products, total)``."""
        total = self._b2b_count(ctx, search)
        return self._b2b_page(ctx, search, limit, offset), total

    def _b2b_count(self, ctx, search):
        """The number of articles of a search."""
        domain = self._b2b_domain(ctx, search)
        return ctx.env["product.product"].search_count(domain & ctx.catalog_domain)

    def _b2b_page(self, ctx, search, limit=PAGE, offset=0, after=0):
        """Articles of a search in its order.

        :param offset: how many come before them
        :param after: id of the article before the first one; where the database
            sorts, the page begins behind it, whatever came or went meanwhile
        """
        domain = self._b2b_domain(ctx, search)
        if search.sort == "bought":
            return self._b2b_find_bought(ctx, domain, limit, offset)
        if search.sort == "price":
            return self._b2b_find_priced(ctx, domain, limit, offset)
        last = ctx.env["product.product"].browse(after or []).exists()
        # Where a page begins tells the name of the article before it.
        last = ctx.env["b2b.catalog"]._b2b_allows(ctx, last)
        if last:
            domain &= self._b2b_behind(search.sort, last)
        order = ORDERS[search.sort]
        return self._b2b_products(ctx, domain, order, limit, 0 if last else offset)

    def _b2b_remember(self, ctx, search):
        """The search with the articles that carry its text, where they are few.

        A page asks for the same text four times (articles, categories, attributes,
        tags), and reading names and codes is the dear part of each.
        """
        if not search.text:
            return search
        domain = ctx.env["b2b.catalog"]._b2b_search_domain(ctx, search.text)
        found = ctx.env["product.product"]._search(
            domain & ctx.catalog_domain, limit=REMEMBERED + 1
        )
        ids = found.get_result_ids()
        return search if len(ids) > REMEMBERED else replace(search, found=ids)

    def _b2b_similar(self, ctx, search, **most):
        """Articles that may have been meant where a search finds none.

        The other filters stay; nothing where no text was typed.
        """
        if not search.text:
            return ctx.env["product.product"]
        domain = self._b2b_domain(ctx, replace(search, text="", found=None))
        similar = ctx.env["b2b.portal.similar"]
        return similar._b2b_similar(ctx, search.text, domain, **most)

    def _b2b_behind(self, sort, last):
        """Domain of the articles behind one, in an order of the database."""

        def to_sql(model, alias, query):
            own_id = SQL.identifier(alias, "id")
            if sort == "newest":
                return SQL(
                    "(%s, %s) < (SELECT create_date, id FROM product_product "
                    "WHERE id = %s)",
                    SQL.identifier(alias, "create_date"),
                    own_id,
                    last.id,
                )
            name, value = ("name", last.name)
            if sort == "code":
                name, value = ("default_code", last.default_code)
            key = model._field_to_sql(alias, name, query)
            if value is False:
                return SQL("(%s IS NULL AND %s > %s)", key, own_id, last.id)
            return SQL(
                "(%(key)s > %(value)s OR (%(key)s = %(value)s AND %(id)s > %(last)s)"
                " OR %(key)s IS NULL)",
                key=key,
                value=value,
                id=own_id,
                last=last.id,
            )

        return Domain.custom(to_sql=to_sql)

    def _b2b_products(self, ctx, domain, order, limit, offset):
        return ctx.env["b2b.catalog"]._b2b_products(
            ctx, domain, order=order, limit=limit, offset=offset
        )

    def _b2b_find_priced(self, ctx, domain, limit, offset):
        """Cheapest first over the whole result; what is on request comes last.

        Only for results of at most ``PRICED`` articles and for roles that see prices.
        """
        products = self._b2b_products(ctx, domain, "name, id", PRICED, 0)
        prices = ctx.env["b2b.portal.rows"]._b2b_prices(ctx, products, {})

        def key(product):
            price = prices[product.id]["price"]
            return (price is None or price is False, price or 0.0)

        return products.sorted(key)[offset : offset + limit]

    def _b2b_find_bought(self, ctx, domain, limit, offset):
        """Most bought first over the whole result, then the rest by name."""
        bought = self._b2b_bought(ctx)
        known = ctx.env["product.product"]
        if bought:
            known = known.search(
                domain & ctx.catalog_domain & Domain("id", "in", list(bought))
            )
        known = known.sorted(lambda p: (-bought[p.id], p.id))
        page = known[offset : offset + limit]
        missing = limit - len(page)
        if missing:
            rest = domain & Domain("id", "not in", known.ids)
            page |= self._b2b_products(
                ctx, rest, "name, id", missing, max(0, offset - len(known))
            )
        return page

    def _b2b_domain(self, ctx, search):
        domain = Domain.TRUE
        if search.found is not None:
            domain &= Domain("id", "in", search.found)
        elif search.text:
            domain &= ctx.env["b2b.catalog"]._b2b_search_domain(ctx, search.text)
        if search.category_id:
            domain &= Domain("categ_id", "child_of", search.category_id)
        if search.bought:
            domain &= Domain("id", "in", list(self._b2b_bought(ctx)))
        if search.favourites:
            domain &= Domain("id", "in", list(ctx.favourites))
        if search.in_stock:
            domain &= self._b2b_stock_domain(ctx)
        if search.awaited:
            domain &= Domain("id", "in", list(ctx.awaited))
        facets = ctx.env["b2b.portal.facets"]
        return domain & facets._b2b_domain(search.values, search.tags)

    def _b2b_stock_domain(self, ctx):
        query = ctx.env["b2b.portal.stock"]._b2b_in_stock_query(ctx)
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s IN %s", SQL.identifier(alias, "id"), query
            )
        )

    def _b2b_by_code(self, ctx, code):
        """The one article with this code, own code or barcode, else nothing."""
        if not code:
            return ctx.env["product.product"]
        own = ctx.env["b2b.product.code"]._b2b_named(ctx.party, code)
        domain = (
            Domain("default_code", "=ilike", escape(code))
            | Domain("barcode", "=", code)
            | Domain("id", "in", own)
        )
        found = self._b2b_products(ctx, domain, "id", 2, 0)
        return found if len(found) == 1 else found.browse()

    def _b2b_bought(self, ctx):
        """``{product_id: number of orders}`` of the party within 12 months."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sol.product_id, COUNT(DISTINCT so.id)
                  FROM sale_order so
                  JOIN sale_order_line sol ON sol.order_id = so.id
                 WHERE so.b2b_party_id = %s AND so.state = 'sale'
                   AND so.date_order > now() AT TIME ZONE 'UTC' - interval '365 days'
                   AND sol.product_id IS NOT NULL AND sol.display_type IS NULL
                   AND sol.b2b_condition_kind IS NULL
                 GROUP BY sol.product_id
                """,
                ctx.party.id,
            )
        )
        return dict(rows)

    def _b2b_counted(self, ctx, search):
        """``(number of articles, categories with theirs)`` of a search.

        Categories are counted without the chosen one; where none is, they add up.
        """
        base = replace(search, category_id=0)
        counts = self._b2b_category_counts(ctx, base)
        if search.category_id:
            total = self._b2b_count(ctx, search)
        else:
            total = sum(counts.values())
        categories = ctx.env["product.category"].browse(filter(None, counts))
        found = [(category, counts[category.id]) for category in categories]
        return total, sorted(found, key=lambda pair: pair[0].name)

    def _b2b_category_counts(self, ctx, search):
        """``{category id: number of articles}``, each once.

        Of a whole catalog they may be a minute old: to count 50,000 articles takes
        longer than to find and price the first fifty. The key is the very query, so
        that nobody is told the figures of another catalog.
        """
        Product = ctx.env["product.product"]
        query = Product._search(self._b2b_domain(ctx, search) & ctx.catalog_domain)
        if query.is_empty():
            return {}
        category = Product._field_to_sql(query.table, "categ_id", query)
        query.groupby = category
        counts = query.select(category, SQL("COUNT(*)"))

        def count():
            return dict(self.env.execute_query(counts))

        if search.is_filtered or config["test_enable"]:
            return count()
        key = (self.env.cr.dbname, counts.code, repr(counts.params))
        return COUNTED.get(key, count)
