from odoo import models
from odoo.tools import SQL

from ..rules.stock_word import HIDDEN, stock_word
from ..tools import day, number


class B2bPortalStock(models.AbstractModel):
    """Stock as a party may see it: masked here, nothing else leaves the server."""

    _name = "b2b.portal.stock"
    _description = "Masked stock of the trade portal"

    def _b2b_mask(self, ctx):
        """Mask of this party and seat: ``(mask, threshold)``."""
        if not ctx.can("see_stock"):
            return HIDDEN, 0
        return ctx.party.b2b_stock_mask or "exact", ctx.party.b2b_stock_threshold

    def _b2b_shown(self, ctx):
        """Whether this seat sees anything of the stock."""
        return self._b2b_mask(ctx)[0] != HIDDEN

    def _b2b_words(self, ctx, products, others=True):
        """Words for a page: ``{product_id: {"main": word, "others": [word]}}``.

        A word is a dict ``level, text`` (and ``warehouse`` for others, of what is out
        or alone on the page). One query for products x warehouses, one more for dates
        of what is out.
        """
        mask, threshold = self._b2b_mask(ctx)
        stocked = products.filtered("product_tmpl_id.is_storable")
        if mask == HIDDEN or not stocked:
            return {}
        warehouses = ctx.warehouses if others else ctx.warehouse
        free = self._b2b_free(ctx, SQL("%s", tuple(stocked.ids)), warehouses)
        words, out = {}, []
        for product in stocked:
            main = stock_word(
                free.get((product.id, ctx.warehouse.id), 0.0), mask, threshold
            )
            if main.level == "out":
                out.append(product.id)
            elsewhere = []
            # A grid names other warehouses of what is out, the page of one article all.
            if main.level == "out" or len(stocked) == 1:
                elsewhere = [
                    {**self._b2b_word(word), "warehouse": warehouse.name}
                    for warehouse in warehouses - ctx.warehouse
                    for word in [
                        stock_word(
                            free.get((product.id, warehouse.id)), mask, threshold
                        )
                    ]
                    if word.level not in ("none", "out")
                ]
            words[product.id] = {"main": self._b2b_word(main), "others": elsewhere}
        dates = self._b2b_expected(ctx, out) if out else {}
        for product_id, date in dates.items():
            words[product_id]["main"]["text"] += " · " + day(
                self.env, date, weekday=False
            )
        return words

    def _b2b_word(self, word):
        _ = self.env._
        text = {
            "exact": lambda: number(self.env, word.value),
            "above": lambda: f"> {word.value}",
            "in": lambda: _("In stock"),
            "out": lambda: _("Out"),
            "none": lambda: "",
        }[word.kind]()
        return {"level": word.level, "text": text}

    def _b2b_free_sql(self, ctx, product_sql, warehouses):
        """Free quantity per product and warehouse, less what waiting orders hold."""
        return SQL(
            """
            SELECT product_id, warehouse_id, SUM(quantity) AS free FROM (
                SELECT q.product_id, l.warehouse_id,
                       q.quantity - q.reserved_quantity AS quantity
                  FROM stock_quant q
                  JOIN stock_location l ON l.id = q.location_id
                 WHERE l.usage = 'internal' AND q.owner_id IS NULL
                   AND l.warehouse_id IN %(warehouses)s
                   AND q.product_id IN %(products)s
                UNION ALL
                SELECT product_id, warehouse_id, -quantity FROM (%(held)s) held
            ) stock GROUP BY product_id, warehouse_id
            """,
            warehouses=tuple(warehouses.ids) or (0,),
            products=product_sql,
            held=self.env["sale.order"]._b2b_held_stock_sql(product_sql, warehouses),
        )

    def _b2b_free(self, ctx, product_sql, warehouses):
        self._b2b_flush()
        rows = self.env.execute_query(self._b2b_free_sql(ctx, product_sql, warehouses))
        return {(product, warehouse): free for product, warehouse, free in rows}

    def _b2b_in_stock_query(self, ctx):
        """Sub-select of product ids with free stock in the context's warehouse."""
        self._b2b_flush()
        inner = self._b2b_free_sql(
            ctx, SQL("(SELECT id FROM product_product)"), ctx.warehouse
        )
        return SQL("(SELECT product_id FROM (%s) free WHERE free > 0)", inner)

    def _b2b_flush(self):
        self.env["stock.quant"].flush_model(
            ["product_id", "location_id", "quantity", "reserved_quantity", "owner_id"]
        )
        self.env["stock.location"].flush_model(["usage", "warehouse_id"])
        self.env["sale.order"]._b2b_flush_held_stock()

    def _b2b_expected(self, ctx, product_ids):
        """First planned receipt of what is out: ``{product_id: date}``."""
        moves = ctx.env["stock.move"]._read_group(
            [
                ("product_id", "in", product_ids),
                ("picking_code", "=", "incoming"),
                ("state", "in", ("confirmed", "assigned", "partially_available")),
                ("company_id", "=", ctx.company.id),
            ],
            ["product_id"],
            ["date:min"],
        )
        return {product.id: date for product, date in moves if date}
