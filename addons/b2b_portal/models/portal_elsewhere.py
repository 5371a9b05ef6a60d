from odoo import models
from odoo.exceptions import AccessError, MissingError


class B2bPortalContext(models.AbstractModel):
    """A document of another seat of the same person: offered, never shown."""

    _inherit = "b2b.portal.context"

    def _b2b_elsewhere(self, ctx, order_id, find, permission=None):
        """Where else this person may open an order.

        The other seat is asked exactly as its own page would ask, so that nobody
        hears more than after a switch.

        :param find: takes a context and the id, raises ``MissingError``
        :param permission: that the other seat needs for the page
        :return: ``{"party", "action", "name", "value"}`` of the form that switches,
            None when the order is none of this person's business
        """
        order = ctx.env["sale.order"].browse(order_id).exists()
        party = order.b2b_party_id
        if not party or party == ctx.party:
            return None
        if ctx.seat.is_agent:
            return self._b2b_elsewhere_agent(order, permission)
        for seat in (ctx.seats - ctx.seat).filtered(lambda s: s.party_id == party):
            other = self.with_user(seat.user_id)._b2b_build()
            if not other or party.b2b_state not in ("active", "blocked"):
                continue
            if permission and not other.can(permission):
                continue
            try:
                find(other, order_id)
            except (MissingError, AccessError):
                continue
            return {
                "party": party,
                "action": "/trade/switch",
                "name": "target_seat_id",
                "value": seat.id,
            }
        return None

    def _b2b_elsewhere_agent(self, order, permission):
        agent = self.env["b2b.portal.agent"]
        person = agent._b2b_agent_person()
        if permission or not person or not agent._b2b_agent_order(person, order.id):
            return None
        return {
            "party": order.b2b_party_id,
            "action": "/trade/agent/order",
            "name": "party_id",
            "value": order.b2b_party_id.id,
        }
