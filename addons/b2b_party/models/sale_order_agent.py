from odoo import api, fields, models


class SaleOrder(models.Model):
    """Orders that an external agent placed for a party."""

    _inherit = "sale.order"

    b2b_agent_id = fields.Many2one(
        "res.partner",
        "Agent",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The external agent who placed this order for the party. Set by the "
        "system from the seat.",
    )
    b2b_agent_text = fields.Char(
        "Ordered by agent",
        compute="_compute_b2b_agent_text",
        help="Who ordered for whom, in words.",
    )

    @api.depends("b2b_agent_id", "b2b_party_id")
    def _compute_b2b_agent_text(self):
        for order in self:
            # sudo: the buyer may know by whom his order was placed.
            agent, party = order.sudo().b2b_agent_id, order.sudo().b2b_party_id
            order.b2b_agent_text = bool(agent) and self.env._(
                "Ordered by agent %(agent)s for %(party)s",
                agent=agent.name,
                party=party.name,
            )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_agent_id"}

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered("b2b_seat_id")._b2b_set_agent()
        return orders

    def write(self, vals):
        if vals.get("b2b_channel_id"):
            vals = self._b2b_agent_channel(vals)
        result = super().write(vals)
        if vals.keys() & {"b2b_seat_id", "partner_id"}:
            self._b2b_set_agent()
        return result

    def _b2b_agent_channel(self, vals):
        """What an agent orders in the portal came by the agent, not by the customer."""
        portal = self.env.ref("b2b_party.channel_portal", raise_if_not_found=False)
        agent = self.env.ref("b2b_party.channel_agent", raise_if_not_found=False)
        by_agent = self and all(self.sudo().mapped("b2b_seat_id.is_agent") or [False])
        if not portal or not agent or vals["b2b_channel_id"] != portal.id:
            return vals
        return {**vals, "b2b_channel_id": agent.id} if by_agent else vals

    def _b2b_set_agent(self):
        """Agent and channel follow the seat; a new seat of the party empties them."""
        channel = self.env.ref("b2b_party.channel_agent", raise_if_not_found=False)
        # sudo: only the system writes the agent; it comes from the seat.
        for order in self.sudo():
            seat = order.b2b_seat_id
            agent = seat.person_id.login_user_id.partner_id if seat.is_agent else False
            if not agent and not order.b2b_agent_id:
                continue
            values = {"b2b_agent_id": agent.id if agent else False}
            if agent and channel and order.state in ("draft", "sent"):
                values["b2b_channel_id"] = channel.id
            order.write(values)
