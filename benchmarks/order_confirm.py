"""Confirm an order with 200 lines."""

import importlib.util
from pathlib import Path

GOAL = "at most 1.10x the time and 15 queries more"
LINES = 200


def _orders():
    path = Path(__file__).with_name("orders.py")
    spec = importlib.util.spec_from_file_location("benchmark_orders", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepare(env):
    return _orders().order(env, LINES).id


def run(env, prepared):
    order = env["sale.order"].browse(prepared)
    order.action_confirm()
    assert order.state == "sale", f"the order is {order.state}"
