from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SaleOrder(models.Model):
    """An order on behalf of a seat goes where the seat may send goods."""

    _inherit = "sale.order"

    @api.depends("b2b_seat_id")
    def _compute_partner_shipping_id(self):
        super()._compute_partner_shipping_id()
        for order in self:
            seat = order.sudo().b2b_seat_id
            address = seat and seat._b2b_delivery_address()
            if address and seat.party_id == order.partner_id.commercial_partner_id:
                order.partner_shipping_id = address

    def write(self, vals):
        # Writing the seat that an order has already would propose the address again
        # and lose the one that was chosen.
        seat = vals.get("b2b_seat_id")
        if seat and all(order.b2b_seat_id.id == seat for order in self):
            vals = {name: val for name, val in vals.items() if name != "b2b_seat_id"}
        return super().write(vals)

    @api.constrains("partner_shipping_id", "b2b_seat_id")
    def _check_b2b_seat_address(self):
        for order in self.sudo():
            seat, address = order.b2b_seat_id, order.partner_shipping_id
            if order.b2b_historical or not seat or not address:
                continue
            if not seat._b2b_allows_address(address):
                raise UserError(
                    self.env._(
                        "Orders of %(name)s do not go to %(address)s; choose one of "
                        "the addresses allowed for this seat.",
                        name=seat.person_id.name,
                        address=address.display_name,
                    )
                )

    # -- orders of a blocked party ---------------------------------------------

    def _b2b_pending_domain(self, parties):
        """Orders of some parties that a block stops on their way: quotes that are out.

        ``b2b_approval`` adds those that wait for a decision.
        """
        return Domain("b2b_party_id", "in", parties.ids) & Domain("state", "=", "sent")

    def _b2b_stopped_text(self):
        """What the buyer reads on an order that a block stops; never our reason."""
        return self.env._(
            "%(order)s cannot go on at the moment, because orders of %(party)s are "
            "stopped. Your account manager can tell you more.",
            order=self.name,
            party=self.b2b_party_id.name,
        )
