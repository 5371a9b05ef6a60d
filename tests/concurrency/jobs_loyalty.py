"""What the processes of the points tests do; each runs in one transaction."""

from odoo.fields import Command, Date


def loyalty_shop(env, orders):
    """A program of one point per unit, a party, and draft orders of 33.50 each."""
    env["b2b.loyalty.program"].search([]).active = False
    env["b2b.loyalty.program"].create(
        {"name": "Racing points", "customer_types": "trade", "point_value": 0.01}
    )
    party = env["res.partner"].create(
        {
            "name": "Racing points Ltd",
            "is_company": True,
            "b2b_customer_type": "trade",
            "b2b_state": "active",
        }
    )
    article = env["product.product"].create(
        {
            "name": "Racing service",
            "type": "service",
            "invoice_policy": "order",
            "taxes_id": False,
        }
    )
    line = {"product_id": article.id, "price_unit": 33.5, "tax_ids": False}
    made = env["sale.order"].create(
        [{"partner_id": party.id, "order_line": [Command.create(line)]}] * orders
    )
    return {"party": party.id, "orders": made.ids}


def loyalty_confirm(env, order):
    env["sale.order"].browse(order).action_confirm()


def loyalty_sync(env, order):
    """The same event again, as a retry or a second worker would deliver it."""
    env["sale.order"].browse(order)._b2b_loyalty_sync()


def loyalty_cancel(env, order):
    env["sale.order"].browse(order)._action_cancel()


def loyalty_edit(env, order, price):
    env["sale.order"].browse(order).order_line.price_unit = price
    env.flush_all()


def loyalty_invoices(env, orders):
    """Draft invoices, one for each order."""
    return [env["sale.order"].browse(order)._create_invoices().id for order in orders]


def loyalty_post(env, move):
    env["account.move"].browse(move).action_post()


def loyalty_grant(env, move):
    """Bring the ledger to a posted document, whoever does it first."""
    env["account.move"].browse(move)._b2b_loyalty_sync()


def loyalty_forget(env, moves):
    """As if the documents had been posted before the addon was there."""
    entries = env["b2b.loyalty.entry"].search([("move_id", "in", moves)])
    for account in entries.account_id:
        mine = entries.filtered(lambda e, a=account: e.account_id == a)
        env.cr.execute(
            "UPDATE b2b_loyalty_account SET balance = balance - %s WHERE id = %s",
            [sum(mine.mapped("points")), account.id],
        )
    env.cr.execute("DELETE FROM b2b_loyalty_entry WHERE id IN %s", [tuple(entries.ids)])


def loyalty_adjust(env, party, points, key, **values):
    accounts = env["b2b.loyalty.account"].sudo()
    program = env["b2b.loyalty.program"].search([], limit=1)
    party = env["res.partner"].browse(party)
    accounts._b2b_book(
        [
            {
                "account_id": accounts._b2b_get(program.id, party).id,
                "kind": "adjust",
                "points": points,
                "date": env.cr.now().date(),
                "idempotency_key": key,
                "reason": "race",
                **values,
            }
        ]
    )


def loyalty_give(env, party, points):
    """Points that the party can use."""
    loyalty_adjust(env, party, points, f"give:{party}:{points}")


def loyalty_ending(env, party, points, day):
    """Points that end on a day."""
    loyalty_adjust(env, party, points, f"ending:{party}", expires_on=Date.to_date(day))


def loyalty_choose(env, order, points):
    return env["sale.order"].browse(order)._b2b_points_choose(points).points


def loyalty_wait(env, order):
    """As an order that was submitted and waits for a decision."""
    order = env["sale.order"].browse(order)
    order._b2b_settle_lines()
    order.write({"b2b_submit_state": "waiting"})
    env.flush_all()


def loyalty_release(env, order):
    """The waiting order ends, whoever ends it."""
    order = env["sale.order"].browse(order)
    if order.b2b_submit_state == "waiting":
        order._b2b_end_submission("failed", "expired")
    env.flush_all()


def loyalty_expire(env, party, day):
    accounts = env["b2b.loyalty.account"].search([("party_id", "=", party)])
    return accounts._b2b_expire(Date.to_date(day))


def loyalty_used(env, orders):
    found = env["sale.order"].browse(orders)
    return [(one.state, one.b2b_points_used, one.amount_total) for one in found]


def loyalty_figures(env, party):
    """Everything that must agree, read in a fresh session."""
    accounts = env["b2b.loyalty.account"].search([("party_id", "=", party)])
    entries = accounts.entry_ids
    return {
        "accounts": len(accounts),
        "balance": sum(accounts.mapped("balance")),
        "pending": sum(accounts.mapped("pending")),
        "reserved": sum(accounts.mapped("reserved")),
        "rows": sorted(entries.mapped(lambda e: (e.kind, e.points))),
        "drift": len(accounts._b2b_drift()),
    }


def loyalty_import(env, party, reference):
    """Odoo's import of one historical order; what was refused, else the number."""
    article = env["product.product"].search([("name", "=", "Racing service")], limit=1)
    result = env["sale.order"].load(
        [
            "name",
            "partner_id/.id",
            "date_order",
            "b2b_historical",
            "order_line/product_id/.id",
            "order_line/product_uom_qty",
            "order_line/price_unit",
        ],
        [
            [
                reference,
                str(party),
                "2026-01-05 10:00:00",
                "1",
                str(article.id),
                "1",
                "33.5",
            ]
        ],
    )
    return result["messages"][0]["message"] if not result["ids"] else result["ids"]
