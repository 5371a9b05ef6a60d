"""Open invoices of older documents, so that receivables have an age."""

from datetime import timedelta

from .articles import article
from .history import EURO, documents
from .parties import is_euro, party

# party: (days since the invoice, paid share) for its last documents
PLAN = {
    "brightwell": ((39, 0.0), (33, 1.0), (26, 0.0)),
    "lindner": ((48, 0.0), (28, 0.0)),
    "verrier": ((70, 0.5), (29, 0.0)),
    "oak_thistle": ((55, 1.0), (27, 0.0)),
    "larkspur": ((97, 0.0),),
    "blue_door": ((36, 0.0),),
    "noemie": ((64, 0.0), (50, 0.0)),
}
TERM_DAYS = 30


def build(kit):
    last = {}
    for key, invoice, moment, lines in documents(kit):
        if invoice[0] != "C" and (kit.today - moment.date()).days > 25:
            last.setdefault(key, []).append((invoice, lines))
    values, paid = {}, {}
    for key, plan in PLAN.items():
        newest = last[key][-len(plan) :]
        for (age, share), (invoice, lines) in zip(plan, newest, strict=True):
            name = f"invoice_{key}_{age}"
            values[name] = _invoice(kit, key, age, invoice, lines)
            paid[name] = share
    fresh = [name for name in values if not kit.find(name)]
    moves = kit.records("account.move", values)
    moves.filtered(lambda move: move.state == "draft").action_post()
    for name in fresh:
        if paid[name]:
            _pay(kit, kit.get(name), paid[name])


def _invoice(kit, key, age, invoice, lines):
    buyer = party(kit, key)
    rate = EURO if is_euro(key) else 1.0
    day = kit.today - timedelta(days=age)
    return {
        "move_type": "out_invoice",
        "partner_id": buyer.id,
        "invoice_date": day,
        "invoice_date_due": day + timedelta(days=TERM_DAYS),
        "currency_id": kit.env.ref("base.EUR" if is_euro(key) else "base.GBP").id,
        "invoice_origin": f"H{invoice}",
        "ref": f"PO {invoice}",
        "invoice_user_id": buyer.b2b_rep_ids[:1].id,
        "invoice_line_ids": [
            (
                0,
                0,
                {
                    "product_id": article(kit, line["code"]).id,
                    "quantity": int(line["quantity"]),
                    "price_unit": round(float(line["price"]) * rate, 2),
                },
            )
            for line in lines
            if int(line["quantity"]) > 0
        ],
    }


def _pay(kit, move, share):
    wizard = kit.env["account.payment.register"].with_context(
        active_model="account.move", active_ids=move.ids
    )
    amount = move.currency_id.round(move.amount_residual * share)
    wizard.create(
        {
            "amount": amount,
            "payment_date": move.invoice_date + timedelta(days=14),
            "payment_difference_handling": "open",
        }
    )._create_payments()
