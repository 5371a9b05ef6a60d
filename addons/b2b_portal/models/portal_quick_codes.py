from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..rules import article_code

#: Unknown codes for which near ones are looked up, and how many those may be.
MOST_UNKNOWN = 200
MOST_NEAR = 5_000
#: Signs at the beginning that a near code has in common.
BEGINNING = 4


class B2bPortalQuickCodes(models.AbstractModel):
    """Finds the articles that written codes mean, all of them in a few queries."""

    _name = "b2b.portal.quick.codes"
    _description = "Codes of quick orders"

    @api.model
    def _b2b_matches(self, ctx, codes):
        """``{code as written: article_code.Match}`` inside the buyer's range."""
        wanted = {code: article_code.keys(code) for code in set(codes)}
        bones = sorted({bone for bone, _key in wanted.values() if bone})
        barcodes = sorted({key for _bone, key in wanted.values() if key})
        if not bones:
            return {code: article_code.Match() for code in wanted}
        by_bone, by_barcode = defaultdict(list), defaultdict(list)
        found = self._b2b_known(ctx, self._b2b_same_sql(ctx, bones, barcodes))
        for known in found:
            by_bone[article_code.skeleton(known.code)].append(known)
            if known.kind == "barcode":
                by_barcode[article_code.barcode_key(known.code)].append(known)
        return {
            code: article_code.match(
                code, by_bone[bone] + (by_barcode[key] if key else [])
            )
            for code, (bone, key) in wanted.items()
        }

    @api.model
    def _b2b_near(self, ctx, codes):
        """``{code as written: [product id]}`` of codes that nothing matches."""
        wanted = {
            code: bone
            for code in list(dict.fromkeys(codes))[:MOST_UNKNOWN]
            if len(bone := article_code.keys(code)[0]) >= BEGINNING
        }
        if not wanted:
            return {}
        begins = sorted({bone[:BEGINNING] for bone in wanted.values()})
        by_beginning = defaultdict(list)
        for known in self._b2b_known(ctx, self._b2b_near_sql(ctx, begins)):
            by_beginning[article_code.skeleton(known.code)[:BEGINNING]].append(known)
        return {
            code: article_code.nearest(code, by_beginning[bone[:BEGINNING]])
            for code, bone in wanted.items()
        }

    @api.model
    def _b2b_known(self, ctx, query):
        """Codes as rows, those outside of the buyer's range left out."""
        rows = self.env.execute_query(query)
        products = ctx.env["product.product"].browse(sorted({row[0] for row in rows}))
        allowed = set(ctx.env["b2b.catalog"]._b2b_allows(ctx, products).ids)
        return [article_code.Known(*row) for row in rows if row[0] in allowed]

    @api.model
    def _b2b_bone_sql(self, column):
        """``article_code.skeleton`` as the database computes it."""
        signs = {**article_code.FOREIGN}
        signs.update(article_code.TWINS)
        # A letter that stands for a twin's letter is taken all the way.
        target = {
            key: article_code.TWINS.get(value, value) for key, value in signs.items()
        }
        return SQL(
            "translate(upper(regexp_replace(%s, %s, '', 'g')), %s, %s)",
            column,
            r"[\s\u00a0\u200b-\u200f\ufeff]+",
            "".join(map(chr, target)),
            "".join(chr(value) for value in target.values()),
        )

    @api.model
    def _b2b_sources(self, ctx):
        """The three sorts of codes: ``(kind, table, column, condition)``."""
        party = ctx.party
        category = party.b2b_customer_category_id.id or 0
        own = SQL("(party_id = %s OR customer_category_id = %s)", party.id, category)
        return (
            (
                "code",
                SQL("id"),
                SQL("product_product"),
                SQL("default_code"),
                SQL("active"),
            ),
            (
                "barcode",
                SQL("id"),
                SQL("product_product"),
                SQL("barcode"),
                SQL("active"),
            ),
            ("own", SQL("product_id"), SQL("b2b_product_code"), SQL("code"), own),
        )

    @api.model
    def _b2b_same_sql(self, ctx, bones, barcodes):
        parts = []
        for kind, product, table, column, condition in self._b2b_sources(ctx):
            same = SQL("%s = ANY(%s)", self._b2b_bone_sql(column), bones)
            if kind == "barcode":
                same = SQL(
                    "(%s OR ltrim(%s, '0') = ANY(%s))", same, column, barcodes or [""]
                )
            parts.append(
                SQL(
                    "SELECT %s, %s, %s FROM %s WHERE %s AND %s IS NOT NULL AND %s",
                    product,
                    column,
                    kind,
                    table,
                    condition,
                    column,
                    same,
                )  # fmt: skip
            )
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _b2b_near_sql(self, ctx, begins):
        parts = [
            SQL(
                "SELECT %s, %s, %s FROM %s WHERE %s AND left(%s, %s) = ANY(%s)",
                product,
                column,
                kind,
                table,
                condition,
                self._b2b_bone_sql(column),
                BEGINNING,
                begins,
            )  # fmt: skip
            for kind, product, table, column, condition in self._b2b_sources(ctx)
            if kind != "barcode"
        ]
        return SQL("%s LIMIT %s", SQL(" UNION ALL ").join(parts), MOST_NEAR)
