"""Points in every state: used on an order, about to end, ended, and below zero."""

from datetime import timedelta

from odoo import fields

from .articles import article
from .orders import warnings
from .people import seat

USED = 500
LINES = (("22961", 12), ("21080", 24))
#: Points of a trade fair: some have ended, some end in three weeks.
FAIR = (("ended", 240, -5), ("ending", 320, 21))


def build(kit):
    accounts = kit.env["b2b.loyalty.account"]
    program = kit.get("program_points")
    buyer = seat(kit, "buyer")
    account = accounts._b2b_get(program.id, buyer.party_id)
    for name, points, days in FAIR:
        last = kit.today + timedelta(days=days)
        _correct(
            kit, account, f"fair-{name}", points, last, "Spring fair in Birmingham"
        )
    accounts.search([("program_id", "=", program.id)])._b2b_expire(kit.today)
    _below_zero(kit, accounts, program)
    _paid(kit, buyer)


def _correct(kit, account, name, points, last, reason):
    account._b2b_book(
        [
            {
                "account_id": account.id,
                "kind": "adjust",
                "points": points,
                "date": kit.today - timedelta(days=40),
                "idempotency_key": f"demo:{name}",
                "expires_on": last,
                "reason": reason,
                "user_id": kit.get("user_manager").id,
            }
        ]
    )


def _below_zero(kit, accounts, program):
    """Goods came back after their points were used: the next points settle it."""
    account = accounts._b2b_get(program.id, seat(kit, "rival").party_id)
    points = -(account.balance + 120)
    reason = "Return of the spring order, entered late"
    _correct(kit, account, "return", points, None, reason)


def _paid(kit, buyer):
    """An order of Hannah of which 500 points paid 5.00."""
    if kit.find("order_points_paid"):
        return
    party = buyer.party_id
    order = kit.env["sale.order"].create(
        {
            "partner_id": buyer.user_id.partner_id.id,
            "partner_invoice_id": party.address_get(["invoice"])["invoice"],
            "partner_shipping_id": party.address_get(["delivery"])["delivery"],
            "b2b_seat_id": buyer.id,
            "company_id": kit.company.id,
            "user_id": party.b2b_rep_ids[:1].id,
            "b2b_channel_id": kit.env.ref("b2b_party.channel_portal").id,
            "client_order_ref": "PO 45 1203",
            "date_order": fields.Datetime.now(),
            "order_line": [
                (0, 0, {"product_id": article(kit, code).id, "product_uom_qty": qty})
                for code, qty in LINES
            ],
        }
    )
    kit.name(order, ["order_points_paid"])
    order.b2b_orderer_id = buyer.user_id
    order._b2b_points_choose(USED)
    order._b2b_submit("portal", acknowledged=warnings(order))
    if order.state != "sale":
        raise RuntimeError(f"{order.name} was to be confirmed but waits.")
