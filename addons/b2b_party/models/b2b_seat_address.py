from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Seat(models.Model):
    """Where the orders of a seat may go."""

    _inherit = "b2b.seat"

    default_delivery_id = fields.Many2one(
        "res.partner",
        "Default delivery address",
        ondelete="set null",
        domain="[('commercial_partner_id', '=', party_id), ('id', '!=', party_id)]",
        help="Proposed on new orders of this seat; the party's default when empty.",
    )
    allowed_address_ids = fields.Many2many(
        "res.partner",
        "b2b_seat_address_rel",
        "seat_id",
        "partner_id",
        "Allowed addresses",
        domain="[('commercial_partner_id', '=', party_id)]",
        help="Orders of this seat go only there and to the delivery points below. "
        "Empty: every address of the party.",
    )

    @api.constrains("default_delivery_id", "allowed_address_ids", "party_id")
    def _check_addresses(self):
        for seat in self.sudo():
            default, allowed = seat.default_delivery_id, seat.allowed_address_ids
            for address in default | allowed:
                if address.commercial_partner_id != seat.party_id:
                    raise ValidationError(
                        self.env._(
                            "%(address)s does not belong to %(party)s; choose one of "
                            "its own addresses for %(name)s.",
                            address=address.display_name,
                            party=seat.party_id.name,
                            name=seat.person_id.name,
                        )
                    )
            if default and not seat._b2b_allows_address(default):
                raise ValidationError(
                    self.env._(
                        "%(address)s is not among the allowed addresses of %(name)s; "
                        "allow it or choose another default.",
                        address=default.display_name,
                        name=seat.person_id.name,
                    )
                )

    def _b2b_allows_address(self, address):
        """Whether orders of this seat may go to an address of its party.

        A delivery point is allowed with the address that it belongs to.
        """
        self.ensure_one()
        allowed = self.sudo().allowed_address_ids
        if not allowed:
            return True
        address = address.sudo()
        while address:
            if address in allowed:
                return True
            address = address.parent_id
        return False

    def _b2b_filter_addresses(self, addresses):
        """Of some addresses of the party those where orders of this seat may go."""
        self.ensure_one()
        if not self.sudo().allowed_address_ids:
            return addresses
        return addresses.filtered(self._b2b_allows_address)

    def _b2b_delivery_address(self):
        """The address that a new order of this seat starts with.

        Its own default, else the party's where it is allowed, else the first of the
        allowed ones.

        :return: res.partner, empty when neither seat nor party has a say
        """
        self.ensure_one()
        seat = self.sudo()
        candidates = (
            seat.default_delivery_id
            | seat.party_id.b2b_default_delivery_id
            | seat.allowed_address_ids
        )
        return seat._b2b_filter_addresses(candidates.filtered("active"))[:1]
