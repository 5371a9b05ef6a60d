"""What the processes of the concurrency tests do; each runs in one transaction."""

from odoo.fields import Command


def make_party(env, buyers):
    """A trade party with ``buyers`` buyers, two approvers, and an article at 10."""
    party = env["res.partner"].create(
        {"name": "Racing Ltd", "is_company": True, "b2b_customer_type": "trade"}
    )
    if "b2b_state" in party._fields:
        party.b2b_state = "active"
    # Sixteen buyers order the same in one second; that is not what is looked at.
    if "b2b_unusual_repeats" in env.company._fields:
        env.company.write(
            {f"b2b_unusual_{name}": False for name in ("first", "places", "repeats")}
        )

    def seat(name, role):
        role = env.ref(f"b2b_party.role_{role}")
        email = f"{name}@{party.id}.example.com"
        return env["b2b.seat"]._b2b_create_login(party, name, email, role)

    seats = [seat(f"buyer{number}", "buyer") for number in range(buyers)]
    approvers = [seat(f"approver{number}", "approver") for number in range(2)]
    article = env["product.product"].create(
        {"name": "Racing article", "list_price": 10.0, "taxes_id": False}
    )
    return {
        "party": party.id,
        "seats": [one.id for one in seats],
        "users": [one.user_id.id for one in seats],
        "approver_seats": [one.id for one in approvers],
        "approvers": [one.user_id.id for one in approvers],
        "article": article.id,
    }


def make_budget(env, party, approvers, amount, action):
    budget = env["b2b.budget"].create(
        {
            "name": "Shop floor",
            "party_id": party,
            "amount": amount,
            "action": action,
            "supervisor_ids": [Command.set(approvers)],
            "currency_id": env.company.currency_id.id,
        }
    )
    return budget.id


def make_orders(env, seats, article, quantity):
    orders = env["sale.order"]
    for seat in env["b2b.seat"].browse(seats):
        orders += env["sale.order"].create(
            {
                "partner_id": seat.user_id.partner_id.id,
                "b2b_seat_id": seat.id,
                "b2b_orderer_id": seat.user_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": article,
                            "product_uom_qty": quantity,
                            "price_unit": 10.0,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
    return orders.ids


def submit(env, order, turn=True):
    """What the portal does with the order of the signed-in buyer."""
    order = env["sale.order"].sudo().browse(order)
    if turn:
        order._b2b_take_turn()
    return order._b2b_submit()["state"]


def confirm(env, orders):
    env["sale.order"].browse(orders).action_confirm()
    return env["sale.order"].browse(orders).mapped("state")


def cancel(env, order):
    env["sale.order"].browse(order)._action_cancel()


def edit(env, order, quantity):
    """A rep changes a confirmed order."""
    env["sale.order"].browse(order).order_line.product_uom_qty = quantity
    env.flush_all()
    return env["sale.order"].browse(order).amount_untaxed


def decide(env, order, verdict):
    holds = env["sale.order"].sudo().browse(order).b2b_open_hold_ids
    getattr(holds.with_user(env.user), f"action_{verdict}")("because")
    return verdict


def change_amount(env, budget, amount):
    env["b2b.budget"].browse(budget).amount = amount
    env.flush_all()
    return amount


def figures(env, budget):
    """Everything that must agree, read in a fresh session."""
    budget = env["b2b.budget"].browse(budget)
    period = budget.period_ids
    parties = budget._b2b_parties()
    orders = env["sale.order"].search([("b2b_party_id", "in", parties.ids)])
    held = orders.filtered(
        lambda order: any(hold.code == "budget" for hold in order.b2b_open_hold_ids)
    )
    waiting = orders.filtered(lambda o: o.b2b_submit_state == "waiting") - held
    entries = budget.entry_ids.sorted("id")
    return {
        "amount": budget.amount,
        "periods": len(period),
        "period_amount": sum(period.mapped("amount")),
        "used": sum(period.mapped("used")),
        "pending": sum(period.mapped("pending")),
        "ledger_used": sum(e.amount for e in entries if e.kind == "used"),
        "ledger_pending": sum(e.amount for e in entries if e.kind == "pending"),
        "sold": sum(o.amount_untaxed for o in orders if o.state == "sale"),
        "waiting": sum(waiting.mapped("amount_untaxed")),
        "states": orders.mapped("state"),
        "held": len(held),
        "entries": [
            [e.order_id.id, e.kind, e.amount, e.left_after, e.permission, e.user_id.id]
            for e in entries
        ],
        "pickings": [len(order.picking_ids) for order in orders],
        "decisions": len(orders.b2b_hold_ids.decision_ids),
        "drift": env["b2b.budget.period"]._b2b_counter_drift(),
        "order_drift": env["b2b.budget.period"]._b2b_order_drift().ids,
    }
