"""Jobs of the race about one order that waits for a rule."""

from datetime import timedelta

from odoo import Command, fields


def make_rule(env, party, steps):
    """A rule for every order; each step asks these seats, one of them is enough."""
    rows = [
        Command.create({"sequence": number, "seat_ids": [Command.set(seats)]})
        for number, seats in enumerate(steps, 1)
    ]
    rule = env["b2b.approval.rule"].create(
        {"name": "Race", "party_id": party, "always": True, "step_ids": rows}
    )
    return rule.id


def withdraw(env, order):
    env["sale.order"].browse(order).action_b2b_withdraw()
    return "withdrawn"


def open_holds(env, order):
    return env["sale.order"].sudo().browse(order).b2b_open_hold_ids.ids


def answer_holds(env, holds, verdict):
    """Decide about the holds that the page has shown, whatever became of them."""
    holds = env["b2b.order.hold"].browse(holds).with_user(env.user)
    getattr(holds, f"action_{verdict}")("because")
    return verdict


def change_waiting(env, order, quantity):
    """A rep changes a line of the order that waits."""
    env["sale.order"].browse(order).order_line.product_uom_qty = quantity
    env.flush_all()
    return quantity


def press(env, order, seconds=10):
    """What the portal does: the decision counts after some seconds."""
    orders = env["sale.order"].sudo().browse(order)
    made = env["b2b.order.decision.pending"]._b2b_make(orders, env.user, "released")
    made.effective_at = fields.Datetime.now() + timedelta(seconds=seconds)
    return made.ids


def let_count(env, rows):
    rows = env["b2b.order.decision.pending"].sudo().browse(rows)
    rows._b2b_take_effect()
    return rows.mapped("state")


def take_back(env, rows):
    rows = env["b2b.order.decision.pending"].sudo().browse(rows)
    rows._b2b_take_back(env.user)
    return rows.mapped("state")


def standing(env, order):
    """Where the order stands, read in a fresh session."""
    order = env["sale.order"].sudo().browse(order)
    return {
        "state": order.state,
        "submit": order.b2b_submit_state,
        "quantity": sum(order.order_line.mapped("product_uom_qty")),
        "holds": order.b2b_hold_ids.mapped("state"),
        "open": len(order.b2b_open_hold_ids),
        "verdicts": order.b2b_decision_ids.sorted("id").mapped("verdict"),
        "users": order.b2b_decision_ids.sorted("id").user_id.ids,
        "pending": order.b2b_pending_decision_ids.ids,
    }
