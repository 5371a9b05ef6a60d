"""Credit accounts, once the orders of the last weeks are there.

Brightwell has room, Oak & Thistle is nearly at its limit and has an order that waits,
Larkspur is overdue, Café Blum pays in advance, the Brightwell group shares an account.
"""

from datetime import timedelta

from odoo import fields

from .clock import at
from .order_plan import Plan
from .orders import _draft, _submit
from .parties import is_euro, party

# party: limits as (kind, amount, reference, days until the end)
LIMITS = {
    "lindner": (("own", 15000.0, "", 0), ("insured", 10000.0, "Policy 20-4471", 200)),
    "verrier": (("own", 4000.0, "", 0),),
    "larkspur": (("own", 2500.0, "", 0),),
    "blue_door": (
        ("own", 1500.0, "", 0),
        ("temporary", 1000.0, "Christmas season, minutes of 2 Nov", 40),
    ),
    "blum": (("own", 0.0, "No trade references", 0),),
}
# As the pictures of the portal show it.
BRIGHTWELL_LEFT = 7063.80
STEP = 500.0
# Of what Oak & Thistle owes and has ordered, this share is its limit.
NEARLY = 1.08
HELD = Plan(
    "credit_hold", "oak_owner", "waiting", 0, "85123A:240 85099B:100 22423:12",
    "OT 2207", "store",
)  # fmt: skip


def build(kit):
    for key, limits in LIMITS.items():
        _account(kit, key, limits)
    _brightwell(kit)
    _oak_thistle(kit)
    _group(kit)
    # Hannah sees what is left, as in the pictures.
    kit.get("role_buyer_brightwell").see_credit = True
    # Nobody is to get mail from a demo.
    kit.env["mail.mail"].search([("state", "=", "outgoing")]).unlink()


def _account(kit, key, limits):
    currency = kit.env.ref("base.EUR" if is_euro(key) else "base.GBP")
    values = {
        "party_id": party(kit, key).id,
        "company_id": kit.company.id,
        "currency_id": currency.id,
        "user_id": kit.get("user_credit").id,
        "action": "hold",
        "overdue_action": "hold",
        "overdue_days": 14,
        "overdue_ignored": 25.0,
        "limit_ids": [(0, 0, _limit(kit, *row)) for row in limits],
    }
    return kit.record(f"credit_{key}", "b2b.credit.account", values)


def _limit(kit, kind, amount, reference, days):
    return {
        "kind": kind,
        "amount": amount,
        "reference": reference,
        "date_from": kit.today - timedelta(days=60),
        "date_to": kit.today + timedelta(days=days) if days else False,
    }


def _brightwell(kit):
    """A round limit of which exactly the figure of the pictures is left."""
    if kit.find("credit_brightwell"):
        return
    account = _account(kit, "brightwell", ())
    used = account._b2b_exposures(fresh=True)[account.id].total
    limit = -(-(used + BRIGHTWELL_LEFT + STEP) // STEP) * STEP
    _opening_balance(kit, limit - BRIGHTWELL_LEFT - used)
    lines = (
        ("own", limit - 5000.0, "", 0),
        ("insured", 5000.0, "Policy 20-4471", 200),
    )
    account.limit_ids = [(0, 0, _limit(kit, *row)) for row in lines]


def _opening_balance(kit, amount):
    """Documents of the earlier system that are not due yet."""
    move = kit.record(
        "invoice_brightwell_opening",
        "account.move",
        {
            "move_type": "out_invoice",
            "partner_id": party(kit, "brightwell").id,
            "invoice_date": kit.today - timedelta(days=12),
            "invoice_date_due": kit.today + timedelta(days=18),
            "invoice_payment_term_id": False,
            "currency_id": kit.env.ref("base.GBP").id,
            "ref": "Balance of the earlier system",
            "invoice_line_ids": [
                (
                    0,
                    0,
                    {
                        "name": "Documents not taken over one by one",
                        "price_unit": kit.company.currency_id.round(amount),
                        "tax_ids": False,
                    },
                )
            ],
        },
    )
    if move.state == "draft":
        move.action_post()


def _oak_thistle(kit):
    if kit.find("credit_oak_thistle"):
        return
    account = _account(kit, "oak_thistle", ())
    used = account._b2b_exposures(fresh=True)[account.id].total
    limit = -(-used * NEARLY // 50) * 50
    account.limit_ids = [(0, 0, _limit(kit, "own", limit, "", 0))]
    with at(fields.Datetime.now() - timedelta(hours=3)):
        order = _draft(kit, HELD)
        kit.name(order, [f"order_{HELD.key}"])
        _submit(kit, order, HELD)
    if "credit" not in order.b2b_open_hold_ids.mapped("code"):
        raise RuntimeError(f"{order.name} was to wait for credit but does not.")


def _group(kit):
    kit.record(
        "credit_group",
        "b2b.credit.account",
        {
            "party_group_id": kit.get("party_group_brightwell").id,
            "company_id": kit.company.id,
            "currency_id": kit.env.ref("base.GBP").id,
            "user_id": kit.get("user_credit").id,
            "action": "hold",
            "overdue_action": "none",
            "limit_ids": [
                (0, 0, _limit(kit, "own", 30000.0, "Letter of the owner", 0))
            ],
        },
    )
