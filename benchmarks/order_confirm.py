"""Confirm an order with 200 lines."""

GOAL = "at most 1.10x the time and 15 queries more"
LINES = 200
PRODUCTS = 50


def prepare(env):
    products = env["product.product"].create(
        [
            {"name": f"Article {n}", "list_price": 1 + n / 10, "is_storable": True}
            for n in range(PRODUCTS)
        ]
    )
    customer = env["res.partner"].create({"name": "Bench Ltd", "is_company": True})
    lines = [
        (0, 0, {"product_id": products[n % PRODUCTS].id, "product_uom_qty": 1 + n % 7})
        for n in range(LINES)
    ]
    values = {"partner_id": customer.id, "order_line": lines}
    return env["sale.order"].create(values).id


def run(env, prepared):
    order = env["sale.order"].browse(prepared)
    order.action_confirm()
    assert order.state == "sale", f"the order is {order.state}"
