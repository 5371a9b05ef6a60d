"""Who acts, for which party, under which terms: built once per request.

Pages, JSON calls and model methods of the portal take this object instead of
reading the session, so that a model test can build the same one.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TradeContext:
    """Facts of one request. All records carry superuser rights: check first."""

    env: Any
    user: Any
    seat: Any
    party: Any
    agreement: Any
    pricelist: Any
    fiscal_position: Any
    company: Any
    warehouse: Any
    permissions: frozenset
    cart: Any

    def can(self, permission):
        """Whether the seat holds the permission."""
        return permission in self.permissions

    @property
    def currency(self):
        """Currency prices are shown in: that of the cart, else of the list."""
        return (
            self.cart.currency_id
            or self.pricelist.currency_id
            or self.company.currency_id
        )

    @property
    def contact(self):
        """The person's contact below the party."""
        return self.user.partner_id

    @property
    def may_buy(self):
        """Right to order and a party that may: a blocked one may only look."""
        return self.can("place_orders") and self.party.b2b_state == "active"


def build_context(env):
    """Return the :class:`TradeContext` of ``env.user``, or None without seat."""
    return env["b2b.portal.context"]._b2b_build()
