from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql

#: Words of a text that are looked for; the rest says nothing more.
WORDS = 8


class Catalog(models.Model):
    """Finding articles by what somebody typed.

    Each way to find one is a query of its own, which an index serves; as one
    condition with "or" they would read every article.
    """

    _inherit = "b2b.catalog"

    def _b2b_search_domain(self, context, text):
        """Domain for typed text: name, code, own code, barcode.

        Several words must all be found. Who may see what is found is decided by the
        domain of the catalog, with which this one is joined.
        """
        text = " ".join((text or "").split())[:100]
        if not text:
            return Domain.TRUE
        own = self.env["b2b.product.code"]._b2b_product_ids(context.party, text)
        words = [
            SQL("(%s UNION %s)", self._b2b_named(word), self._b2b_coded(word))
            for word in map(escape_psql, text.split()[:WORDS])
        ]
        ways = [
            self._b2b_articles(
                Domain("default_code", "=ilike", escape_psql(text) + "%")
            ),
            self._b2b_articles(Domain("barcode", "=", text)),
            SQL("(%s)", SQL(" INTERSECT ").join(words)),
        ]
        if own:
            ways.append(self._b2b_articles(Domain("id", "in", list(own))))
        found = SQL(" UNION ").join(ways)
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s IN (%s)", SQL.identifier(alias, "id"), found
            )
        )

    def _b2b_named(self, word):
        """Articles with a word in their name, by the index on names."""
        templates = self.env["product.template"].with_context(active_test=False)
        named = templates._search([("name", "ilike", word)], bypass_access=True)
        return self._b2b_articles(Domain("product_tmpl_id", "in", named))

    def _b2b_coded(self, word):
        return self._b2b_articles(Domain("default_code", "ilike", word))

    def _b2b_articles(self, domain):
        """Sub-select of the ids of articles."""
        products = self.env["product.product"].with_context(active_test=False)
        query = products._search(domain, bypass_access=True)
        return query.subselect(SQL.identifier(query.table, "id"))
