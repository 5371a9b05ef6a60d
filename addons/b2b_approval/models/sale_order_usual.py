from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

from ..rules.unusual import Known

#: Key of the order's total among the articles.
TOTAL = 0
#: So many of the latest lines of an article tell what all parties usually order.
LATEST = 100

# Fields that the statements below read.
READ = {
    "sale.order": [
        "state",
        "b2b_party_id",
        "company_id",
        "date_order",
        "amount_untaxed",
        "currency_rate",
        "delivery_status",
        "partner_shipping_id",
        "b2b_submit_state",
        "b2b_submitted_at",
        "b2b_lines_snapshot",
    ],
    "sale.order.line": [
        "order_id",
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "qty_delivered",
        "qty_delivered_method",
    ],
}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    _b2b_latest_of_product = models.Index("(product_id, id)")


class SaleOrder(models.Model):
    """What the customer, and all customers, usually order.

    Orders of reps and agents count like the buyer's own, historical ones too. What was
    sent back is taken off the order it came from; a return that names no order is
    taken off the largest one.
    """

    _inherit = "sale.order"

    def _b2b_usual(self, with_past=False):
        """Usual quantity of each article and usual total, in one statement.

        :param bool with_past: ask for :meth:`_b2b_past_sql` as well
        :return: ``(own, everybody, past)``: dicts of :class:`~..rules.unusual.Known`
            by article id, quantities in the article's own unit; ``own[TOTAL]`` is the
            net total of an order in company currency
        """
        self.ensure_one()
        self._b2b_flush_usual()
        products = tuple(self.order_line.product_id.ids) or (0,)
        rows = self.env.execute_query(
            SQL(
                """
                WITH own AS (%(own)s), own_known AS (%(own_known)s),
                theirs AS (%(theirs)s)
                SELECT 'own', key, orders, median, NULL::json FROM own_known
                UNION ALL
                SELECT 'theirs', key, orders, median, NULL
                  FROM (%(theirs_known)s) theirs_known
                UNION ALL
                SELECT 'past', 0, 0, 0, (%(past)s)
                """,
                own=self._b2b_own_sql(products),
                own_known=self._b2b_known_sql("own"),
                theirs=self._b2b_theirs_sql(products),
                theirs_known=self._b2b_known_sql("theirs"),
                past=self._b2b_past_sql() if with_past else SQL("NULL::json"),
            )
        )
        known, past = {"own": {}, "theirs": {}}, None
        for kind, key, orders, median, found in rows:
            if kind == "past":
                past = found
            else:
                known[kind][key] = Known(orders, float(median))
        return known["own"], known["theirs"], past

    def _b2b_flush_usual(self):
        # A confirmed order is asked while it is being written; of it nothing is read.
        if self.state != "sale":
            for model, names in READ.items():
                self.env[model].flush_model(names)

    def _b2b_usual_since(self):
        return fields.Datetime.now() - relativedelta(years=1)

    def _b2b_kept_sql(self):
        """Quantity of a line that the customer kept, in the article's unit."""
        return SQL(
            """(CASE WHEN l.qty_delivered_method = 'stock_move'
                      AND o.delivery_status = 'full'
                     THEN l.qty_delivered ELSE l.product_uom_qty END)
               * u.factor / NULLIF(own_unit.factor, 0)"""
        )

    def _b2b_line_joins_sql(self):
        return SQL(
            """JOIN product_product p ON p.id = l.product_id
               JOIN product_template t ON t.id = p.product_tmpl_id
               JOIN uom_uom u ON u.id = l.product_uom_id
               JOIN uom_uom own_unit ON own_unit.id = t.uom_id"""
        )

    def _b2b_own_sql(self, products):
        """``key, order_id, figure``: articles and the total of the party's orders."""
        return SQL(
            """
            SELECT l.product_id AS key, o.id AS order_id, SUM(%(kept)s) AS figure
              FROM sale_order o
              JOIN sale_order_line l ON l.order_id = o.id
                   AND l.product_id IN %(products)s
              %(joins)s
             WHERE %(orders)s
             GROUP BY 1, 2
            UNION ALL
            SELECT %(total)s, o.id,
                   o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1)
              FROM sale_order o
             WHERE %(orders)s
            """,
            kept=self._b2b_kept_sql(),
            products=products,
            joins=self._b2b_line_joins_sql(),
            total=TOTAL,
            orders=SQL(
                """o.b2b_party_id = %s AND o.company_id = %s AND o.state = 'sale'
                   AND o.date_order >= %s AND o.id != %s""",
                self.b2b_party_id.id,
                self.company_id.id,
                self._b2b_usual_since(),
                self._origin.id or 0,
            ),
        )

    def _b2b_theirs_sql(self, products):
        """The same of all parties, for articles that this one hardly knows."""
        return SQL(
            """
            SELECT new.id AS key, latest.order_id, SUM(latest.figure) AS figure
              FROM (SELECT id FROM product_product
                     WHERE id IN %(products)s
                       AND id NOT IN (SELECT key FROM own_known
                                       WHERE orders >= %(minimum)s)) new
              JOIN LATERAL (
                    SELECT l.order_id, %(kept)s AS figure
                      FROM sale_order_line l
                      JOIN sale_order o ON o.id = l.order_id
                      %(joins)s
                     WHERE l.product_id = new.id AND o.state = 'sale'
                       AND o.company_id = %(company)s AND o.date_order >= %(since)s
                       AND o.id != %(own)s
                     ORDER BY l.id DESC LIMIT %(latest)s) latest ON TRUE
             GROUP BY 1, 2
            """,
            products=products,
            minimum=self.company_id.b2b_unusual_minimum,
            kept=self._b2b_kept_sql(),
            joins=self._b2b_line_joins_sql(),
            company=self.company_id.id,
            since=self._b2b_usual_since(),
            own=self._origin.id or 0,
            latest=LATEST,
        )

    def _b2b_known_sql(self, table):
        """``key, orders, median`` of figures per order; returns are taken off."""
        return SQL(
            """
            SELECT key, COUNT(*) AS orders,
                   PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY figure) AS median
              FROM (SELECT key, figure + CASE WHEN place = 1
                           THEN COALESCE(returned, 0) ELSE 0 END AS figure
                      FROM (SELECT key, figure,
                                   ROW_NUMBER() OVER (PARTITION BY key
                                                      ORDER BY figure DESC) AS place,
                                   SUM(figure) FILTER (WHERE figure < 0)
                                       OVER (PARTITION BY key) AS returned
                              FROM %s) ranked) net
             WHERE figure > 0
             GROUP BY key
            """,
            SQL.identifier(table),
        )

    def _b2b_past_sql(self):
        """What the party did before: any order, this address, the same lines lately.

        :return: SQL of one JSON list: has ordered, knows the address, and
            ``[order name, lines]`` of the last hours, latest first
        """
        since = timedelta(hours=self.company_id.b2b_unusual_hours)
        return SQL(
            """
            SELECT json_build_array(
                EXISTS (SELECT 1 FROM sale_order o
                         WHERE %(mine)s AND o.state = 'sale'),
                EXISTS (SELECT 1 FROM sale_order o
                         WHERE %(mine)s AND o.state = 'sale'
                           AND o.partner_shipping_id = %(place)s),
                (SELECT json_agg(json_build_array(o.name, o.b2b_lines_snapshot)
                                 ORDER BY o.id DESC)
                   FROM sale_order o
                  WHERE %(mine)s AND o.company_id = %(company)s
                    AND NOT COALESCE(o.b2b_historical, FALSE)
                    AND (o.state = 'sale' OR o.state != 'cancel'
                         AND o.b2b_submit_state IN ('queued', 'waiting'))
                    AND COALESCE(o.b2b_submitted_at, o.date_order) >= %(since)s))
            """,
            mine=SQL(
                "o.b2b_party_id = %s AND o.id != %s",
                self.b2b_party_id.id,
                self._origin.id or 0,
            ),
            place=self.partner_shipping_id.id or 0,
            company=self.company_id.id,
            since=fields.Datetime.now() - since,
        )
