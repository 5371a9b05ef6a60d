from odoo import api, fields, models
from odoo.tools import SQL

STAFF = "base.group_user"


class ResPartner(models.Model):
    """Sales figures of a party, stored so that lists and segments stay quick.

    They come from confirmed order lines net of returns, historical orders included,
    excluding tax, in the company's currency at the rate of the order. One statement
    per night fills them: computing them live would cost one query per party.
    """

    _inherit = "res.partner"

    b2b_turnover_12m = fields.Monetary(
        "Turnover, 12 months",
        readonly=True,
        # Never NULL, which would be sorted above the best customer.
        default=0.0,
        copy=False,
        groups=STAFF,
        currency_field="b2b_company_currency_id",
        help="Confirmed orders of the last 12 months, net of returns, excluding tax. "
        "Refreshed every night.",
    )
    b2b_order_count_12m = fields.Integer(
        "Orders, 12 months",
        readonly=True,
        default=0,
        copy=False,
        groups=STAFF,
        help="Confirmed orders of the last 12 months. Refreshed every night.",
    )
    b2b_first_order = fields.Date(
        "First order",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Day of the first confirmed order.",
    )
    b2b_last_order = fields.Date(
        "Last order",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Day of the latest confirmed order.",
    )
    b2b_company_currency_id = fields.Many2one(
        "res.currency", compute="_compute_b2b_company_currency_id", groups=STAFF
    )

    @api.depends("company_id")
    def _compute_b2b_company_currency_id(self):
        default = self._b2b_figures_company().currency_id
        for partner in self:
            partner.b2b_company_currency_id = partner.company_id.currency_id or default

    @api.model
    def _b2b_figures_company(self):
        """The company whose currency the figures of shared parties are in.

        A party of one company has the figures of that company. A shared one may buy
        from several; its figures are in the currency of the first company, whoever
        looks at them, so that lists can be sorted and segments have one limit.
        """
        # sudo: its currency is no secret, and the list must look the same to all.
        return self.env["res.company"].sudo().search([], order="id", limit=1)

    @api.model
    def _b2b_figures_since(self):
        """The day after which orders count for the figures of 12 months."""
        return fields.Date.subtract(fields.Date.today(), years=1)

    @api.model
    def _b2b_refresh_figures(self):
        """Refresh the figures of all parties; only differences are written.

        An order of which nothing is left after returns is none: a party that only
        ever sent goods back has no orders, no first and no last one, and a turnover
        below zero.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH sold AS (%(sold)s), figures AS (
                    SELECT party,
                           ROUND(COALESCE(
                               SUM(net) FILTER (WHERE day > %(since)s), 0)::numeric, 2
                           ) AS net,
                           COUNT(*) FILTER (
                               WHERE day > %(since)s AND net > 0) AS orders,
                           MIN(day) FILTER (WHERE net > 0) AS first,
                           MAX(day) FILTER (WHERE net > 0) AS last
                      FROM sold
                  GROUP BY party
                )
                UPDATE res_partner p
                   SET b2b_turnover_12m = changed.net,
                       b2b_order_count_12m = changed.orders,
                       b2b_first_order = changed.first,
                       b2b_last_order = changed.last
                  FROM (
                    SELECT q.id, COALESCE(f.net, 0) AS net,
                           COALESCE(f.orders, 0) AS orders, f.first, f.last
                      FROM res_partner q
                 LEFT JOIN figures f ON f.party = q.id
                     WHERE q.commercial_partner_id = q.id
                       AND (q.b2b_turnover_12m, q.b2b_order_count_12m,
                            q.b2b_first_order, q.b2b_last_order)
                           IS DISTINCT FROM
                           (COALESCE(f.net, 0), COALESCE(f.orders, 0), f.first, f.last)
                  ) changed
                 WHERE p.id = changed.id
                """,
                sold=self._b2b_sold_sql(),
                since=self._b2b_figures_since(),
            )
        )
        self.invalidate_model(
            [
                "b2b_turnover_12m",
                "b2b_order_count_12m",
                "b2b_first_order",
                "b2b_last_order",
            ]
        )

    @api.model
    def _b2b_sold_sql(self):
        """Net of each confirmed order in the currency of its party's figures.

        Orders of a company with another currency than the first one's are converted
        at the rate of their day, where the party is shared.
        """
        main = self._b2b_figures_company()
        rate = """COALESCE((
            SELECT rate FROM res_currency_rate
             WHERE currency_id = %s AND name <= days.day
               AND (company_id IS NULL OR company_id = %s)
          ORDER BY company_id, name DESC LIMIT 1), 1)"""
        return SQL(
            """
            WITH net AS (
                SELECT o.b2b_party_id AS party,
                       o.company_id AS company,
                       o.date_order::date AS day,
                       SUM(l.price_subtotal
                           / COALESCE(NULLIF(o.currency_rate, 0), 1)) AS net
                  FROM sale_order o
                  JOIN sale_order_line l ON l.order_id = o.id
                 WHERE o.state = 'sale'
                   AND l.display_type IS NULL
              GROUP BY o.b2b_party_id, o.id
            ), days AS (
                SELECT DISTINCT company, day, c.currency_id AS currency
                  FROM net
                  JOIN res_company c ON c.id = net.company
                 WHERE c.currency_id != %(currency)s
            ), rates AS (
                SELECT company, day, %(main_rate)s / %(rate)s AS factor FROM days
            )
            SELECT net.party, net.day,
                   net.net * CASE WHEN p.company_id IS NULL
                                  THEN COALESCE(rates.factor, 1) ELSE 1 END AS net
              FROM net
              JOIN res_partner p ON p.id = net.party
         LEFT JOIN rates USING (company, day)
            """,
            currency=main.currency_id.id,
            main_rate=SQL(rate, main.currency_id.id, main.id),
            rate=SQL(rate, SQL("days.currency"), main.id),
        )
