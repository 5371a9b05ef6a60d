from odoo import api, fields, models
from odoo.tools import SQL

STAFF = "base.group_user"


class ResPartner(models.Model):
    """The segments of a party, and facts that only segments ask for."""

    _inherit = "res.partner"

    b2b_segment_ids = fields.Many2many(
        "b2b.party.segment",
        "b2b_partner_segment_rel",
        "partner_id",
        "segment_id",
        "Segments",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Found by their conditions at the last refresh.",
    )
    b2b_employee_count = fields.Integer(
        "Employees",
        groups=STAFF,
        help="How many people work there; 0 if nobody knows.",
    )
    b2b_used_channel_ids = fields.Many2many(
        "b2b.sales.channel",
        "b2b_partner_used_channel_rel",
        "partner_id",
        "channel_id",
        "Channels used, 12 months",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Channels by which confirmed orders of 12 months came. Refreshed every "
        "night.",
    )

    @api.model
    def _b2b_refresh_figures(self):
        result = super()._b2b_refresh_figures()
        self._b2b_refresh_used_channels()
        return result

    @api.model
    def _b2b_refresh_used_channels(self):
        used = SQL(
            """SELECT DISTINCT o.b2b_party_id AS partner_id,
                               o.b2b_channel_id AS channel_id
                 FROM sale_order o
                WHERE o.state = 'sale'
                  AND o.b2b_channel_id IS NOT NULL
                  AND o.date_order::date > %s""",
            self._b2b_figures_since(),
        )
        self.env.cr.execute(
            SQL(
                """DELETE FROM b2b_partner_used_channel_rel rel
                    WHERE NOT EXISTS (
                          SELECT FROM (%s) used
                           WHERE used.partner_id = rel.partner_id
                             AND used.channel_id = rel.channel_id)""",
                used,
            )
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO b2b_partner_used_channel_rel (partner_id, channel_id)
                   SELECT partner_id, channel_id FROM (%s) used
                       ON CONFLICT DO NOTHING""",
                used,
            )
        )
        self.invalidate_model(["b2b_used_channel_ids"])

    def _b2b_segment_reasons(self):
        """The segments of this party with why it is in them.

        :return: list of dicts ``id``, ``name`` and ``reasons``, the latter empty if
            the party will leave at the next refresh
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: segments of another company explain nothing, but names of countries
        # and groups in their conditions are no secret from who sees the party.
        return [
            {
                "id": segment.id,
                "name": segment.name,
                "reasons": segment.sudo()._b2b_reasons(self.sudo()),
            }
            for segment in self.b2b_segment_ids
        ]
