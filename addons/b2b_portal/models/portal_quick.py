from odoo import api, models
from odoo.exceptions import UserError

from ..rules import article_code, cart_input, quick_rows, sheet
from ..tools import group_sign, number


class B2bPortalQuick(models.AbstractModel):
    """Says what becomes of each row of a quick order; writes nothing.

    Rows come as the page keeps them: a list of dicts ``nr`` (the buyer's row number),
    ``code``, ``qty`` (text; None where the source has no quantities), ``product`` (an
    article the buyer chose, else 0), ``keep`` (doubled on purpose) and ``review`` (a
    correction was undone).
    """

    _name = "b2b.portal.quick"
    _description = "Quick order of the trade portal"

    @api.model
    def _b2b_check(self, ctx, raw):
        """The result row by row, and the articles in it.

        :param raw: list of dicts out of foreign input
        :return: dict ``rows``, ``articles`` ({id: facts}), ``counts``, ``total``
        :raise UserError: if there are too many rows or something else than rows
        """
        asked = self._b2b_asked(raw)
        codes = [row["code"] for row in asked if not row["product"]]
        matches = ctx.env["b2b.portal.quick.codes"]._b2b_matches(ctx, codes)
        unknown = [code for code in codes if not matches[code].product_ids]
        near = ctx.env["b2b.portal.quick.codes"]._b2b_near(ctx, unknown)
        # A name where a code was expected, or none that is near: by names.
        unnamed = [code for code in unknown if not near.get(code)]
        similar = ctx.env["b2b.portal.similar"]
        near.update(similar._b2b_similar_ids(ctx, unnamed, most=3))
        products = self._b2b_products(ctx, asked, matches, near)
        rules = ctx.env["b2b.portal.rows"]._b2b_quantity_rules(ctx, products)
        known = {product.id: product for product in products}
        checked = [
            self._b2b_row(row, self._b2b_match(row, matches, known), known, rules)
            for row in asked
        ]
        self._b2b_settle(checked, rules)
        return self._b2b_answer(ctx, asked, checked, matches, near, products)

    # -- reading -------------------------------------------------------------------

    @api.model
    def _b2b_asked(self, raw):
        if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
            raise UserError(self.env._("There are no rows to read."))
        if len(raw) > sheet.MOST_ROWS:
            raise UserError(self.env["b2b.portal.quick.read"]._b2b_too_many())
        return [
            {
                "nr": cart_input.read_id(row.get("nr")),
                "code": self._b2b_cell(row.get("code")),
                "qty": None if row.get("qty") is None else self._b2b_cell(row["qty"]),
                "product": cart_input.read_id(row.get("product")),
                "keep": row.get("keep") is True,
                "review": row.get("review") is True,
            }
            for row in raw
        ]

    @api.model
    def _b2b_cell(self, value):
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            return ""
        return str(value)[: sheet.LONGEST_CELL]

    @api.model
    def _b2b_products(self, ctx, asked, matches, near):
        """All articles that the answer speaks of, those out of range left out."""
        ids = {row["product"] for row in asked if row["product"]}
        for match in matches.values():
            ids.update(match.product_ids)
        for found in near.values():
            ids.update(found)
        products = ctx.env["product.product"].browse(sorted(ids))
        return ctx.env["b2b.catalog"]._b2b_allows(ctx, products)

    @api.model
    def _b2b_match(self, row, matches, known):
        if row["product"]:
            chosen = (row["product"],) if row["product"] in known else ()
            return article_code.Match(chosen, article_code.EXACT if chosen else "")
        return matches[row["code"]]

    @api.model
    def _b2b_row(self, asked, match, known, rules):
        """Article and quantity of one row, without regard to the others."""
        row = quick_rows.Row(asked["nr"], keep=asked["keep"])
        if match.is_sure and match.way != article_code.LOOK_ALIKE:
            row.product_id = match.product_ids[0]
            if match.way != article_code.EXACT:
                row.corrections.append(match.way)
        elif not article_code.close_up(asked["code"]):
            row.problem = quick_rows.EMPTY_CODE
        else:
            row.problem = (
                quick_rows.SEVERAL if match.product_ids else quick_rows.UNKNOWN
            )
        product = known.get(row.product_id)
        self._b2b_quantity(row, asked["qty"], product, rules)
        if asked["review"] and not row.problem:
            row.problem = quick_rows.REVIEW
        return row

    @api.model
    def _b2b_quantity(self, row, text, product, rules):
        if text is None:
            row.typed = rules[product.id].first if product else 1.0
            row.corrections.append(quick_rows.NO_QUANTITY)
            return
        read = cart_input.read_quantity(
            text,
            whole=bool(product) and product._b2b_counted(),
            group=group_sign(self.env),
        )
        row.typed = read.value
        if read.error and not row.problem:
            row.problem = quick_rows.QUANTITY
            row.detail = read.error

    # -- doubles and packs ---------------------------------------------------------

    @api.model
    def _b2b_settle(self, checked, rules):
        quick_rows.merge_doubles(checked)
        for row in checked:
            rule = rules.get(row.product_id)
            row.quantity = rule.correct(row.typed) if rule and row.typed else row.typed
            note = rule.note(row.typed) if rule and row.typed else None
            if row.problem or row.merged_into or not note:
                continue
            row.note = note
            if note.ask:
                row.problem = quick_rows.ASK
            else:
                row.corrections.append(quick_rows.PACKS)

    # -- the answer ----------------------------------------------------------------

    @api.model
    def _b2b_answer(self, ctx, asked, checked, matches, near, products):
        quantities = {row.product_id: row.quantity for row in checked if row.is_good}
        facts = {
            fact["id"]: fact
            for fact in ctx.env["b2b.portal.rows"]._b2b_rows(
                ctx, products, quantities, others=False
            )
        }
        words = ctx.env["b2b.portal.quick.words"]
        known = {product.id: product for product in products}
        rows = []
        for source, row in zip(asked, checked, strict=True):
            match = matches.get(source["code"]) or article_code.Match()
            choices = match.product_ids or near.get(source["code"], ())
            rows.append(
                {
                    "nr": row.number,
                    "state": row.state,
                    "product": row.product_id,
                    "quantity": row.quantity,
                    "problem": row.problem,
                    "choices": []
                    if row.product_id
                    else [c for c in choices if c in known],
                    "sure": match.is_sure and not row.product_id,
                    "merged": row.merged,
                    "into": row.merged_into,
                    **words._b2b_texts(source, row, match, known, facts),
                }
            )
        return {
            "rows": rows,
            "articles": {
                pid: words._b2b_article(ctx, fact) for pid, fact in facts.items()
            },
            "counts": quick_rows.counts(checked),
            **self._b2b_sums(ctx, checked, facts),
        }

    @api.model
    def _b2b_sums(self, ctx, checked, facts):
        """Lines, pieces and value of what would go into the cart."""
        good = [row for row in checked if row.is_good and not row.merged_into]
        pieces = sum(row.quantity for row in good)
        total = None
        if ctx.can("see_prices"):
            total = sum(
                ctx.currency.round((facts[row.product_id]["price"] or 0) * row.quantity)
                for row in good
            )
        return {
            "lines": len(good),
            "pieces": number(self.env, pieces),
            "total": total,
        }
