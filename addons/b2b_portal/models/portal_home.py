from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.b2b_party.tools import read_rows

from ..rules.rhythm import every_words, rhythm
from ..tools import day
from .portal_frame import WAITING_SHOWN, WAITS

#: Rows of "your usual articles" on the home page.
USUAL = 8
RECENT = 5


class B2bPortalHome(models.AbstractModel):
    """Figures of the home page: the party's own rhythm and what is open."""

    _name = "b2b.portal.home"
    _description = "Home page of the trade portal"

    # -- usual articles --------------------------------------------------------

    def _b2b_usual(self, ctx):
        """Rows of usual articles, due ones first with their usual quantity.

        What is in an open cart, in a waiting order or on its way is not proposed
        again: such rows start at 0 and say where it is (DECISIONS 22).
        """
        today = fields.Date.context_today(self)
        history = self._b2b_history(ctx)
        found = {pid: rhythm(rows, today) for pid, rows in history.items()}
        order = sorted(
            found,
            key=lambda pid: (
                not found[pid].is_due,
                not found[pid].every or found[pid].has_lapsed,
                found[pid].due_in,
                -len(history[pid]),
                pid,
            ),
        )
        products = ctx.env["product.product"].browse(order[: USUAL * 3])
        allowed = set(ctx.env["b2b.catalog"]._b2b_allows(ctx, products).ids)
        products = products.filtered(lambda p: p.id in allowed)[:USUAL]
        # Other parts of the page ask for the articles of the cart.
        products = products.with_prefetch([*products.ids, *ctx.in_cart])
        coming = self._b2b_coming(ctx, products)
        quantities = {
            product.id: found[product.id].quantity
            for product in products
            if found[product.id].is_due
            and not coming.get(product.id)
            and not ctx.in_cart.get(product.id)
            and ctx.may_buy
        }
        Rows = ctx.env["b2b.portal.rows"]
        rules = Rows._b2b_quantity_rules(ctx, products)
        quantities = {pid: rules[pid].correct(q) for pid, q in quantities.items()}
        rows = Rows._b2b_rows(ctx, products, quantities, others=False)
        for row in rows:
            row["rhythm"] = self._b2b_every(found[row["id"]])
            row["next"] = self._b2b_next(found[row["id"]])
            row["coming"] = coming.get(row["id"])
        return rows

    def _b2b_history(self, ctx):
        """``{product_id: [(date, quantity)]}`` of the last 12 months, one query."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sol.product_id,
                       array_agg(so.date_order::date ORDER BY so.date_order),
                       array_agg(sol.product_uom_qty ORDER BY so.date_order)
                  FROM sale_order so
                  JOIN sale_order_line sol ON sol.order_id = so.id
                 WHERE so.b2b_party_id = %s AND so.state = 'sale'
                   AND so.date_order > now() AT TIME ZONE 'UTC' - interval '365 days'
                   AND sol.product_id IS NOT NULL AND sol.display_type IS NULL
                   AND NOT COALESCE(sol.is_delivery, FALSE)
                   AND sol.b2b_condition_kind IS NULL
                   AND sol.product_uom_qty > 0
                 GROUP BY sol.product_id
                 ORDER BY COUNT(*) DESC, sol.product_id
                 LIMIT 200
                """,
                ctx.party.id,
            )
        )
        return {
            product_id: list(zip(dates, map(float, quantities), strict=False))
            for product_id, dates, quantities in rows
        }

    def _b2b_coming(self, ctx, products):
        """``{product_id: quantity}`` of waiting and undelivered orders."""
        if not products:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sol.product_id, SUM(sol.product_uom_qty - sol.qty_delivered)
                  FROM sale_order so
                  JOIN sale_order_line sol ON sol.order_id = so.id
                 WHERE so.b2b_party_id = %s AND sol.product_id IN %s
                   AND NOT COALESCE(so.b2b_historical, FALSE)
                   AND (so.state = 'sale'
                        OR so.state = 'draft'
                           AND so.b2b_submit_state IN ('queued', 'waiting'))
                   AND sol.product_uom_qty > COALESCE(sol.qty_delivered, 0)
                 GROUP BY sol.product_id
                """,
                ctx.party.id,
                tuple(products.ids),
            )
        )
        return dict(rows)

    def _b2b_every(self, found):
        _ = self.env._
        if not found.every:
            return ""
        unit, count = every_words(found.every)
        if unit == "day":
            return _("Every day") if count == 1 else _("Every %s days", count)
        if unit == "week":
            return _("Weekly") if count == 1 else _("Every %s weeks", count)
        return _("Monthly") if count == 1 else _("Every %s months", count)

    def _b2b_next(self, found):
        """``{text, tone}`` of the next order; tone empty for plain text."""
        _ = self.env._
        if not found.every:
            return {"text": "", "tone": ""}
        if found.has_lapsed:
            return {"text": _("not lately"), "tone": ""}
        if not found.is_due:
            return {"text": _("in %s days", found.due_in), "tone": ""}
        if found.due_in > 1:
            return {"text": _("due in %s days", found.due_in), "tone": "accent"}
        if found.due_in < -1:
            return {"text": _("%s days late", -found.due_in), "tone": "warn"}
        return {"text": _("due now"), "tone": "accent"}

    # -- orders ----------------------------------------------------------------

    def _b2b_read_ahead(self, ctx, orders):
        """Read once what the parts of the page would read one after the other."""
        shown = orders | ctx.waiting[:WAITING_SHOWN]
        shown._b2b_read_with_approvals(ctx)
        waiting = shown.filtered(lambda order: order.b2b_submit_state in WAITS)
        read_rows(waiting, "b2b_hold_ids")
        read_rows(ctx.cart, "order_line")

    def _b2b_recent_orders(self, ctx):
        """The last submitted orders the seat may see, newest first."""
        Order = ctx.env["sale.order"]
        return Order.search(
            Order._b2b_pages_domain(ctx), order="date_order desc, id desc", limit=RECENT
        )

    def _b2b_order_rows(self, ctx, orders):
        """Order facts for lists: state word, delivery word, total."""
        rows, packing = [], orders._b2b_packing()
        for order in orders:
            word, tone = order._b2b_portal_state(packing)
            rows.append(
                {
                    "order": order,
                    "state": word,
                    "tone": tone,
                    "placed": self._b2b_local(
                        order.b2b_submitted_at or order.date_order
                    ),
                    "delivery": self._b2b_delivery_word(order),
                }
            )
        return rows

    def _b2b_delivery_word(self, order):
        """When it comes, in words; bridges know more (slots)."""
        if order.b2b_submit_state in ("queued", "waiting"):
            return self.env._("after approval")
        if order.state != "sale":
            return "–"
        date = order.effective_date or order.commitment_date
        if date:
            return day(self.env, self._b2b_local(date))
        return ""

    def _b2b_local(self, value):
        return fields.Datetime.context_timestamp(self, value) if value else value
