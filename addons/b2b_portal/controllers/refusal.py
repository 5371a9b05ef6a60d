"""Refusals that controllers raise, and what a request may name."""

import re

from odoo.http import request

from ..context import LOST_MAIN

#: Pages that a switch of the seat may lead to: what mails link to.
TARGETS = re.compile(
    r"/trade/(orders/\d{1,10}|order/\d{1,10}/thanks|approvals(/\d{1,10})?|team/invitations"
    r"|budgets/\d{1,10})"
)

#: What a request needs of the cart its page was made for: still open; or open, or the
#: one without a name, which is begun anew; a page, which leads to the cart there is.
OWN, FILL, PAGE = "own", "fill", "page"


class TradeError(Exception):
    """A refusal with its HTTP status and one sentence for the buyer."""

    def __init__(self, status, message, *, heading=None, location=None, cart=False):
        super().__init__(message)
        self.status = status
        self.message = message
        self.heading = heading
        self.location = location  #: where a page leads instead of the refusal
        self.cart = cart  #: whether it is about the page's cart: carts are offered


def not_found():
    """The one answer for what does not exist and what is another party's."""
    return TradeError(404, request.env._("There is no such page, or it is not yours."))


def target(path, default="/trade"):
    """The page of ours that a form names, or the default one: never elsewhere."""
    path = str(path or "")
    return path if TARGETS.fullmatch(path) else default


def forbidden():
    """The seat's role does not include this."""
    return TradeError(403, request.env._("Your role does not include this page."))


def check_cart(ctx, need):
    """409 when the page was made for a cart that is no longer open.

    Nothing is ever written into another cart than the page showed.

    :param need: ``OWN``, ``FILL``, ``PAGE``, or None for requests that touch no cart
    """
    if not need or not ctx.lost_cart:
        return
    if need == FILL and ctx.lost_cart == LOST_MAIN:
        return
    _ = request.env._
    raise TradeError(
        409,
        _(
            "The cart of this page was ordered or deleted meanwhile, in another tab or "
            "on another device. Nothing was changed; load the page again."
        ),
        heading=_("This cart is no longer open"),
        location="/trade/cart?gone=1" if need == PAGE else None,
        cart=True,
    )
