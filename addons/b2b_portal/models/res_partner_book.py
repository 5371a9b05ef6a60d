from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

STAFF = "base.group_user"
#: What a change of makes an address a new one.
WHERE = {"street", "street2", "zip", "city", "state_id", "country_id"}


class ResPartner(models.Model):
    """Addresses that buyers keep themselves."""

    _inherit = "res.partner"

    b2b_one_order = fields.Boolean(
        "For one order",
        copy=False,
        groups=STAFF,
        help="Entered at checkout for a single order: not in the buyers' address "
        "book. Untick it to keep the address there.",
    )
    b2b_unconfirmed = fields.Boolean(
        "New address",
        copy=False,
        groups=STAFF,
        help="Entered or changed by a buyer. The first order on account that goes "
        "there waits for the order desk; its release confirms the address.",
    )

    # -- archive -----------------------------------------------------------------

    def _b2b_book_orders(self):
        """Orders that still go to this address or are invoiced to it."""
        open_order = (
            Domain("state", "=", "draft")
            & Domain("b2b_submit_state", "in", ("queued", "waiting"))
            | Domain("state", "=", "sent")
            | Domain("state", "=", "sale")
            & Domain("b2b_historical", "=", False)
            & (
                Domain("delivery_status", "in", ("pending", "started", "partial"))
                | Domain("invoice_status", "=", "to invoice")
            )
        )
        place = Domain("partner_shipping_id", "in", self.ids)
        place |= Domain("partner_invoice_id", "in", self.ids)
        # sudo: orders of colleagues stop an archive as well; only names come out.
        orders = self.env["sale.order"].sudo()
        return orders.search(place & Domain("b2b_is_cart", "=", False) & open_order)

    def _b2b_check_leaves_book(self):
        """An address that something still needs is not archived by a buyer.

        :raise UserError: with what needs it and what to do
        """
        self.ensure_one()
        _ = self.env._
        name = self._b2b_place_name()
        # sudo: only asked whether something refers to the address.
        party = self.sudo().commercial_partner_id
        if self in (party.b2b_default_delivery_id, party.b2b_default_invoice_id):
            raise UserError(
                _(
                    "%s is the default of your company; make another address the "
                    "default first.",
                    name,
                )
            )
        orders = self._b2b_book_orders().mapped("name")
        if orders:
            names = ", ".join(orders[:3])
            if len(orders) > 3:
                names = _(
                    "%(orders)s and %(count)s more", orders=names, count=len(orders) - 3
                )
            raise UserError(
                _(
                    "%(address)s is needed by open orders: %(orders)s. Archive it when "
                    "they are done.",
                    address=name,
                    orders=names,
                )
            )
        seats = self.env["b2b.seat"].sudo()
        bound = seats.search([("allowed_address_ids", "in", self.ids)], limit=1)
        if bound:
            raise UserError(
                _(
                    "%(address)s is one of the addresses that %(person)s may order "
                    "to; change that under Team first.",
                    address=name,
                    person=bound.user_id.name,
                )
            )
