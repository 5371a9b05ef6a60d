from odoo import models
from odoo.tools import SQL

# Foreign keys that would refuse a deletion or lose what they name.
KEEPING = ("a", "r", "n")


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

    def _b2b_is_unused(self):
        """Whether no record of any addon names this contact; what only belongs to it,
        such as being a follower, does not count."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT c.conrelid::regclass::text, a.attname
                     FROM pg_constraint c
                     JOIN pg_attribute a
                       ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                    WHERE c.contype = 'f' AND c.confrelid = 'res_partner'::regclass
                      AND c.confdeltype IN %s""",
                KEEPING,
            )
        )
        asked = [
            SQL(
                "(SELECT 1 FROM %s WHERE %s = %s%s LIMIT 1)",
                SQL.identifier(table.strip('"')),
                SQL.identifier(column),
                self.id,
                # It is its own company for Odoo.
                SQL(" AND id <> %s", self.id) if table == "res_partner" else SQL(),
            )
            for table, column in self.env.cr.fetchall()
        ]
        self.env.cr.execute(SQL(" UNION ALL ").join(asked))
        return not self.env.cr.fetchone()
