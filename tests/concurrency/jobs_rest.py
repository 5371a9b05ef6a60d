"""What the processes of the close-rest tests do; each runs in one transaction."""

from odoo.fields import Command


def rest_shop(env):
    """A party with budget, credit and points, and an order of 10 of which 6 came."""
    party = env["res.partner"].create(
        {
            "name": "Racing rests Ltd",
            "is_company": True,
            "b2b_customer_type": "trade",
            "b2b_state": "active",
        }
    )
    seat = env["b2b.seat"]._b2b_create_login(
        party, "Rory", f"rory@{party.id}.example.com", env.ref("b2b_party.role_buyer")
    )
    article = env["product.product"].create(
        {
            "name": "Racing stock",
            "list_price": 10.0,
            "taxes_id": False,
            "is_storable": True,
        }
    )
    env["b2b.loyalty.program"].search([]).active = False
    env["b2b.loyalty.program"].create(
        {"name": "Rest points", "customer_types": "trade", "point_value": 0.01}
    )
    currency = env.company.currency_id.id
    budget = env["b2b.budget"].create(
        {
            "name": "Rests",
            "party_id": party.id,
            "amount": 1000.0,
            "currency_id": currency,
            "start_date": False,
        }
    )
    account = env["b2b.credit.account"].create(
        {"party_id": party.id, "action": "hold", "currency_id": currency}
    )
    limit = {"account_id": account.id, "amount": 1000.0, "date_from": "2020-01-01"}
    env["b2b.credit.limit"].create(limit)
    line = {"product_id": article.id, "product_uom_qty": 10, "price_unit": 10.0}
    order = env["sale.order"].create(
        {
            "partner_id": seat.user_id.partner_id.id,
            "b2b_seat_id": seat.id,
            "b2b_orderer_id": seat.user_id.id,
            "order_line": [Command.create(line)],
        }
    )
    order.action_confirm()
    rest_deliver(env, order.id, 6)
    return {
        "party": party.id,
        "order": order.id,
        "budget": budget.id,
        "account": account.id,
    }


def rest_deliver(env, order, quantity):
    """The warehouse ships so much; the rest becomes a back order."""
    pickings = env["sale.order"].browse(order).picking_ids
    picking = pickings.filtered(lambda p: p.state not in ("done", "cancel"))
    if not picking:
        return "nothing to ship"
    picking.move_ids.write({"quantity": quantity, "picked": True})
    picking._action_done()
    env.flush_all()
    return "shipped"


def rest_close(env, order):
    order = env["sale.order"].browse(order)
    closed = order._b2b_close_rest(order.order_line, "out of the range", "staff")
    return sum(closed.mapped("quantity"))


def rest_edit(env, order, quantity):
    env["sale.order"].browse(order).order_line.product_uom_qty = quantity
    env.flush_all()
    return quantity


def rest_figures(env, party, order, budget, account):
    """What order, warehouse and every ledger say, read in a fresh session."""
    order = env["sale.order"].browse(order)
    budget = env["b2b.budget"].browse(budget)
    account = env["b2b.credit.account"].browse(account)
    points = env["b2b.loyalty.account"].search([("party_id", "=", party)])
    credit = account.entry_ids.filtered(lambda e: e.kind == "confirmed")
    moves = order.order_line.move_ids
    return {
        "ordered": order.order_line.product_uom_qty,
        "delivered": order.order_line.qty_delivered,
        "closed": order.order_line.b2b_closed_qty,
        "amount": order.amount_total,
        "to_ship": sum(
            m.product_uom_qty for m in moves if m.state not in ("done", "cancel")
        ),
        "budget": sum(budget.period_ids.mapped("used")),
        "budget_ledger": sum(budget.entry_ids.mapped("amount")),
        "credit": sum(credit.mapped("amount")),
        "exposure": account._b2b_exposures(fresh=True)[account.id].confirmed,
        "points": sum(points.mapped("pending")),
        "log": len(order.b2b_rest_ids),
        "drift": env["b2b.budget.period"]._b2b_counter_drift(),
        "order_drift": env["b2b.budget.period"]._b2b_order_drift().ids,
        "credit_drift": len(account._b2b_credit_drift()),
    }
