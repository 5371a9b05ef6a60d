"""Change 20 lines of a confirmed order with 200 lines."""

import importlib.util
from pathlib import Path

GOAL = "watched, no goal yet"
LINES = 200
CHANGED = 20


def _orders():
    path = Path(__file__).with_name("orders.py")
    spec = importlib.util.spec_from_file_location("benchmark_orders", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepare(env):
    order = _orders().order(env, LINES)
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
