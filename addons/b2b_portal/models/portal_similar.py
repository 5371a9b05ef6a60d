from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import similar

#: Articles shown at most where nothing is found exactly.
SIMILAR = 12
#: Candidates of the database of which the nearest are chosen.
CANDIDATES = 120
#: Share of the typed groups of three letters that a candidate has at least; a swap
#: in a word of five letters leaves a third ("jubmo").
SHARE = 0.3
#: Shorter texts are near to everything.
SHORTEST = 3
#: Different texts of a quick order that are looked up by name.
MOST_TEXTS = 20


class B2bPortalSimilar(models.AbstractModel):
    """Finds the articles somebody may have meant who mistyped a name.

    The database offers candidates inside the buyer's catalog: by groups of three
    letters where it has the extension pg_trgm (with the index of the product's name),
    else by the beginnings of the words. Rules in Python put the nearest first.
    """

    _name = "b2b.portal.similar"
    _description = "Similar articles of the trade portal"

    @api.model
    def _b2b_similar(self, ctx, text, domain=None, most=SIMILAR):
        """Articles of the context's catalog that are near to a text, nearest first.

        :param domain: narrows the result, by the filters that are on
        :return: product.product; the number of queries is constant
        """
        found = self._b2b_similar_ids(ctx, [text], domain, most).get(text, [])
        if any(sign.isdigit() for sign in text):
            codes = ctx.env["b2b.portal.quick.codes"]._b2b_near(ctx, [text])
            found = list(dict.fromkeys([*codes.get(text, ()), *found]))
        products = ctx.env["b2b.catalog"]._b2b_products(
            ctx, Domain("id", "in", found) & Domain(domain or [])
        )
        return products.sorted(lambda product: found.index(product.id))[:most]

    @api.model
    def _b2b_similar_ids(self, ctx, texts, domain=None, most=SIMILAR):
        """``{text: [product id]}`` for several texts in one query."""
        texts = [
            text
            for text in dict.fromkeys(texts)
            if len(similar.plain(text)) >= SHORTEST
        ][:MOST_TEXTS]
        if not texts:
            return {}
        offered = self._b2b_candidates(ctx, texts, Domain(domain or []))
        products = ctx.env["product.product"].browse(
            sorted({each for ids in offered.values() for each in ids})
        )
        codes = ctx.env["b2b.portal.rows"]._b2b_own_codes(ctx, products)
        names = {
            product.id: [product.name, (codes.get(product.id) or ("", ""))[1]]
            for product in products
        }
        return {
            text: similar.nearest(
                text, [(each, names[each]) for each in offered.get(text, ())], most
            )
            for text in texts
        }

    # -- what the database offers ----------------------------------------------------

    @api.model
    def _b2b_candidates(self, ctx, texts, domain):
        """``{text: [product id]}``, in the order of the database."""
        if self.env.registry.has_trigram:
            # For this transaction only; what `<%` compares with.
            self.env.cr.execute(
                "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
                [str(SHARE)],
            )
        parts = [
            self._b2b_candidate_sql(ctx, place, similar.plain(text), domain)
            for place, text in enumerate(texts)
        ]
        offered = {}
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(SQL("(%s)", part) for part in parts)
        )
        for place, product_id in rows:
            offered.setdefault(texts[place], []).append(product_id)
        return offered

    @api.model
    def _b2b_candidate_sql(self, ctx, place, text, domain):
        """Candidates for one text: never an article outside of the catalog."""
        products = ctx.env["product.product"]
        own = self._b2b_own_sql(ctx, text)
        trigram = self.env.registry.has_trigram
        if trigram:
            near = SQL("%s <%% %s", self._b2b_plain(text), self._b2b_name_sql())
        else:
            near = self._b2b_begins_sql(text)
        meant = SQL(
            "(SELECT id FROM product_template WHERE %s "
            "UNION SELECT product_tmpl_id FROM product_product WHERE id IN %s)",
            near,
            own,
        )
        by_name = Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s IN %s", SQL.identifier(alias, "product_tmpl_id"), meant
            )
        )
        query = products._search(
            by_name & domain & ctx.catalog_domain, limit=CANDIDATES
        )
        own_id = SQL.identifier(query.table, "id")
        query.order = own_id
        if trigram:
            query.order = SQL(
                "(SELECT word_similarity(%s, %s) FROM product_template "
                "WHERE id = %s) DESC, %s",
                self._b2b_plain(text),
                self._b2b_name_sql(),
                SQL.identifier(query.table, "product_tmpl_id"),
                own_id,
            )
        return query.select(SQL("%s", place), own_id)

    @api.model
    def _b2b_plain(self, text):
        return self.env.registry.unaccent(SQL("%s", text))

    @api.model
    def _b2b_name_sql(self):
        """The name in all languages, written as its index is."""
        return self.env.registry.unaccent(
            SQL("(jsonb_path_query_array(product_template.name, '$.*')::text)")
        )

    @api.model
    def _b2b_begins_sql(self, text):
        """Names with a word that begins like one of the typed words."""
        begins = "|".join(word[: max(2, len(word) // 2)] for word in text.split())
        # Letters and digits only: nothing in it is a sign of the pattern.
        return SQL("%s ~* %s", self._b2b_name_sql(), rf"\m({begins})")

    @api.model
    def _b2b_own_sql(self, ctx, text):
        """Articles whose own name, as the customer calls them, may be meant."""
        category = ctx.party.b2b_customer_category_id.id or 0
        name = self.env.registry.unaccent(SQL("name"))
        if self.env.registry.has_trigram:
            near = SQL("%s <%% %s", self._b2b_plain(text), name)
        else:
            begins = "|".join(word[: max(2, len(word) // 2)] for word in text.split())
            near = SQL("%s ~* %s", name, rf"\m({begins})")
        return SQL(
            "(SELECT product_id FROM b2b_product_code "
            "WHERE (party_id = %s OR customer_category_id = %s) AND %s)",
            ctx.party.id,
            category,
            near,
        )
