"""Confirm an order with 200 lines."""

from benchmarks import orders

GOAL = "at most 1.10x the time and 15 queries more"
LINES = 200


def prepare(env):
    return orders.order(env, LINES).id


def run(env, prepared):
    order = env["sale.order"].browse(prepared)
    order.action_confirm()
    assert order.state == "sale", f"the order is {order.state}"
