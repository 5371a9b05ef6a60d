"""Goods on the shelf, a customer and his order, the same in both databases.

The customer has the same price list in both. With the suite he is a trade party with
everything that a confirmation looks at: agreement, budget, credit account, approval
rule, points, a delivery slot, an order of the past.
"""

PRODUCTS = 50
PLENTY = 1e9


def articles(env, count=PRODUCTS):
    """Storable products, more on stock than anybody orders."""
    products = env["product.product"].create(
        [
            {"name": f"Article {n}", "list_price": 1 + n / 10, "is_storable": True}
            for n in range(count)
        ]
    )
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    env["stock.quant"].create(
        [
            {"product_id": product.id, "location_id": stock.id, "quantity": 100_000}
            for product in products
        ]
    )
    return products


def customer(env):
    """The customer and his price list; a trade party where the suite is installed."""
    # Price lists are a setting that the suite switches on.
    env.ref("base.group_user")._apply_group(env.ref("product.group_product_pricelist"))
    party = env["res.partner"].create({"name": "Bench Ltd", "is_company": True})
    terms = {"applied_on": "3_global", "compute_price": "percentage"}
    pricelist = env["product.pricelist"].create(
        {"name": "Bench", "item_ids": [(0, 0, {**terms, "percent_price": 5})]}
    )
    if "b2b_customer_type" in party._fields:
        _trade(env, party, pricelist)
    else:
        party.property_product_pricelist = pricelist
    return party


def lines(products, count, first=0):
    """Values of order lines over all the products."""
    return [
        {
            "product_id": products[n % len(products)].id,
            "product_uom_qty": 1 + n % 7,
        }
        for n in range(first, first + count)
    ]


def order(env, count, products=None):
    """An order with so many lines, not confirmed."""
    products = articles(env) if products is None else products
    values = [(0, 0, line) for line in lines(products, count)]
    return env["sale.order"].create(
        {"partner_id": customer(env).id, "order_line": values}
    )


def _trade(env, party, pricelist):
    party.write({"b2b_customer_type": "trade", "b2b_state": "active"})
    # Not its first order: that would be one more thing to note.
    env["sale.order"]._b2b_create_historical([{"partner_id": party.id}])
    _terms(env, party, pricelist)
    _limits(env, party)
    program = env["b2b.loyalty.program"].create({"name": "Points", "point_value": 0.01})
    env["b2b.loyalty.account"]._b2b_get(program.id, party)


def _terms(env, party, pricelist):
    """An agreement with that list, and a van that delivers."""
    agreement = env["b2b.agreement"].create(
        {
            "name": "30 days net",
            "party_id": party.id,
            "pricelist_id": pricelist.id,
            "is_default": True,
        }
    )
    agreement.action_run()
    frames = [
        (0, 0, {"weekday": str(day), "hour_from": 8, "hour_to": 16}) for day in range(5)
    ]
    party.b2b_schedule_ids = env["b2b.delivery.schedule"].create(
        {"name": "Van", "frame_ids": frames}
    )


def _limits(env, party):
    """A budget, a credit account and a rule, none of which the order reaches."""
    shared = {"party_id": party.id, "currency_id": env.company.currency_id.id}
    env["b2b.budget"].create(
        {**shared, "name": "Year", "amount": PLENTY, "action": "block"}
    )
    limit = {"amount": PLENTY, "date_from": "2020-01-01", "kind": "own"}
    env["b2b.credit.account"].create(
        {**shared, "action": "hold", "limit_ids": [(0, 0, limit)]}
    )
    env["b2b.approval.rule"].create(
        {
            **shared,
            "name": "Large orders",
            "side": "seller",
            "staff_group": "order_desk",
            "min_amount": PLENTY,
        }
    )
