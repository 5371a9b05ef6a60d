"""Create an order with 1,000 lines."""

from benchmarks import orders

GOAL = "2x faster, under 1,000 queries"
LINES = 1000
PRODUCTS = 200


def prepare(env):
    """A customer and products; both sides have the same."""
    return orders.customer(env).id, orders.articles(env, PRODUCTS).ids


def run(env, prepared):
    customer_id, product_ids = prepared
    products = env["product.product"].browse(product_ids)
    lines = [(0, 0, line) for line in orders.lines(products, LINES)]
    env["sale.order"].create({"partner_id": customer_id, "order_line": lines})
