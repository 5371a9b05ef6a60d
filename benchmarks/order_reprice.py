"""Update the prices of an open order with 1,000 lines."""

from benchmarks import orders

GOAL = "watched, no goal yet"
LINES = 1000
PRODUCTS = 200


def prepare(env):
    return orders.order(env, LINES, orders.articles(env, PRODUCTS)).id


def run(env, prepared):
    order = env["sale.order"].browse(prepared)
    order.action_update_prices()
    assert order.amount_total
