from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rules import invitation


class Seat(models.Model):
    """How much is too much: mails in an hour, signs in a name."""

    _inherit = "b2b.seat"

    @api.model
    def _b2b_check_lengths(self, name, email):
        """Refuse names and addresses that no person has.

        :raise UserError: one sentence with the limit
        """
        if len(name) > invitation.NAME_LENGTH:
            raise UserError(
                self.env._(
                    "The name of the person is longer than %s signs; shorten it.",
                    invitation.NAME_LENGTH,
                )
            )
        if len(email) > invitation.ADDRESS_LENGTH:
            raise UserError(
                self.env._(
                    "The e-mail address is longer than %s signs; enter another one.",
                    invitation.ADDRESS_LENGTH,
                )
            )

    @api.model
    def _b2b_count_invitation(self, party, email):
        """Count one more mail to this address; called with all rights.

        Counted in the database, so all workers know; the lock lets the invitations
        of one party pass one after the other.

        :raise UserError: when it is one too many
        """
        network = f"party|{party.id}"
        self.env.cr.execute(
            SQL(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                f"b2b_invitation|{network}",
            )
        )
        attempts, now = self.env["b2b.access.attempt"], fields.Datetime.now()
        since = fields.Datetime.subtract(now, minutes=invitation.WINDOW_MINUTES)
        recent = [("create_date", ">=", since), ("network", "=", network)]
        reason = invitation.too_many(
            attempts.search_count(recent),
            attempts.search_count([*recent, ("email", "=", email)]),
            by_staff=not self.env.user.share,
        )
        if reason == "address":
            raise UserError(
                self.env._(
                    "%(email)s got %(count)s invitations in the last hour; the next "
                    "one can go in an hour.",
                    email=email,
                    count=invitation.PER_ADDRESS,
                )
            )
        if reason:
            raise UserError(
                self.env._(
                    "%(party)s sent %(count)s invitations in the last hour; go on in "
                    "an hour, or ask your account manager to invite a whole list.",
                    party=party.name,
                    count=invitation.PER_PARTY,
                )
            )
        attempts.create({"network": network, "email": email})
