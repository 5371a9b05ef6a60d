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
        copy=False,
        groups=STAFF,
        currency_field="b2b_company_currency_id",
        help="Confirmed orders of the last 12 months, net of returns, excluding tax. "
        "Refreshed every night.",
    )
    b2b_order_count_12m = fields.Integer(
        "Orders, 12 months",
        readonly=True,
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

    @api.depends_context("company")
    @api.depends("company_id")
    def _compute_b2b_company_currency_id(self):
        for partner in self:
            company = partner.company_id or self.env.company
            partner.b2b_company_currency_id = company.currency_id

    @api.model
    def _b2b_refresh_figures(self):
        """Refresh the figures of all parties; the nightly job and the demo call it."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH sold AS (
                    SELECT o.b2b_party_id AS party,
                           o.id AS order_id,
                           o.date_order::date AS day,
                           SUM(l.price_subtotal
                               / COALESCE(NULLIF(o.currency_rate, 0), 1)) AS net
                      FROM sale_order o
                      JOIN sale_order_line l ON l.order_id = o.id
                     WHERE o.state = 'sale'
                       AND l.display_type IS NULL
                  GROUP BY o.b2b_party_id, o.id
                ), figures AS (
                    SELECT party,
                           COALESCE(SUM(net) FILTER (WHERE day > %(from)s), 0) AS net,
                           COUNT(*) FILTER (
                               WHERE day > %(from)s AND net > 0) AS orders,
                           MIN(day) FILTER (WHERE net > 0) AS first,
                           MAX(day) FILTER (WHERE net > 0) AS last
                      FROM sold
                  GROUP BY party
                )
                UPDATE res_partner p
                   SET b2b_turnover_12m = COALESCE(f.net, 0),
                       b2b_order_count_12m = COALESCE(f.orders, 0),
                       b2b_first_order = f.first,
                       b2b_last_order = f.last
                  FROM res_partner q
             LEFT JOIN figures f ON f.party = q.id
                 WHERE p.id = q.id
                   AND q.commercial_partner_id = q.id
                   AND (p.b2b_turnover_12m, p.b2b_order_count_12m,
                        p.b2b_first_order, p.b2b_last_order)
                       IS DISTINCT FROM
                       (COALESCE(f.net, 0), COALESCE(f.orders, 0), f.first, f.last)
                """,
                **{"from": fields.Date.subtract(fields.Date.today(), years=1)},
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
