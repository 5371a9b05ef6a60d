"""A list of 400 codes to a priced cart.

Plain Odoo has no such page: there somebody adds one article after the other.
"""

from benchmarks import orders

GOAL = "under 2 s"
LINES = 400
PRODUCTS = 400
REPEAT = 2


def prepare(env):
    products = orders.articles(env, PRODUCTS)
    for number, product in enumerate(products):
        product.default_code = f"{20000 + number}"
    customer = orders.customer(env)
    return products.ids, customer.id, "b2b.portal.quick" in env and _seat(env, customer)


def _seat(env, party):
    """Id of a seat whose holder may order."""
    seats = env["b2b.seat"]
    role = env.ref("b2b_party.role_buyer")
    return seats._b2b_create_login(party, "Ann", "ann@bench.example", role).id


def run(env, prepared):
    product_ids, customer_id, seat_id = prepared
    wanted = [(20000 + n, 1 + n % 7) for n in range(LINES)]
    if seat_id:
        cart = _by_list(env, seat_id, wanted)
    else:
        cart = _one_by_one(env, customer_id, product_ids, wanted)
    assert len(cart.order_line) >= LINES and cart.amount_untaxed


def _by_list(env, seat_id, wanted):
    """As the page does: read the text, check it, add what is good."""
    user = env["b2b.seat"].browse(seat_id).user_id
    ctx = env["b2b.portal.context"].with_user(user)._b2b_build()
    text = "code;quantity\n" + "".join(f"{code};{count}\n" for code, count in wanted)
    read = ctx.env["b2b.portal.quick.read"]._b2b_read(text)
    rows = [dict(zip(("nr", "code", "qty"), row, strict=True)) for row in read["rows"]]
    found = ctx.env["b2b.portal.quick"]._b2b_check(ctx, rows)
    lines = [(row["product"], row["quantity"]) for row in found["rows"]]
    ctx.env["sale.order"]._b2b_cart_set_lines(ctx, lines, "add")
    return ctx.env["sale.order"]._b2b_cart_find(ctx.seat, ctx.company)


def _one_by_one(env, customer_id, product_ids, wanted):
    order = env["sale.order"].create({"partner_id": customer_id})
    for product_id, (_code, count) in zip(product_ids, wanted, strict=True):
        line = {"product_id": product_id, "product_uom_qty": count}
        order.write({"order_line": [(0, 0, line)]})
    return order
