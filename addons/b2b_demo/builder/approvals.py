"""Brightwell's approval rules, who stands in for whom, and what waits because of them.

They come after the other orders: those were sent before the rules were made.
"""

from datetime import timedelta

from odoo import Command, fields

from .articles import article
from .clock import at
from .orders import warnings
from .parties import party
from .people import seat

# key: seat, address, lines, reference, reason, days ago, hour
ORDERS = {
    # Nell's lamps wait in "Shop floor" as well
    "waiting_shop": (
        "nell", "yard", "21731:72 79321:24 84946:12", "PO 45 1189", "", 1, 13,
    ),
    "waiting_lighting": (
        "owen", "leeds", "21731:72 79321:24 84946:24", "PO 45 1192", "", 1, 16,
    ),
    "waiting_amount": (
        "owen", "leeds", "85123A:480 82482:180 22470:120 22112:100",
        "PO 45 1193", "Stock for the reopening in Leeds", 1, 11,
    ),
}  # fmt: skip
#: Points that an order holds while it waits.
POINTS = {"waiting_amount": 1000}


def build(kit):
    _rules(kit)
    _substitute(kit)
    for key in ORDERS:
        _order(kit, key)
    # Nobody is to get mail from a demo.
    kit.env["mail.mail"].search([("state", "=", "outgoing")]).unlink()


def _rules(kit):
    """Large orders need Marcus, then Priya; lamps always ask."""
    marcus, priya = seat(kit, "approver"), seat(kit, "owner")
    common = {
        "party_id": party(kit, "brightwell").id,
        "kept_by": "party",
        "currency_id": kit.env.ref("base.GBP").id,
    }
    kit.records(
        "b2b.approval.rule",
        {
            "rule_large": {
                **common,
                "name": "Large orders",
                "min_amount": 2000.0,
                "step_ids": [
                    Command.create({"sequence": 1, "seat_ids": [Command.set(s.ids)]})
                    for s in (marcus, priya)
                ],
            },
            "rule_lighting": {
                **common,
                "name": "Lighting always asks",
                "category_ids": [Command.set(kit.get("category_lighting").ids)],
                "seat_ids": [Command.set((seat(kit, "owen") | seat(kit, "nell")).ids)],
                "step_ids": [Command.create({"seat_ids": [Command.set(marcus.ids)]})],
            },
        },
    )


def _substitute(kit):
    """Priya is at a fair in two weeks; Marcus decides in her place."""
    kit.record(
        "substitute_priya",
        "b2b.approval.substitute",
        {
            "seat_id": seat(kit, "owner").id,
            "substitute_id": seat(kit, "approver").id,
            "date_from": kit.today + timedelta(days=14),
            "date_to": kit.today + timedelta(days=18),
        },
    )


def _order(kit, key):
    if kit.find(f"order_{key}"):
        return
    who, place, lines, reference, reason, days, hour = ORDERS[key]
    buyer = seat(kit, who)
    moment = kit.moment(days, hour, 20)
    if moment < kit.month_start():
        # Budgets of this month are booked, after what the other orders took.
        moment = kit.env.cr.now()
    with at(moment):
        order = kit.env["sale.order"].create(
            {
                "partner_id": buyer.user_id.partner_id.id,
                "partner_shipping_id": kit.get(f"address_brightwell_{place}").id,
                "b2b_seat_id": buyer.id,
                "b2b_orderer_id": buyer.user_id.id,
                "company_id": kit.company.id,
                "user_id": buyer.party_id.b2b_rep_ids[:1].id,
                "client_order_ref": reference,
                "date_order": fields.Datetime.now(),
                "b2b_reason": reason,
                "order_line": [
                    Command.create(
                        {
                            "product_id": article(kit, code).id,
                            "product_uom_qty": float(quantity),
                        }
                    )
                    for code, quantity in (pair.split(":") for pair in lines.split())
                ],
            }
        )
        kit.name(order, [f"order_{key}"])
        if key in POINTS:
            order._b2b_points_choose(POINTS[key])
        order._b2b_submit("portal", acknowledged=warnings(order))
    if order.b2b_submit_state != "waiting":
        raise RuntimeError(f"{order.name} was to wait for a decision but does not.")
