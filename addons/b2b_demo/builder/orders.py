"""Orders of the last days through the real flow: gate, budgets, stock, invoices."""

from datetime import timedelta

from odoo import fields

from .articles import article
from .clock import at
from .history import documents, is_recent
from .order_plan import PLANS
from .parties import PARTIES
from .people import seat

# Articles that are out of stock or nearly so cannot be delivered.
SHORT = ("23201", "22423")
MAX_LINES = 10
# Parties with budgets per seat name a seat; these two have no budget of their own.
PHONE_SEAT = {"brightwell": "approver", "lindner": "lindner_owner"}
APPROVER = {"buyer": "user_approver", "owen": "user_approver"}


def build(kit):
    later = []
    for index, plan in enumerate(PLANS):
        if not kit.find(f"order_{plan.key}"):
            moment = _moment(kit, plan, index)
            later = _catch_up(kit, later, moment)
            with at(moment):
                order = _draft(kit, plan)
                kit.name(order, [f"order_{plan.key}"])
                _submit(kit, order, plan)
            _follow_up(kit, order, plan, moment)
            if plan.state == "rest":
                later.append((_later(kit, moment, days=6), order))
    _catch_up(kit, later)
    _phone_orders(kit)
    # Nobody is to get mail from a demo.
    kit.env["mail.mail"].search([("state", "=", "outgoing")]).unlink()


def _moment(kit, plan, index):
    """When the plan's order came in: this month, for its budgets, and in the past.

    What would have come in before this month comes in its first minutes, in turn.
    """
    # The clock of the records: their day of creation is the start of the transaction.
    now, month = kit.env.cr.now(), kit.month_start()
    usual = _usual(kit, plan, index)
    turn = sum(_usual(kit, each, n) < usual for n, each in enumerate(PLANS))
    if now - month < timedelta(minutes=90):
        # The month has just begun: all came in between its first minute and now.
        return month + (now - month) * (turn + 1) / (len(PLANS) + 1)
    moment = max(usual, month + timedelta(minutes=turn))
    return min(moment, now - timedelta(minutes=90 - 2 * turn))


def _usual(kit, plan, index):
    """When the order came in, had the month no beginning."""
    return kit.moment(plan.days_ago, 9 + index % 8, 5 + 2 * index)


def _draft(kit, plan):
    """The order as its seat would have it in the cart, by the portal's own rules."""
    place = seat(kit, plan.seat)
    address = place.party_id.address_get(["delivery", "invoice"])
    values = {
        "partner_id": place.user_id.partner_id.id,
        "partner_invoice_id": address["invoice"],
        "partner_shipping_id": address["delivery"],
        "b2b_seat_id": place.id,
        "company_id": kit.company.id,
        "user_id": place.party_id.b2b_rep_ids[:1].id,
        "b2b_channel_id": kit.env.ref("b2b_party.channel_portal").id,
        "client_order_ref": plan.reference,
        "date_order": fields.Datetime.now(),
        "b2b_is_cart": plan.state == "cart",
        "order_line": [
            (0, 0, {"product_id": article(kit, code).id, "product_uom_qty": float(qty)})
            for code, qty in (pair.split(":") for pair in plan.lines.split())
        ],
    }
    if plan.address:
        key = next(k for k in PARTIES if kit.get(f"party_{k}") == place.party_id)
        values["partner_shipping_id"] = kit.get(f"address_{key}_{plan.address}").id
    order = kit.env["sale.order"].create(values)
    if plan.carrier:
        carrier = kit.get(f"carrier_{plan.carrier}")
        order.set_delivery_line(carrier, carrier.fixed_price)
    return order


def _submit(kit, order, plan):
    if plan.state == "cart":
        return
    if plan.state == "sent":
        order.action_quotation_sent()
        return
    order.b2b_orderer_id = seat(kit, plan.seat).user_id
    order._b2b_submit("portal", acknowledged=warnings(order))


def _follow_up(kit, order, plan, moment):
    """What happened to the order after it was submitted, each step a while later."""
    if plan.state in ("approved", "refused"):
        with at(_later(kit, moment, hours=2)):
            _decide(kit, order, plan)
    if plan.state == "cancelled":
        with at(_later(kit, moment, hours=1)):
            order._action_cancel()
    if plan.state in ("partly", "rest", "delivered", "invoiced", "paid"):
        with at(_later(kit, moment, days=2)):
            _deliver(order, share=0.5 if plan.state in ("partly", "rest") else 1.0)
    if plan.state in ("invoiced", "paid"):
        with at(_later(kit, moment, days=3)):
            _invoice(order)
    if plan.state == "paid":
        with at(_later(kit, moment, days=9)):
            _pay(kit, order.invoice_ids)


def _catch_up(kit, later, until=None):
    """Close the rests that were closed before the next order came in.

    Movements of a budget say what was left after each, so their order counts.
    """
    for moment, order in later:
        if until is None or moment <= until:
            with at(moment):
                _close_rest(kit, order)
    return [row for row in later if until is not None and row[0] > until]


def _later(kit, moment, **delay):
    """A while later, but never in the future."""
    return min(moment + timedelta(**delay), kit.env.cr.now())


def warnings(order):
    return [f.code for f in order._b2b_findings() if f.severity == "warn"]


def _decide(kit, order, plan):
    """The approver's decision in his own name."""
    holds = order.b2b_open_hold_ids.with_user(kit.get(APPROVER[plan.seat]))
    if not holds:
        raise RuntimeError(f"{order.name} was to wait for a decision but does not.")
    if plan.state == "approved":
        holds.action_release("For the reopening in Leeds.")
    else:
        holds.action_refuse("Too much for one week; split it, please.")


def _deliver(order, share=1.0):
    """Hand over what is on the shelf; the rest of a part delivery stays open."""
    for picking in order.picking_ids.filtered(lambda p: p.state != "cancel"):
        for index, move in enumerate(picking.move_ids):
            whole = share == 1.0 or index == 0
            move.quantity = move.product_uom_qty if whole else 0.0
            move.picked = whole
        picking._action_done()


def _close_rest(kit, order):
    """What has not come will not: the manager closes it, both sides read why."""
    order.with_user(kit.get("user_manager"))._b2b_close_rest(
        order.order_line, "The maker has stopped these tins.", "staff"
    )


def _invoice(order):
    move = order._create_invoices()
    move.invoice_date = fields.Date.today()
    move.action_post()


def _pay(kit, move):
    kit.env["account.payment.register"].with_context(
        active_model="account.move", active_ids=move.ids
    ).create({"payment_date": fields.Date.today()})._create_payments()


def _phone_orders(kit):
    """The youngest documents of the data set, entered by the reps."""
    for key, invoice, moment, lines in documents(kit):
        name = f"order_phone_{invoice.lower()}"
        lines = [row for row in lines if row["code"] not in SHORT][:MAX_LINES]
        if not is_recent(kit, moment) or invoice[0] == "C" or not lines:
            continue
        if kit.find(name):
            continue
        with at(moment):
            order = _phone_order(kit, key, invoice, lines)
            kit.name(order, [name])
            order.with_user(order.user_id).action_confirm()
        if order.state == "sale":
            with at(_later(kit, moment, days=1)):
                _deliver(order)
                _invoice(order)


def _phone_order(kit, key, invoice, lines):
    buyer = kit.get(f"party_{key}")
    merged = {}
    for row in lines:
        merged[row["code"]] = merged.get(row["code"], 0) + int(row["quantity"])
    own = PHONE_SEAT.get(key)
    return kit.env["sale.order"].create(
        {
            "partner_id": buyer.id,
            "company_id": kit.company.id,
            "user_id": buyer.b2b_rep_ids[:1].id,
            "b2b_seat_id": own and seat(kit, own).id,
            "b2b_channel_id": kit.env.ref("b2b_party.channel_phone").id,
            "client_order_ref": f"PO {invoice}",
            "order_line": [
                _full_packs(article(kit, code), quantity)
                for code, quantity in merged.items()
                if quantity > 0
            ],
        }
    )


def _full_packs(product, quantity):
    """What was bought, rounded up to what can be ordered today."""
    packs = -(-quantity // product.b2b_multiple)
    return (
        0,
        0,
        {"product_id": product.id, "product_uom_qty": packs * product.b2b_multiple},
    )
