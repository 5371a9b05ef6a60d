"""How much our people may give, and an order that waits because it is more."""

from odoo import Command

from .articles import article
from .clock import at
from .parties import party

# key: values of b2b.discount.limit
LIMITS = {
    "discount_limit_rep": {"role": "rep", "percent": 7.0},
    "discount_limit_manager": {"role": "sales_manager", "percent": 25.0},
}
# article: quantity, discount in percent
LINES = {
    "85123A": (48, 12.0),
    "22086": (72, 0.0),
    "47566": (20, 12.0),
    "22457": (24, 0.0),
    "84879": (64, 12.0),
}
NOTE = "12 % promised at the fair for hearts, bunting and birds."


def build(kit):
    _limits(kit)
    _order(kit)


def _limits(kit):
    """Reps give 7 %, managers 25 %; lamps are calculated closely."""
    kit.records(
        "b2b.discount.limit",
        {
            **LIMITS,
            "discount_limit_lighting": {
                "role": "rep",
                "percent": 3.0,
                "category_id": kit.get("category_lighting").id,
            },
        },
    )


def _order(kit):
    """Eleanor gives more than she may; a sales manager can release it."""
    if kit.find("order_discount"):
        return
    buyer, rep = party(kit, "blue_door"), kit.get("user_rep")
    with at(kit.moment(1, 15, 40)):
        order = kit.env["sale.order"].create(
            {
                "partner_id": buyer.id,
                "company_id": kit.company.id,
                "user_id": rep.id,
                "b2b_channel_id": kit.env.ref("b2b_party.channel_rep").id,
                "client_order_ref": "BD 2044",
                "order_line": [
                    Command.create(
                        {
                            "product_id": article(kit, code).id,
                            "product_uom_qty": float(quantity),
                        }
                    )
                    for code, (quantity, _percent) in LINES.items()
                ],
            }
        )
        kit.name(order, ["order_discount"])
        for line in order.with_user(rep).order_line:
            percent = LINES[line.product_id.default_code][1]
            if percent:
                line.b2b_manual_discount = percent
        order.with_user(rep).message_post(body=NOTE)
        order.with_user(rep).action_confirm()
    if order.b2b_open_hold_ids.mapped("code") != ["discount"]:
        raise RuntimeError(f"{order.name} was to wait for its discount but does not.")
