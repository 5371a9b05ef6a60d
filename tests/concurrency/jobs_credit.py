"""What the processes of the credit tests do; each runs in one transaction."""

from odoo import fields
from odoo.fields import Command


def make_credit(env, limit, party=None, group=None, action="hold"):
    owner = {"party_id": party} if party else {"party_group_id": group}
    account = env["b2b.credit.account"].create(
        {
            **owner,
            "action": action,
            "overdue_action": "none",
            "currency_id": env.company.currency_id.id,
            "limit_ids": [Command.create({"amount": limit, "date_from": False})],
        }
    )
    return account.id


def make_credit_group(env, parties):
    group = env["b2b.party.group"].create(
        {
            "name": "Racing holding",
            "party_member_ids": [
                Command.create({"partner_id": party}) for party in parties
            ],
        }
    )
    return group.id


def make_credit_team(env, party):
    """Two credit controllers, to decide at the same instant."""
    role = env.ref("b2b_party.group_credit")
    users = env["res.users"].create(
        [
            {
                "name": f"Controller {number}",
                "login": f"controller{number}@{party}.example.com",
                "group_ids": [Command.link(role.id)],
            }
            for number in range(2)
        ]
    )
    return users.ids


def make_bill(env, party, amount):
    """A draft invoice without an order."""
    move = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": party,
            "invoice_date": fields.Date.today(),
            "invoice_line_ids": [
                Command.create({"name": "Goods", "price_unit": amount, "tax_ids": []})
            ],
        }
    )
    return move.id


def bill_now(env, party, amount):
    """An invoice without an order is made and posted in one go."""
    move = env["account.move"].browse(make_bill(env, party, amount))
    move.action_post()
    return move.state


def post_bill(env, move):
    env["account.move"].browse(move).action_post()
    return "posted"


def invoice_order(env, order):
    """The whole of a confirmed order is invoiced."""
    move = env["sale.order"].browse(order)._create_invoices()
    move.action_post()
    return move.id


def reset_bill(env, move):
    """A posted invoice is cancelled: its order is open again."""
    env["account.move"].browse(move).button_cancel()
    return "cancelled"


def receive_money(env, party, amount):
    payment = env["account.payment"].create(
        {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": party,
            "amount": amount,
        }
    )
    payment.action_post()
    return payment.state


def set_limit(env, account, amount):
    env["b2b.credit.account"].browse(account).limit_ids.amount = amount
    env.flush_all()
    return amount


def release_credit(env, order):
    holds = env["sale.order"].sudo().browse(order).b2b_open_hold_ids
    holds.with_user(env.user).action_release("good for it")
    return "release"


def credit_figures(env, account):
    """Everything that must agree, read in a fresh session."""
    account = env["b2b.credit.account"].browse(account)
    exposure = account._b2b_exposures(fresh=True)[account.id]
    entries = account.entry_ids.filtered("order_id").sorted("id")
    parties = account._b2b_parties()
    orders = env["sale.order"].search([("b2b_party_id", "in", parties.ids)])
    held = orders.filtered(
        lambda order: any(
            hold.code == "credit" and hold.key == str(account.id)
            for hold in order.b2b_open_hold_ids
        )
    )
    waiting = orders.filtered(lambda o: o.b2b_submit_state == "waiting") - held
    sold = orders.filtered(lambda order: order.state == "sale")
    return {
        "limit": exposure.limit,
        "posted": exposure.posted,
        "drafted": exposure.drafted,
        "confirmed": exposure.confirmed,
        "waiting": exposure.waiting,
        "available": exposure.available,
        "ledger": sum(e.amount for e in entries if e.kind == "confirmed"),
        "ledger_waiting": sum(e.amount for e in entries if e.kind == "waiting"),
        "open": sum(sold.mapped("b2b_credit_amount")),
        "orders_waiting": sum(waiting.mapped("amount_total")),
        "states": orders.mapped("state"),
        "held": len(held),
        "permissions": [e.permission for e in entries if e.kind == "confirmed"],
        "decisions": len(orders.b2b_hold_ids.decision_ids),
        "drift": [
            [row["account_id"], row["order_id"], str(row["booked"])]
            for row in env["b2b.credit.account"]._b2b_credit_drift()
            if row["account_id"] == account.id
        ],
    }
