from odoo import models
from odoo.exceptions import AccessError


class Person(models.Model):
    """External agents sign in once and order for the parties assigned to them."""

    _inherit = "b2b.person"

    def _b2b_is_agent_of(self, party):
        """Whether this person is an agent to whom the party is assigned."""
        self.ensure_one()
        # sudo: portal users have no right on persons and assignments; only a yes or
        # no comes out.
        person, party = self.sudo(), party.sudo()
        user = person.login_user_id
        if not user.active or not user._b2b_acts_as_agent():
            return False
        contacts = user.partner_id | user.partner_id.commercial_partner_id
        return bool(party.b2b_agent_ids & contacts)

    def _b2b_agent_seat(self, party):
        """The seat by which this agent orders for a party; made on first use.

        A seat that was suspended because the assignment ended comes back with it; one
        that our staff suspended by hand stays so.

        :param party: res.partner, a trade party that is assigned to this agent
        :return: b2b.seat, active, with all rights lifted
        :raise AccessError: when the party is not assigned; in the same words for a
            party that does not exist
        """
        self.ensure_one()
        if not party.exists() or not self._b2b_is_agent_of(party):
            raise AccessError(self.env._("This party is not assigned to you."))
        # sudo: an agent has no right on seats; the assignment was checked above, and
        # role, group and party of the new seat are fixed.
        seats = self.env["b2b.seat"].sudo()
        seat = seats.search(
            [("person_id", "=", self.id), ("party_id", "=", party.id)], limit=1
        )
        if not seat:
            seat = seats._b2b_create_agent_seat(self.sudo(), party.sudo())
        elif seat.state == "suspended" and seat.is_agent and seat.agent_paused:
            seat.action_activate()
        if seat.state != "active":
            raise AccessError(
                self.env._("Your access to %s is suspended.", party.sudo().name)
            )
        return seat
