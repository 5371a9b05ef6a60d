"""Terms by sales channel, a marketplace, delivery points and a supplier."""

from .articles import article
from .company import bank_account_eur
from .parties import party

# party, channel: payment term, bank account, account there
TERMS = {
    "brightwell_market": ("brightwell", "market", "now", "eur", "BW-20417"),
    "brightwell_phone": ("brightwell", "phone", "30", None, None),
    "lindner_portal": ("lindner", "portal", "30", "eur", None),
    "lindner_edi": ("lindner", "edi", "60", "eur", "GLN 4012345000009"),
    "noemie_market": ("noemie", "market", "now", "eur", "PN-5531"),
}

# party and address: key, name, own street (None: that of the address above)
POINTS = {
    "brightwell_leeds": (
        ("shop", "Shop floor", None),
        ("stock", "Stockroom, 2nd floor", None),
        ("annexe", "Christmas annexe", "22 Vicar Lane"),
    ),
    "lindner_bonn": (("ramp", "Rampe 2", None),),
}

# article: supplier's code, price, from quantity, days
SUPPLIED = {
    "85123A": ("TW-118", 1.12, 48, 21),
    "84879": ("TW-204", 0.74, 96, 21),
    "22086": ("TW-377", 1.31, 60, 28),
    "47566": ("TW-401", 2.05, 24, 14),
}


def build(kit):
    bank_account_eur(kit)
    _marketplace(kit)
    _terms(kit)
    _points(kit)
    _supplier(kit)


def _marketplace(kit):
    kit.record(
        "marketplace_trade_lane",
        "b2b.marketplace",
        {"name": "Trade Lane", "website": "https://trade-lane.example"},
    )


def _terms(kit):
    market = kit.get("marketplace_trade_lane").channel_id
    standard = {
        "now": "account.account_payment_term_immediate",
        "30": "account.account_payment_term_30days",
    }
    values = {}
    for key, (owner, channel, term, bank, account) in TERMS.items():
        name = standard.get(term, f"b2b_demo.term_{term}")
        known = kit.env.ref(f"b2b_party.channel_{channel}", False)
        values[f"channel_terms_{key}"] = {
            "party_id": party(kit, owner).id,
            "channel_id": (known or market).id,
            "company_id": kit.company.id,
            "payment_term_id": kit.env.ref(name).id,
            "bank_account_id": bank and kit.get(f"bank_account_{bank}").id,
            "account_ref": account,
        }
    kit.records("b2b.channel.terms", values)


def _points(kit):
    values = {}
    for key, rows in POINTS.items():
        above = kit.get(f"address_{key}")
        for suffix, name, street in rows:
            values[f"point_{key}_{suffix}"] = {
                "name": name,
                "type": "delivery",
                "parent_id": above.id,
            }
            if street:
                own = above._convert_fields_to_values(above._address_fields())
                values[f"point_{key}_{suffix}"].update(
                    own, street=street, b2b_own_address=True
                )
    kit.records("res.partner", values)


def _supplier(kit):
    supplier = kit.record(
        "party_tidewater",
        "res.partner",
        {
            "name": "Tidewater Ceramics Ltd",
            "company_type": "company",
            "b2b_customer_type": "retail",
            "b2b_is_supplier": True,
            "b2b_erp_ref": "0000070412",
            "b2b_supply_currency_id": kit.env.ref("base.GBP").id,
            "b2b_supply_days": 21,
            "country_id": kit.env.ref("base.uk").id,
            "street": "Kiln Lane 4",
            "city": "Stoke-on-Trent",
            "zip": "ST1 5RQ",
            "email": "orders@tidewater-ceramics.example",
            "phone": "01632 960 551",
        },
    )
    kit.records(
        "product.supplierinfo",
        {
            f"supplied_{code.lower()}": {
                "partner_id": supplier.id,
                "product_tmpl_id": article(kit, code).product_tmpl_id.id,
                "product_code": number,
                "price": price,
                "min_qty": quantity,
                "delay": days,
                "currency_id": kit.env.ref("base.GBP").id,
            }
            for code, (number, price, quantity, days) in SUPPLIED.items()
        },
    )
