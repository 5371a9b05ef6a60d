from odoo import models


class ResPartner(models.Model):
    """The people of a party."""

    _inherit = "res.partner"

    def _b2b_managing_flags(self):
        """For each party whether its active seats manage people, one flag a seat.

        :return: dict of party to list of booleans
        """
        # sudo: the flags decide about a refusal, whoever asks
        seats = self.env["b2b.seat"].sudo()
        found = seats.search([("party_id", "in", self.ids), ("state", "=", "active")])
        return {
            party: [
                seat.role_id.manage_seats
                for seat in found
                if seat.party_id == party and not seat._b2b_is_outside()
            ]
            for party in self
        }
