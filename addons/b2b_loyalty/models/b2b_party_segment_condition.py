from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.b2b_party.rules.segment import NUMBER, Figure


class PartySegmentCondition(models.Model):
    """Segments by points."""

    _inherit = "b2b.party.segment.condition"

    figure = fields.Selection(
        selection_add=[("points", "Points")], ondelete={"points": "cascade"}
    )

    @api.model
    def _b2b_figures(self):
        return {
            **super()._b2b_figures(),
            "points": Figure(NUMBER, "b2b_loyalty_points"),
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    b2b_loyalty_points = fields.Integer(
        "Points at the last refresh",
        readonly=True,
        default=0,
        copy=False,
        groups="base.group_user",
        help="Granted points in all programs. Refreshed every night, for segments.",
    )

    @api.model
    def _b2b_refresh_figures(self):
        result = super()._b2b_refresh_figures()
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner p
                   SET b2b_loyalty_points = changed.points
                  FROM (SELECT q.id, COALESCE(a.points, 0) AS points
                          FROM res_partner q
                     LEFT JOIN (SELECT party_id, SUM(balance) AS points
                                  FROM b2b_loyalty_account
                              GROUP BY party_id) a ON a.party_id = q.id
                         WHERE q.commercial_partner_id = q.id
                           AND q.b2b_loyalty_points
                               IS DISTINCT FROM COALESCE(a.points, 0)) changed
                 WHERE p.id = changed.id
                """
            )
        )
        self.invalidate_model(["b2b_loyalty_points"])
        return result
