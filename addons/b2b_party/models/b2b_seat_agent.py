from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.permissions import AGENT_NEVER


class Seat(models.Model):
    """The seat by which an external agent orders for a party."""

    _inherit = "b2b.seat"

    is_agent = fields.Boolean(
        "Agent",
        readonly=True,
        index=True,
        help="An external agent orders for the party here; made by the system when "
        "the agent acts for it for the first time.",
    )
    agent_paused = fields.Boolean(
        readonly=True,
        help="Suspended because the party was taken from the agent; comes back with "
        "the assignment.",
    )

    @api.constrains("is_agent", "role_id")
    def _check_agent_role(self):
        for seat in self.filtered("is_agent"):
            too_much = seat.role_id._b2b_permissions() & AGENT_NEVER
            if too_much:
                name = sorted(too_much)[0]
                raise ValidationError(
                    self.env._(
                        "%(agent)s is an agent; role %(role)s holds “%(right)s”, which "
                        "an agent never has.",
                        agent=seat.person_id.name,
                        role=seat.role_id.name,
                        right=seat.role_id._fields[name].get_description(self.env)[
                            "string"
                        ],
                    )
                )

    @api.model
    def _b2b_create_agent_seat(self, person, party):
        """A new agent's seat; callers checked the assignment.

        :param person: b2b.person with an agent's login
        :param party: res.partner, commercial entity
        """
        role = self.env.ref("b2b_party.role_agent")
        seat = self._b2b_create_login(party, person.name, person.email, role)
        seat.write({"is_agent": True, "state": "active"})
        return seat

    def action_suspend(self):
        result = super().action_suspend()
        for seat in self.filtered("is_agent"):
            assigned = seat.sudo().person_id._b2b_is_agent_of(seat.party_id)
            seat.agent_paused = not assigned
        return result
