from odoo import api, models


class InvitationBatch(models.Model):
    """What the rows of a list are compared with."""

    _inherit = "b2b.invitation.batch"

    def _b2b_roles(self):
        """Roles of this list's party by name, the party's own before standard ones."""
        self.ensure_one()
        roles = self.env["b2b.seat.role"].search(
            [("party_id", "in", (False, self.party_id.id))]
        )
        roles -= self.env.ref("b2b_party.role_agent")
        ordered = roles.sorted(lambda role: bool(role.party_id))
        return {role.name.casefold(): role for role in ordered}

    @api.model
    def _b2b_staff_addresses(self, emails):
        # sudo: a rep does not read all users; only "one of us" comes out
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = users.search(
            [
                ("share", "=", False),
                "|",
                ("login", "in", emails),
                ("email_normalized", "in", emails),
            ]
        )
        return {
            text.lower()
            for user in found
            for text in (user.login, user.email_normalized)
            if text
        }

    def _b2b_known(self):
        """What rows of this list are compared with, read once for all of them."""
        self.ensure_one()
        emails = [(line.email or "").strip().lower() for line in self.line_ids]
        # sudo: seats of the party, of which only the address is compared
        seats = self.env["b2b.seat"].sudo().with_context(active_test=False)
        sitting = seats.search([("party_id", "=", self.party_id.id)])
        return {
            "seats": {seat.person_id.email.lower() for seat in sitting},
            "listed": {email for email in emails if email},
            "roles": self._b2b_roles(),
            "staff": self._b2b_staff_addresses(emails),
        }
