from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, MissingError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.b2b_party.tools import columns

from ..rules import cart_names
from .sale_order_cart import MAX_ROWS

#: Deleted carts can be brought back for so many days.
KEEP_DELETED_DAYS = 7


class SaleOrder(models.Model):
    """Several carts of one seat: which are open, which is current, their names."""

    _inherit = "sale.order"

    b2b_cart_name = fields.Char(
        "Cart name",
        copy=False,
        help="What the buyer called the cart; empty for the one that needs no name.",
    )
    b2b_cart_chosen_at = fields.Datetime(
        "Cart chosen on",
        copy=False,
        readonly=True,
        help="When the buyer last turned to this cart. The latest one is current, on "
        "every device.",
    )
    b2b_cart_deleted_at = fields.Datetime(
        "Cart deleted on",
        copy=False,
        readonly=True,
        help="The buyer deleted the cart; it can be brought back for some days.",
    )

    b2b_cart_title = fields.Char("Buyer's cart", compute="_compute_b2b_cart_title")

    _b2b_one_cart = models.UniqueIndex(
        "(b2b_seat_id, company_id, LOWER(COALESCE(b2b_cart_name, '')))"
        " WHERE b2b_is_cart AND state = 'draft' AND b2b_cart_deleted_at IS NULL",
        "This cart exists already.",
    )

    @api.model
    def _b2b_protected_fields(self):
        own = {"b2b_cart_chosen_at", "b2b_cart_deleted_at"}
        return super()._b2b_protected_fields() | own

    @api.depends("b2b_is_cart", "b2b_cart_name", "b2b_cart_deleted_at", "state")
    @api.depends_context("lang")
    def _compute_b2b_cart_title(self):
        """What staff read of a cart; an order keeps the name of its cart."""
        _ = self.env._
        for order in self:
            title = order.b2b_cart_name or ""
            if order.b2b_is_cart:
                title = order._b2b_cart_label()
            if order.b2b_cart_deleted_at:
                title = _("%s, deleted by the buyer", title)
            order.b2b_cart_title = title

    def action_draft(self):
        """A deleted cart that staff take up is theirs: a quotation like others."""
        self.check_access("write")
        deleted = self.filtered("b2b_cart_deleted_at")
        # sudo: both are marks of ours, which people do not write
        deleted.sudo().write({"b2b_is_cart": False, "b2b_cart_deleted_at": False})
        return super().action_draft()

    # -- finding and making ----------------------------------------------------

    @api.model
    def _b2b_carts_domain(self, seat, company):
        """Open carts of the seat: nobody submitted or deleted them."""
        return (
            Domain("b2b_seat_id", "=", seat.id)
            & Domain("company_id", "=", company.id)
            & Domain("b2b_is_cart", "=", True)
            & Domain("state", "=", "draft")
            & Domain("b2b_submit_state", "in", ["none", "failed"])
            & Domain("b2b_cart_deleted_at", "=", False)
        )

    @api.model
    def _b2b_deleted_carts_domain(self, seat, company):
        """Carts that the seat deleted and can bring back."""
        return (
            Domain("b2b_seat_id", "=", seat.id)
            & Domain("company_id", "=", company.id)
            & Domain("b2b_is_cart", "=", True)
            & Domain("state", "=", "cancel")
            & Domain("b2b_cart_deleted_at", "!=", False)
        )

    @api.model
    def _b2b_carts(self, seat, company):
        """Open carts of the seat with superuser rights, the current one first.

        That is the one the buyer turned to last: no cart has to be made current when
        another one is ordered or deleted, and there are never two.
        """
        orders = self.sudo()
        # Complete: most pages would read the rest at once.
        return orders.search_fetch(
            self._b2b_carts_domain(seat, company),
            columns(orders),
            order="b2b_cart_chosen_at desc nulls last, id",
        )

    @api.model
    def _b2b_cart_find(self, seat, company):
        """The seat's current cart, or an empty recordset."""
        return self._b2b_carts(seat, company)[:1]

    @api.model
    def _b2b_cart_get(self, context, create=False):
        """The cart of the request; made when missing and ``create`` is set.

        Where the page showed none, that is the one without a name.
        """
        Order = context.env["sale.order"]
        cart = context.cart or Order.search(
            self._b2b_carts_domain(context.seat, context.company)
            & Domain("b2b_cart_name", "=", False)
        )
        if cart or not create:
            return cart
        return self._b2b_cart_make(context)

    @api.model
    def _b2b_cart_make(self, context, **values):
        """A new open cart of the seat."""
        try:
            with self.env.cr.savepoint():
                return context.env["sale.order"].create(
                    {**self._b2b_cart_vals(context), **values}
                )
        except psycopg2.errors.UniqueViolation as exc:
            # A second tab was quicker: the request is repeated and finds its cart.
            raise ConcurrencyError("cart made by another request") from exc

    @api.model
    def _b2b_cart_vals(self, context):
        party = context.party
        address = party.address_get(["delivery", "invoice"])
        own = context.seat._b2b_delivery_address()
        return {
            "partner_id": context.contact.id,
            "partner_invoice_id": address["invoice"],
            "partner_shipping_id": own.id or address["delivery"],
            "company_id": context.company.id,
            "b2b_is_cart": True,
            "b2b_seat_id": context.seat.id,
            "b2b_agreement_id": context.agreement.id,
            "b2b_channel_id": self.env["ir.model.data"]._xmlid_to_res_id(
                "b2b_party.channel_portal"
            ),
        }

    @api.model
    def _b2b_own_cart(self, context, cart_id, deleted=False):
        """An open cart of the seat by the id a browser sent, or a deleted one.

        :raise MissingError: for none and somebody else's, in the same words
        :raise UserError: for an own one that was ordered meanwhile
        """
        mine = Domain("id", "=", cart_id) & Domain("b2b_seat_id", "=", context.seat.id)
        Order = context.env["sale.order"]
        find = self._b2b_deleted_carts_domain if deleted else self._b2b_carts_domain
        cart = Order.search(mine & find(context.seat, context.company))
        if cart:
            return cart
        ordered = Order.search(mine & Domain("b2b_submitted_at", "!=", False))
        if ordered:
            raise UserError(
                self.env._(
                    "This cart was ordered meanwhile, as %s. Nothing was changed.",
                    ordered.name,
                )
            )
        raise MissingError(self.env._("There is no such cart."))

    # -- words -----------------------------------------------------------------

    def _b2b_cart_label(self):
        """The cart's name; the one that never got one is the main cart."""
        return self.b2b_cart_name or self.env._("Main cart")

    def _b2b_carts_quantities(self):
        """``{cart id: {product id: quantity}}`` of several carts, in one query."""
        if len(self) < 2:
            return {cart.id: cart._b2b_cart_quantities() for cart in self}
        found = {cart.id: {} for cart in self}
        groups = self.env["sale.order.line"]._read_group(
            Domain("order_id", "in", self.ids) & self._b2b_cart_lines_domain(),
            ["order_id", "product_id"],
            ["product_uom_qty:sum"],
        )
        for order, product, quantity in groups:
            found[order.id][product.id] = quantity
        return found

    # -- names -----------------------------------------------------------------

    @api.model
    def _b2b_cart_turn(self, context):
        """Carts of one seat are made and named one after the other.

        Odoo repeats the second of two requests at once, which sees what the first left.
        """
        self.env["b2b.order.list"]._b2b_one_after_another(context.seat)

    @api.model
    def _b2b_cart_names(self, context, but=None):
        """Names of the seat's open carts, but for one of them."""
        carts = self._b2b_carts(context.seat, context.company)
        if but:
            carts -= but
        return [cart._b2b_cart_label() for cart in carts]

    @api.model
    def _b2b_read_cart_name(self, context, text, cart=None):
        """A name as typed, or one sentence about what is wrong with it.

        :raise UserError: for no name, one that is too long or used
        """
        name, problem = cart_names.read_name(text)
        if problem == cart_names.NO_NAME:
            raise UserError(
                self.env._("Give the cart a name, such as “Spring window”.")
            )
        if problem:
            raise UserError(
                self.env._(
                    "The name of a cart has at most %s signs.", cart_names.NAME_SIZE
                )
            )
        self._b2b_cart_turn(context)
        used = self._b2b_cart_names(context, cart)
        # Without a name of its own a cart is called that.
        if cart_names.is_used(name, [*used, self.env._("Main cart")]):
            raise UserError(self.env._("You have a cart “%s” already.", name))
        return name

    @api.model
    def _b2b_check_cart_room(self, context):
        """Refuse one cart too many; ordering or deleting one makes room."""
        count = len(self._b2b_carts(context.seat, context.company))
        if count >= cart_names.MAX_CARTS:
            raise UserError(
                self.env._("You have %s open carts; order or delete one first.", count)
            )

    # -- what a buyer does with his carts ----------------------------------------

    def _b2b_cart_choose(self):
        """Make this the current cart of its seat, on all devices.

        Past the ORM: turning to a cart is no change of it. The clock, because two
        carts may be chosen in one transaction.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE sale_order SET b2b_cart_chosen_at = clock_timestamp()"
                " AT TIME ZONE 'UTC' WHERE id = %s",
                self.id,
            )
        )
        self.invalidate_recordset(["b2b_cart_chosen_at"], flush=False)

    @api.model
    def _b2b_cart_new(self, context, name):
        """An empty cart of that name under the party's usual terms; now current.

        :raise UserError: for a name that cannot be used, or one cart too many
        """
        name = self._b2b_read_cart_name(context, name)
        self._b2b_check_cart_room(context)
        usual = context.for_cart(context.cart[:0])
        fresh = self._b2b_cart_make(usual, b2b_cart_name=name)
        fresh._b2b_cart_choose()
        return fresh

    def _b2b_cart_rename(self, context, name):
        self.ensure_one()
        self.b2b_cart_name = self._b2b_read_cart_name(context, name, self)

    def _b2b_cart_copy(self, context, name):
        """A cart of that name with the same articles, at today's prices; now current.

        Agreement and address come along while they can be used.

        :return: ``(cart, added, left_out)``, numbers of articles
        """
        self.ensure_one()
        fresh = self._b2b_cart_new(context, name)
        if self.b2b_agreement_id in context.agreements - fresh.b2b_agreement_id:
            fresh._b2b_switch_agreement(self.b2b_agreement_id)
            # It was made so, nobody switched it.
            fresh._b2b_forget_switch()
        address = self.partner_shipping_id
        if (
            address in self._b2b_checkout_addresses(context)
            and not address.b2b_one_order
            and address != fresh.partner_shipping_id
        ):
            fresh.partner_shipping_id = address
        rows, results = list(self._b2b_cart_quantities().items()), []
        for start in range(0, len(rows), MAX_ROWS):
            results += self._b2b_cart_set_lines(
                context.for_cart(fresh), rows[start : start + MAX_ROWS], "add"
            )
        left_out = sum(1 for row in results if row["error"])
        return fresh, len(results) - left_out, left_out

    def _b2b_cart_empty(self):
        """Take everything out; returns the rows that Undo sets again."""
        self.ensure_one()
        self._b2b_cart_lock()
        rows = list(self._b2b_cart_quantities().items())
        lines = self._b2b_cart_lines()
        if lines:
            self.write(
                {"order_line": [fields.Command.delete(line.id) for line in lines]}
            )
        return rows

    def _b2b_cart_delete(self):
        """Put the cart away; :meth:`_b2b_cart_restore` brings it back.

        For everybody else it is cancelled at once and counts nowhere. Only its state
        is written: nothing is booked for a cart, and it comes back as it was.
        """
        self.ensure_one()
        self.write({"state": "cancel", "b2b_cart_deleted_at": fields.Datetime.now()})

    def _b2b_cart_restore(self, context):
        """Undo of a deletion, under a name that is free.

        :raise UserError: when there is no room for it any more
        """
        self.ensure_one()
        self._b2b_cart_turn(context)
        self._b2b_check_cart_room(context)
        used = self._b2b_cart_names(context)
        name = self._b2b_cart_label()
        if cart_names.is_used(name, used):
            self.b2b_cart_name = cart_names.free_name(name, used)
        self.write({"state": "draft", "b2b_cart_deleted_at": False})
        # As long as it was away, nobody told it about another number or address.
        self._b2b_follow_facts()
        self._b2b_cart_choose()

    def _b2b_cart_again(self, context):
        """Let an order that came back be a cart beside the others; now current.

        It goes by its number where its name is used meanwhile.
        """
        self.ensure_one()
        self._b2b_cart_turn(context)
        self._b2b_check_cart_room(context)
        used = self._b2b_cart_names(context)
        if cart_names.is_used(self._b2b_cart_label(), used):
            self.b2b_cart_name = cart_names.free_name(self.name, used)
        self.b2b_is_cart = True
        self._b2b_cart_choose()

    @api.autovacuum
    def _gc_b2b_deleted_carts(self):
        """Carts that were deleted days ago are not brought back any more."""
        before = fields.Datetime.now() - timedelta(days=KEEP_DELETED_DAYS)
        limit = 1000
        outdated = self.search(
            [
                ("b2b_is_cart", "=", True),
                ("state", "in", ("draft", "cancel")),
                ("b2b_cart_deleted_at", "<", before),
            ],
            limit=limit,
        )
        outdated.unlink()
        return len(outdated), len(outdated) == limit  # done, and whether there are more
