"""Jobs of the race for one purchase order number."""


def use_number_once(env, party, orders, number):
    """The party demands a number of its own per order; all orders carry the same."""
    env["res.partner"].browse(party).b2b_po_policy = "unique"
    env["sale.order"].browse(orders).client_order_ref = number


def submit_numbered(env, order):
    """Submit without queueing for a budget: the number alone must sort them out."""
    return env["sale.order"].sudo().browse(order)._b2b_submit()["state"]
