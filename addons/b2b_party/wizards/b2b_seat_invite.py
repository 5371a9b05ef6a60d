from odoo import fields, models
from odoo.exceptions import UserError


class SeatInvite(models.TransientModel):
    """Dialog on a party: give a person a seat and mail the invitation."""

    _name = "b2b.seat.invite"
    _description = "B2B Seat Invitation"

    party_id = fields.Many2one(
        "res.partner", required=True, readonly=True, help="The person will act for it."
    )
    name = fields.Char(required=True, help="Name of the person.")
    email = fields.Char(required=True, help="The invitation goes there.")
    role_id = fields.Many2one(
        "b2b.seat.role",
        required=True,
        domain="['|', ('party_id', '=', False), ('party_id', '=', party_id)]",
        default=lambda self: self.env.ref("b2b_party.role_buyer", False),
        help="What the person may do.",
    )
    supervisor_id = fields.Many2one(
        "b2b.seat",
        domain="[('party_id', '=', party_id), ('state', '=', 'active')]",
        help="Who is asked when an order is above the limits.",
    )

    def action_invite(self):
        """Create the seat; a new person gets the invitation mail."""
        self.ensure_one()
        self.party_id.check_access("write")
        if self.party_id != self.party_id.commercial_partner_id:
            raise UserError(self.env._("Seats belong to a company, not to a contact."))
        # sudo: making a portal user needs rights that sales staff do not have; the
        # write access on the party was checked above and group and party are fixed.
        seats = self.env["b2b.seat"].sudo()
        seat = seats._b2b_create_login(
            self.party_id.sudo(), self.name, self.email, self.role_id.sudo()
        )
        seat.supervisor_id = self.supervisor_id
        if seat.person_id.login_user_id == seat.user_id:
            seat.user_id.action_reset_password()
        return {"type": "ir.actions.act_window_close"}
