"""Who acts, for which party, under which terms: built once per request.

Pages, JSON calls and model methods of the portal take this object instead of
reading the session, so that a model test can build the same one.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

#: Why a request's cart is not there: the one without a name, or one with a name (and
#: whatever else an id may be).
LOST_MAIN, LOST = "main", "gone"


@dataclass(frozen=True)
class TradeContext:
    """Facts of one request. All records carry superuser rights: check first.

    What not every page needs is looked up when it is first asked for. ``seats`` are
    all active seats of the person, this one among them; ``carts`` its open carts, the
    current one first; ``cart`` the one the page was made for.
    """

    env: Any
    user: Any
    seat: Any
    seats: Any
    party: Any
    company: Any
    permissions: frozenset
    cart: Any
    invitations: Any  #: seats in other companies that the person was offered
    carts: Any
    lost_cart: str = ""  #: not empty when the page's cart is no longer open

    def for_cart(self, cart):
        """The same request about another cart of the seat."""
        return replace(self, cart=cart)

    def under(self, pricelist, currency):
        """The same request at the prices of another list."""
        other = replace(self)
        other.__dict__.update(pricelist=pricelist, currency=currency)
        return other

    def can(self, permission):
        """Whether the seat holds the permission."""
        return permission in self.permissions

    @cached_property
    def agreements(self):
        """Agreements the party can use today."""
        return self.party._b2b_agreements()

    @cached_property
    def agreement(self):
        """The cart's agreement while usable, else the party's default one."""
        return self.env["b2b.portal.context"]._b2b_agreement(self)

    @cached_property
    def pricelist(self):
        """The one list of this party under the agreement."""
        return self.env["b2b.portal.context"]._b2b_pricelist(self)

    @cached_property
    def fiscal_position(self):
        """Of the cart, else of a new order to the default address."""
        return self.env["b2b.portal.context"]._b2b_fiscal_position(self)

    @cached_property
    def warehouses(self):
        """Warehouses of the company, the first one is the default."""
        return self.env["stock.warehouse"].search_fetch(
            [("company_id", "=", self.company.id)], ["name"]
        )

    @cached_property
    def conditions(self):
        """What order conditions do to the page's cart, as it was when first asked."""
        return self.cart.sudo()._b2b_condition_state() if self.cart else {}

    @cached_property
    def quantities(self):
        """``{cart id: {product id: quantity}}`` as it was when first asked."""
        return self.carts._b2b_carts_quantities()

    @cached_property
    def in_cart(self):
        """``{product id: quantity}`` of all open carts of the seat (DECISIONS 22)."""
        together = Counter()
        for quantities in self.quantities.values():
            together.update(quantities)
        return dict(together)

    @property
    def cart_lines(self):
        """Number of articles in the page's cart."""
        return len(self.quantities.get(self.cart.id, ()))

    @cached_property
    def favourites(self):
        """Ids of the articles that the person marked with a heart."""
        return self.env["b2b.portal.lists"]._b2b_favourite_ids(self)

    @cached_property
    def awaited(self):
        """Ids of the articles that the person is told about when they are back."""
        return self.env["b2b.stock.notice"]._b2b_awaited_ids(self)

    @cached_property
    def approval_holds(self):
        """Open holds of the party's orders, for those who approve at all."""
        orders = self.env["sale.order"]
        holds = orders._b2b_approval_holds(self) if self.can("approve") else None
        return holds or self.env["b2b.order.hold"]

    @cached_property
    def approvals(self):
        """Orders that wait for this person, as they were when first asked."""
        return self.env["sale.order"]._b2b_approvals(self)

    @cached_property
    def waiting(self):
        """The person's own orders that wait, the oldest first."""
        return self.env["b2b.portal.frame"]._b2b_waiting(self)

    @cached_property
    def catalog_domain(self):
        """What this party may see; for counting, pages use ``_b2b_products``."""
        return self.env["b2b.catalog"]._b2b_domain(self)

    @cached_property
    def warehouse(self):
        """The warehouse that serves this cart."""
        return self.cart.warehouse_id or self.warehouses[:1]

    @cached_property
    def currency(self):
        """Currency prices are shown in: that of the cart, else of the list."""
        return (
            self.cart.currency_id
            or self.pricelist.currency_id
            or self.company.currency_id
        )

    @property
    def address(self):
        """Where the cart's goods go; nowhere yet without a cart."""
        return self.cart.partner_shipping_id

    @property
    def contact(self):
        """The person's contact below the party."""
        return self.user.partner_id

    @property
    def may_buy(self):
        """Right to order and a party that may: a blocked one may only look."""
        return self.can("place_orders") and self.party.b2b_state == "active"


def build_context(env, cart_id=None):
    """Return the :class:`TradeContext` of ``env.user``, or None without seat.

    :param cart_id: of the cart a page was made for, as it came from a browser
    """
    return env["b2b.portal.context"]._b2b_build(cart_id)
