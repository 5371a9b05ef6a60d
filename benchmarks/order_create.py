"""Create an order with 1,000 lines."""

GOAL = "2x faster, under 1,000 queries"
LINES = 1000
PRODUCTS = 200


def prepare(env):
    """A customer and products; both sides have the same."""
    products = env["product.product"].create(
        [
            {"name": f"Article {n}", "list_price": 1 + n / 10, "is_storable": True}
            for n in range(PRODUCTS)
        ]
    )
    customer = env["res.partner"].create({"name": "Bench Ltd", "is_company": True})
    return customer.id, products.ids


def run(env, prepared):
    customer_id, product_ids = prepared
    lines = [
        (0, 0, {"product_id": product_ids[n % PRODUCTS], "product_uom_qty": 1 + n % 7})
        for n in range(LINES)
    ]
    env["sale.order"].create({"partner_id": customer_id, "order_line": lines})
