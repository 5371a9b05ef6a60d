"""Documents of two years as historical orders: the year of the data set moved to end
today, and the year before."""

from .articles import article
from .parties import is_euro, party

EURO = 1.15
# Younger documents go through the real flow (see orders.py).
RECENT_DAYS = 21


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
        "pricelist_id": _pricelist(kit, key).id,
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


def _pricelist(kit, key):
    """The list whose currency the old documents had."""
    return kit.get("pricelist_eur_public" if is_euro(key) else "pricelist_public")


