"""Order conditions, checked VAT numbers, and an address abroad.

After the orders: what was ordered before keeps its sum, carts follow.
"""

from .order_plan import PLANS
from .parties import party

# key: name, kind, whose, values, steps
CONDITIONS = {
    "delivery": (
        "Delivery", "delivery", {}, {"charge": 9.5, "threshold": 300.0}, (),
    ),
    "small": (
        "Charge on small orders", "minimum", {"customer_group_id": "group_small_uk"},
        {"threshold": 120.0, "below": "charge", "charge": 6.0}, (),
    ),
    "minimum": (
        "Minimum order", "minimum", {"customer_group_id": "group_gift_eu"},
        {"threshold": 100.0, "below": "refuse"}, (),
    ),
    "discount": (
        "Order discount", "discount", {"party_id": "party_brightwell"}, {},
        ((750.0, 2.0), (1500.0, 3.0), (3000.0, 4.0)),
    ),
}  # fmt: skip

CHECKED = ("lindner", "verrier", "blum")
ABROAD = {
    "name": "Dublin shop",
    "type": "delivery",
    "street": "5 Drury Street",
    "city": "Dublin",
    "zip": "D02 XY27",
    "phone": "+353 20 915 4410",
}


def build(kit):
    _conditions(kit)
    _tax(kit)
    carts = kit.many(f"order_{plan.key}" for plan in PLANS if plan.state == "cart")
    carts._b2b_settle_conditions()


def _conditions(kit):
    pounds = kit.env.ref("base.GBP")
    values = {}
    for key, (name, kind, owner, terms, steps) in CONDITIONS.items():
        values[f"condition_{key}"] = {
            "name": name,
            "kind": kind,
            "company_id": kit.company.id,
            "currency_id": pounds.id,
            "step_ids": [
                (0, 0, {"amount_from": start, "percent": percent})
                for start, percent in steps
            ],
            **{field: kit.get(record).id for field, record in owner.items()},
            **terms,
        }
    kit.records("b2b.order.condition", values)


def _tax(kit):
    for key in CHECKED:
        party(kit, key).b2b_vat_state = "valid"
    kit.record(
        "address_brightwell_dublin",
        "res.partner",
        {
            **ABROAD,
            "parent_id": party(kit, "brightwell").id,
            "country_id": kit.env.ref("base.ie").id,
        },
    )
