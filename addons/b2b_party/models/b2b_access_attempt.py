from odoo import api, fields, models


class AccessAttempt(models.Model):
    """What may not happen too often: requests of the public page, invitations.

    Kept for a day.
    """

    _name = "b2b.access.attempt"
    _description = "B2B Access Attempt"
    _order = "id desc"

    network = fields.Char(
        required=True,
        help="Fingerprint of the network address, no address is kept; the party for an "
        "invitation.",
    )
    email = fields.Char(required=True, help="The address that was typed.")

    _by_network = models.Index("(network, create_date)")
    _by_email = models.Index("(email, create_date)")

    @api.autovacuum
    def _gc_attempts(self):
        day = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        self.search([("create_date", "<", day)], limit=10000).unlink()
