"""Brightwell's budgets: one nearly used, one fine, a pot, one its administrator made,
one of its group; one of Lindner."""

from .insight import make_group
from .parties import party
from .people import seat

# key: party, name, use, period, amount, when exceeded, seats, supervisors
BUDGETS = {
    "shop_floor": (
        "brightwell", "Shop floor", "limit", "month", 4300.0, "authorize",
        ("buyer", "nell"), ("approver",),
    ),
    "leeds": (
        "brightwell", "Leeds shop", "limit", "quarter", 9000.0, "warn",
        ("owen",), (),
    ),
    "christmas": (
        "brightwell", "Christmas window", "pot", "one_off", 2500.0, "block",
        ("owner",), (),
    ),
    "lindner": (
        "lindner", "Filiale Köln", "limit", "quarter", 3000.0, "authorize",
        ("rival",), ("lindner_owner",),
    ),
}  # fmt: skip


def build(kit):
    values = {}
    for key, row in BUDGETS.items():
        owner, name, use, period, amount, action, seats, bosses = row
        values[f"budget_{key}"] = {
            "name": name,
            "use": use,
            "company_id": kit.company.id,
            "party_id": party(kit, owner).id,
            "currency_id": party(kit, owner).b2b_currency_id.id,
            "period": period,
            "amount": amount,
            "action": action,
            "date_from": kit.today.replace(day=1) if period == "one_off" else False,
            "start_date": kit.today.replace(day=1),
            "seat_ids": [(6, 0, [seat(kit, name).id for name in seats])],
            "supervisor_ids": [(6, 0, [seat(kit, name).id for name in bosses])],
        }
    kit.records("b2b.budget", values)
    _own(kit)
    _shared(kit)


def _own(kit):
    """Priya keeps a budget of her own in the portal, within what we allow."""
    owner = party(kit, "brightwell")
    if kit.find("budget_lighting"):
        return
    owner.b2b_budget_ceiling = 5000.0
    budgets = kit.env["b2b.budget"].with_user(kit.get("user_owner"))
    people = [seat(kit, name).id for name in ("buyer", "owen")]
    made = budgets._b2b_keep(
        {
            "name": "Lighting only",
            "amount": 800.0,
            "action": "authorize",
            "seat_ids": [(6, 0, people)],
            "supervisor_ids": [(6, 0, seat(kit, "approver").ids)],
            "category_ids": [(6, 0, kit.get("category_lighting").ids)],
            "start_date": kit.today.replace(day=1),
        },
        kit.company,
    )
    kit.name(made, ["budget_lighting"])


def _shared(kit):
    """What all of Brightwell's group may order this year."""
    make_group(kit)
    start = kit.today.replace(month=1, day=1)
    kit.record(
        "budget_group",
        "b2b.budget",
        {
            "name": "Brightwell group",
            "company_id": kit.company.id,
            "party_group_id": kit.get("party_group_brightwell").id,
            "currency_id": kit.env.ref("base.GBP").id,
            "period": "year",
            "amount": 240_000.0,
            "action": "authorize",
            "supervisor_ids": [(6, 0, seat(kit, "owner").ids)],
            "start_date": start,
        },
    )
