from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.b2b_approval.rules import unusual

from ..rules import promise
from ..tools import day, number

OPEN_MOVES = ("waiting", "confirmed", "partially_available", "assigned")


class B2bPortalPromise(models.AbstractModel):
    """When the lines of a cart come that the stock does not cover (DECISIONS 19)."""

    _name = "b2b.portal.promise"
    _description = "Promised parts of short lines"

    def _b2b_texts(self, ctx, cart, quantities):
        """``{product id: text}`` of the lines about which something is to be said.

        A constant number of queries whatever the lines.

        :param quantities: ``{product id: quantity}`` of the cart
        """
        mask, shown = ctx.env["b2b.portal.stock"]._b2b_mask(ctx)
        products = ctx.env["product.product"].browse(quantities)
        products = products.filtered("is_storable")
        if mask == "hidden" or not products or not cart.warehouse_id:
            return {}
        tries = ctx.env["b2b.stock.question"]._b2b_tries(ctx, products)
        coming = self._b2b_coming(ctx, cart.warehouse_id, products)
        rules = ctx.env["b2b.portal.rows"]._b2b_quantity_rules(ctx, products)
        limits = {
            product: max(
                shown if mask == "exact" else 0,
                promise.PACKS * (rules[product.id].multiple or 1.0),
            )
            for product in products
        }
        meant = self._b2b_meant(cart, quantities, limits)
        found = {}
        for product in products:
            free, receipts = coming[product.id]
            step = rules[product.id].multiple
            parts = promise.split(quantities[product.id], free, receipts, step)
            tried = tries.get(product.id, 0)
            much = promise.how_much(mask, parts, tried, product in meant)
            found[product.id] = much, parts
        return self._b2b_say(cart, found)

    def _b2b_meant(self, cart, quantities, limits):
        """Articles with a quantity that is in reach of what is usually ordered.

        :param limits: ``{product: quantity that needs no look at past orders}``
        """
        meant = {p for p, limit in limits.items() if quantities[p.id] <= limit}
        if len(meant) == len(limits):
            return meant
        # sudo: medians of past orders, of which only a yes or no leaves.
        order = cart.sudo()
        bounds = order.company_id._b2b_unusual_limits()
        own, everybody, _past = order._b2b_usual()
        for product in limits.keys() - meant:
            usual, _own = unusual.usual(
                own.get(product.id, unusual.NOTHING),
                everybody.get(product.id, unusual.NOTHING),
                bounds.minimum,
            )
            asked = quantities[product.id], limits[product], usual, bounds.factor
            if promise.plausible(*asked):
                meant.add(product)
        return meant

    # -- what is there and what comes ------------------------------------------------

    def _b2b_coming(self, ctx, warehouse, products):
        """``{product id: (free, [(day, quantity)])}`` of a warehouse, in one query.

        Free is what nobody was promised: orders that wait for goods come first. What
        should have come before today promises nothing.
        """
        Stock = ctx.env["b2b.portal.stock"]
        Stock._b2b_flush()
        self.env["stock.move"].flush_model()
        ids = SQL("%s", tuple(products.ids))
        query = SQL(
            """
            SELECT product_id, NULL::timestamp AS moment, free
              FROM (%(free)s) free
            UNION ALL
            %(moves)s
            """,
            free=Stock._b2b_free_sql(ctx, ids, warehouse),
            moves=self._b2b_moves_sql(ids, warehouse),
        )
        free, receipts = defaultdict(float), defaultdict(list)
        today = fields.Date.context_today(self)
        for product_id, moment, quantity in self.env.execute_query(query):
            if moment is None:
                free[product_id] += quantity
                continue
            date = fields.Datetime.context_timestamp(self, moment).date()
            if date >= today:
                receipts[product_id].append((date, quantity))
        return {id_: (free[id_], receipts[id_]) for id_ in products.ids}

    def _b2b_moves_sql(self, ids, warehouse):
        """Planned receipts with their moment, and without one what is promised.

        Of a chain of moves only the one that takes from stock counts: the next ones
        wait for it. What customers send back is looked at before it is sold.
        """
        return SQL(
            """
            SELECT m.product_id, m.date, m.product_qty
              FROM stock_move m
              JOIN stock_location source ON source.id = m.location_id
              JOIN stock_location dest ON dest.id = m.location_dest_id
             WHERE m.product_id IN %(ids)s AND m.state IN %(states)s
               AND m.restrict_partner_id IS NULL
               AND dest.usage = 'internal' AND dest.warehouse_id = %(house)s
               AND source.usage IN ('supplier', 'production', 'transit', 'internal')
               AND (source.usage <> 'internal'
                    OR source.warehouse_id IS DISTINCT FROM %(house)s)
            UNION ALL
            SELECT m.product_id, NULL,
                   -m.product_qty * (1 - m.quantity / NULLIF(m.product_uom_qty, 0))
              FROM stock_move m
              JOIN stock_location source ON source.id = m.location_id
              JOIN stock_location dest ON dest.id = m.location_dest_id
              LEFT JOIN stock_location final ON final.id = m.location_final_id
             WHERE m.product_id IN %(ids)s AND m.state IN %(states)s
               AND m.procure_method = 'make_to_stock'
               AND m.quantity < m.product_uom_qty
               AND source.usage = 'internal' AND source.warehouse_id = %(house)s
               AND (dest.usage <> 'internal' OR final.usage = 'customer'
                    OR dest.warehouse_id IS DISTINCT FROM %(house)s)
            """,
            ids=ids,
            states=OPEN_MOVES,
            house=warehouse.id,
        )

    # -- words -----------------------------------------------------------------------

    def _b2b_say(self, cart, found):
        _ = self.env._
        texts = {}
        dates = {
            part.day
            for much, parts in found.values()
            if much == promise.FIGURES
            for part in parts
            if part.known
        }
        days = self._b2b_days(cart, dates) if dates else {}
        days.setdefault(None, (None, False))
        for product_id, (much, parts) in found.items():
            if much == promise.PERHAPS:
                texts[product_id] = _("Perhaps partly later; you will be told")
            elif much == promise.PARTLY:
                texts[product_id] = _("Partly later")
            elif much == promise.FIGURES:
                together = promise.together(parts, days)
                if together != [(sum(p.quantity for p in parts), days[None])]:
                    texts[product_id] = ", ".join(
                        self._b2b_part(quantity, when) for quantity, when in together
                    )
        return texts

    def _b2b_part(self, quantity, when):
        """``30 on Wed 25 Nov``."""
        _ = self.env._
        quantity = number(self.env, quantity)
        if when is None:
            return _("%s later, no date yet", quantity)
        date, delivered = when
        if not date:
            return _("%s now", quantity)
        words = {"quantity": quantity, "day": day(self.env, date)}
        if delivered:
            return _("%(quantity)s on %(day)s", **words)
        return _("%(quantity)s from %(day)s", **words)

    def _b2b_days(self, cart, dates):
        """Which day a part comes that is there, or that waits for a receipt.

        :param dates: days of receipts, None for what is there
        :return: ``{date: (day, whether it is the day of delivery)}``
        """
        return {date: (date, False) for date in dates}
