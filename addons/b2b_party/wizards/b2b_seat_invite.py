from odoo import api, fields, models


class SeatInvite(models.TransientModel):
    """Dialog on a party: invite somebody, or register a contact that is known."""

    _name = "b2b.seat.invite"
    _description = "B2B Seat Invitation"

    party_id = fields.Many2one(
        "res.partner", required=True, readonly=True, help="The person will act for it."
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Known contact",
        domain="[('parent_id', '=', party_id), ('type', '=', 'contact'), "
        "('is_company', '=', False), ('user_ids', '=', False)]",
        help="A contact of the party who shall get access. Empty: somebody new.",
    )
    name = fields.Char(
        required=True,
        compute="_compute_from_contact",
        store=True,
        precompute=True,
        readonly=False,
        help="Name of the person.",
    )
    email = fields.Char(
        required=True,
        compute="_compute_from_contact",
        store=True,
        precompute=True,
        readonly=False,
        help="The invitation goes there; the person signs in with it.",
    )
    role_id = fields.Many2one(
        "b2b.seat.role",
        required=True,
        domain="['|', ('party_id', '=', False), ('party_id', '=', party_id)]",
        default=lambda self: self.env.ref("b2b_party.role_buyer", False),
        help="What the person may do.",
    )
    supervisor_id = fields.Many2one(
        "b2b.seat",
        domain="[('party_id', '=', party_id), ('state', '!=', 'suspended')]",
        help="Who is asked when an order is above the limits.",
    )
    limit_currency_id = fields.Many2one(
        related="role_id.currency_id", help="Currency of the limits."
    )
    order_limit = fields.Monetary(
        "Order up to",
        currency_field="limit_currency_id",
        help="For this person alone. 0: as the role says.",
    )
    approve_limit = fields.Monetary(
        "Approve up to",
        currency_field="limit_currency_id",
        help="For this person alone. 0: as the role says.",
    )
    default_delivery_id = fields.Many2one(
        "res.partner",
        "Default delivery address",
        domain="[('commercial_partner_id', '=', party_id), ('id', '!=', party_id), "
        "('type', '=', 'delivery')]",
        help="Proposed on new orders of this person.",
    )
    may_approve = fields.Boolean(
        related="role_id.approve", help="Whether the role decides about orders."
    )

    @api.depends("contact_id")
    def _compute_from_contact(self):
        for wizard in self:
            wizard.name = wizard.contact_id.name or wizard.name
            wizard.email = wizard.contact_id.email or wizard.email

    def action_invite(self):
        """Make the seat and send the invitation."""
        self.ensure_one()
        self.party_id.check_access("write")
        # sudo: making a portal user needs rights that sales staff do not have; the
        # write access on the party was checked above and group and party are fixed.
        wizard = self.sudo()
        wizard.env["b2b.seat"]._b2b_invite(
            wizard.party_id,
            wizard.name,
            wizard.email,
            wizard.role_id,
            contact=wizard.contact_id,
            supervisor_id=wizard.supervisor_id.id,
            limit_currency_id=wizard.limit_currency_id.id,
            order_limit=wizard.order_limit,
            approve_limit=wizard.approve_limit if wizard.may_approve else 0.0,
            default_delivery_id=wizard.default_delivery_id.id,
        )
        return {"type": "ir.actions.act_window_close"}
