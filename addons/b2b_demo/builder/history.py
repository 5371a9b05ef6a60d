"""Documents of two years as historical orders: the year of the data set moved to end
today, and the year before."""

from .agreements import AGREEMENTS, agreement
from .articles import article
from .lists import pricelist
from .parties import is_euro, party

EURO = 1.15
# Younger documents go through the real flow (see orders.py).
RECENT_DAYS = 9


def documents(kit):
    """Documents of the extract: (party, invoice, moment, lines), oldest first."""
    found = {}
    for row in kit.rows("documents.csv"):
        moment = kit.moved(row["date"], int(row["years_back"]))
        key = row["party"], row["invoice"]
        entry = found.setdefault(key, (row["party"], row["invoice"], moment, []))
        entry[3].append(row)
    return sorted(found.values(), key=lambda doc: (doc[2], doc[1]))


def is_recent(kit, moment):
    return (kit.today - moment.date()).days < RECENT_DAYS


def build(kit):
    values = {}
    for key, invoice, moment, lines in documents(kit):
        if not is_recent(kit, moment):
            name = f"history_{invoice.lower()}"
            values[name] = _order(kit, key, invoice, moment, lines)
    missing = {name: vals for name, vals in values.items() if not kit.find(name)}
    made = kit.env["sale.order"]._b2b_create_historical(list(missing.values()))
    kit.name(made, missing)
    # As an import would: each document earns at once, with its own date.
    made._b2b_loyalty_earn_historical()


def _order(kit, key, invoice, moment, lines):
    buyer = party(kit, key)
    rate = EURO if is_euro(key) else 1.0
    rep = buyer.b2b_rep_ids[:1]
    return {
        "name": f"H{invoice}",
        "client_order_ref": f"PO {invoice}",
        "partner_id": buyer.id,
        "date_order": moment,
        "user_id": rep.id,
        **_terms(kit, key, moment),
        "b2b_channel_id": kit.env.ref("b2b_party.channel_phone").id,
        "company_id": kit.company.id,
        "order_line": [
            (
                0,
                0,
                {
                    "product_id": article(kit, line["code"]).id,
                    "product_uom_qty": int(line["quantity"]),
                    "price_unit": round(float(line["price"]) * rate, 2),
                },
            )
            for line in lines
        ],
    }


def _terms(kit, key, moment):
    """The default agreement, for documents since it runs; before it, its list."""
    name = next(n for n, row in AGREEMENTS.items() if row[0] == key and row[4])
    terms = agreement(kit, name)
    values = {"pricelist_id": pricelist(kit, AGREEMENTS[name][2]).id}
    if moment.date() >= terms.date_start:
        values["b2b_agreement_id"] = terms.id
        values["payment_term_id"] = terms.payment_term_id.id
    return values
