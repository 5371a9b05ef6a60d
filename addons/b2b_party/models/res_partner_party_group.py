from odoo import api, fields, models

STAFF = "base.group_user"


class ResPartner(models.Model):
    """The party groups of a party or an address."""

    _inherit = "res.partner"

    b2b_party_group_ids = fields.Many2many(
        "b2b.party.group",
        "b2b_partner_party_group_rel",
        "partner_id",
        "group_id",
        "Party groups",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Groups it belongs to today. Follows the dates every night.",
    )
    b2b_group_member_ids = fields.One2many(
        "b2b.party.group.member",
        "partner_id",
        "Memberships",
        copy=False,
        groups=STAFF,
        help="Party groups with dates, former ones included.",
    )

    @api.model
    def _b2b_party_groups(self, party=None, address=None, seat=None, on=None):
        """All groups that cover a party, an address or a seat on a day."""
        # sudo: which groups cover an order is asked on behalf of portal users too.
        groups = self.env["b2b.party.group"].sudo()
        groups = groups.search([])  # pylint: disable=no-search-all
        return groups._b2b_covers(party=party, address=address, seat=seat, on=on)
