"""Links of mails lead to the right seat, or say for whom to act."""

from odoo.exceptions import MissingError
from odoo.http import request

from .base import forbidden, render


def found_here(ctx, order_id, find, *, permission=None):
    """``(order, None)``, or ``(None, page)`` when it belongs to another own seat.

    :param find: takes context and id; raises ``MissingError``
    :raise MissingError: for what is nobody's of this person, as if it did not exist
    :raise TradeError: 403 when this seat may not open such pages at all
    """
    missing = None
    if not permission or ctx.can(permission):
        try:
            return find(ctx, order_id), None
        except MissingError as error:
            missing = error
    offer = ctx.env["b2b.portal.context"]._b2b_elsewhere(
        ctx, order_id, find, permission
    )
    if not offer:
        raise missing or forbidden()
    values = {"offer": offer, "go": request.httprequest.path}
    title = request.env._("Another company")
    return None, render("b2b_portal.elsewhere_page", values, title=title)
