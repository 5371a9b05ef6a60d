"""Jobs of two devices of one buyer that fill, name and send carts."""

from odoo.exceptions import UserError


def _context(env, cart=None):
    return env["b2b.portal.context"]._b2b_build(cart)


def open_catalog(env):
    """Everybody may buy everything; the demo's own catalogs are not looked at."""
    env["b2b.catalog"].search([]).active = False
    catalog = env["b2b.catalog"].create(
        {"name": "All", "audience": "trade", "whole_range": True}
    )
    return catalog.id


def make_article(env):
    return env["product.product"].create({"name": "Other", "list_price": 5.0}).id


def add_to_cart(env, article, quantity, cart=None):
    """What the catalog's button does."""
    context = _context(env, cart)
    if context.lost_cart:
        raise UserError("lost")
    results = env["sale.order"]._b2b_cart_set_lines(
        context, [(article, quantity)], "add"
    )
    return [result["error"] for result in results]


def set_in_cart(env, article, quantity, seen, cart=None):
    """What leaving a field of the cart page does."""
    results = env["sale.order"]._b2b_cart_set_lines(
        _context(env, cart), [(article, quantity)], "set", seen={article: seen}
    )
    return results[0]["error"]


def new_cart(env, name):
    return env["sale.order"]._b2b_cart_new(_context(env), name).id


def choose_cart(env, cart):
    env["sale.order"]._b2b_own_cart(_context(env), cart)._b2b_cart_choose()


def delete_cart(env, cart):
    env["sale.order"]._b2b_own_cart(_context(env), cart)._b2b_cart_delete()


def send_cart(env, cart, token):
    """What the last button of the checkout does."""
    context = _context(env, cart)
    if context.lost_cart:
        raise UserError("lost")
    context.cart._b2b_checkout_submit(context, token, ("unusual",))
    return context.cart.b2b_is_cart


def carts_of(env, seat):
    """``[id, name, {article: quantity}]`` of the open carts, the current one first."""
    seat = env["b2b.seat"].browse(seat)
    carts = env["sale.order"]._b2b_carts(seat, env.company)
    return [
        [cart.id, cart.b2b_cart_name or "", sorted(cart._b2b_cart_quantities().items())]
        for cart in carts
    ]


def lines_of(env, order):
    order = env["sale.order"].browse(order)
    lines = order._b2b_cart_lines()
    return sorted([line.product_id.id, line.product_uom_qty] for line in lines)
