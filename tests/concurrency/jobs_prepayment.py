"""Jobs about orders that are paid in advance."""


def in_advance(env, party):
    """Nothing of this party's orders may be paid later."""
    env["res.partner"].browse(party).b2b_on_account = "no"


def part_payment(env, order, amount, number):
    """A payment of a provider that arrives, as its notification books it."""
    order = env["sale.order"].browse(order)
    payment = env["payment.transaction"].create(
        {
            "provider_id": env.ref("payment.payment_provider_demo").id,
            "payment_method_id": env.ref("payment.payment_method_card").id,
            "amount": amount,
            "currency_id": order.currency_id.id,
            "partner_id": order.partner_id.id,
            "reference": f"{order.name}-{number}",
            "sale_order_ids": [(6, 0, order.ids)],
        }
    )
    payment.state = "done"
    payment._check_amount_and_confirm_order()
    return order.state


def prepaid(env, order):
    """What a fresh session reads of the money of one order."""
    order = env["sale.order"].browse(order)
    return {
        "state": order.state,
        "paid": order._b2b_prepayment_booked(),
        "missing": order._b2b_prepayment_missing(),
        "words": order.b2b_hold_ids.mapped("message"),
        "decisions": len(order.b2b_decision_ids),
        "surplus": order._b2b_prepayment_surplus(),
    }
