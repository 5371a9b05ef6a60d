"""Jobs about orders that wait: edited, withdrawn, expired, paid meanwhile."""

from datetime import timedelta

from odoo import fields


def edit_waiting(env, order, quantity):
    """A rep changes what the order says while somebody decides about it."""
    order = env["sale.order"].browse(order)
    order.order_line.product_uom_qty = quantity
    env.flush_all()
    return order.amount_untaxed


def withdraw(env, order):
    env["sale.order"].browse(order).action_b2b_withdraw()


def overdue(env, order):
    """Let the time of a waiting order be over."""
    past = fields.Datetime.now() - timedelta(minutes=5)
    env["sale.order"].browse(order).b2b_keep_until = past


def expire(env, order):
    """One order of the nightly job, as each has a transaction of its own."""
    order = env["sale.order"].browse(order)
    now = fields.Datetime.now()
    if order.b2b_submit_state == "waiting" and order.b2b_keep_until < now:
        order._b2b_expire()
    return order.b2b_submit_state


def expire_all(env):
    """The whole job; it commits by itself."""
    env["sale.order"]._cron_b2b_expire()


def situation(env, order):
    """What a fresh session reads of one order."""
    order = env["sale.order"].browse(order)
    return {
        "state": order.state,
        "submit": order.b2b_submit_state,
        "total": order.amount_untaxed,
        "approved": (order.b2b_gate_pass or {}).get("total"),
        "open": order.b2b_open_hold_ids.mapped("code"),
        "verdicts": order.b2b_decision_ids.mapped("verdict"),
        "pickings": len(order.picking_ids.filtered(lambda p: p.state != "cancel")),
    }
