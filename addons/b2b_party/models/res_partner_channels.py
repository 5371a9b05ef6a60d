from odoo import fields, models

from ..tools import read_rows

STAFF = "base.group_user"


class ResPartner(models.Model):
    """By which ways a party buys, and its terms for each of them."""

    _inherit = "res.partner"

    b2b_channel_term_ids = fields.One2many(
        "b2b.channel.terms",
        "party_id",
        "Channel terms",
        groups=STAFF,
        help="Payment term, taxation and bank account for orders by one channel. An "
        "agreement overrules them; what is empty is taken from the party.",
    )
    b2b_marketplace_ids = fields.Many2many(
        "b2b.marketplace",
        "b2b_partner_marketplace_rel",
        "partner_id",
        "marketplace_id",
        "Marketplaces",
        groups=STAFF,
        help="Where this party buys from us apart from our own channels. Its account "
        "number there stands in the channel terms.",
    )

    def _b2b_channel_terms(self, channel, company=None):
        """The terms of this party for a channel, with all rights lifted.

        :param channel: b2b.sales.channel
        :param company: who sells; the current company by default
        :return: b2b.channel.terms, empty when nothing was agreed
        """
        # sudo: portal users and reps order under terms that they cannot read.
        party = self.sudo().commercial_partner_id
        company = company or self.env.company
        read_rows(party, "b2b_channel_term_ids")
        return party.b2b_channel_term_ids.filtered(
            lambda t: t.channel_id == channel and t.company_id == company
        )
