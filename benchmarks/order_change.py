"""Change 20 lines of a confirmed order with 200 lines."""

from benchmarks import orders

GOAL = "10x faster"
LINES = 200
CHANGED = 20


def prepare(env):
    order = orders.order(env, LINES)
    order.action_confirm()
    assert order.state == "sale", f"the order is {order.state}"
    return order.id


def run(env, prepared):
    order = env["sale.order"].browse(prepared)
    lines = order.order_line[:CHANGED]
    values = [
        (1, line.id, {"product_uom_qty": line.product_uom_qty + 1}) for line in lines
    ]
    order.write({"order_line": values})
