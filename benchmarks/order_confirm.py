"""Confirm an order with 200 lines."""

GOAL = "at most 1.10x the time and 15 queries more"
LINES = 200
PRODUCTS = 50


def prepare(env):
    products = env["product.product"].create(
        [
            {"name": f"Article {n}", "list_price": 1 + n / 10, "is_storable": True}
            for n in range(PRODUCTS)
        ]
    )
    customer = env["res.partner"].create({"name": "Bench Ltd", "is_company": True})
    if "b2b_customer_type" in customer._fields:
        trade(env, customer)
    lines = [
        (0, 0, {"product_id": products[n % PRODUCTS].id, "product_uom_qty": 1 + n % 7})
        for n in range(LINES)
    ]
    values = {"partner_id": customer.id, "order_line": lines}
    return env["sale.order"].create(values).id


def trade(env, customer):
    """With the suite the order passes the whole gate: budget, credit, past orders."""
    customer.write({"b2b_customer_type": "trade", "b2b_state": "active"})
    # Not its first order: that would be one more thing to note.
    env["sale.order"]._b2b_create_historical([{"partner_id": customer.id}])
    currency = env.company.currency_id.id
    shared = {"party_id": customer.id, "currency_id": currency}
    env["b2b.budget"].create(
        {**shared, "name": "Bench", "amount": 1e6, "action": "block"}
    )
    env["b2b.credit.account"].create(
        {
            **shared,
            "action": "hold",
            "limit_ids": [
                (0, 0, {"amount": 1e6, "date_from": "2020-01-01", "kind": "own"})
            ],
        }
    )


def run(env, prepared):
    order = env["sale.order"].browse(prepared)
    order.action_confirm()
    assert order.state == "sale", f"the order is {order.state}"
