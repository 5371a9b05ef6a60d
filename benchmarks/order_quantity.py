"""Change one quantity in an open order with 1,000 lines."""

from benchmarks import orders

GOAL = "watched, no goal yet"
LINES = 1000
PRODUCTS = 200


def prepare(env):
    return orders.order(env, LINES, orders.articles(env, PRODUCTS)).id


def run(env, prepared):
    order = env["sale.order"].browse(prepared)
    line = order.order_line[:1]
    line.product_uom_qty += 100
    assert order.amount_total
