"""Prices from supplier net, an agreement that ends soon, quantities of one party."""

from datetime import timedelta

from .agreements import _term
from .articles import article
from .parties import party

# article: supplier's code, price in euro, discount, from quantity
SUPPLIED = {
    "22423": (("MK-70423", 7.9, 0, 0), ("MK-70423", 7.9, 8, 24)),
    "22720": (("MK-72720", 3.1, 0, 0),),
}
SURCHARGE = 45.0
LANDED = 6.0
ENDS_IN = 18


def build(kit):
    _supplier(kit)
    _list(kit)
    _agreement(kit)
    _quantities(kit)


def _supplier(kit):
    supplier = kit.record(
        "party_meridian",
        "res.partner",
        {
            "name": "Meridian Keramik GmbH",
            "company_type": "company",
            "b2b_customer_type": "retail",
            "b2b_is_supplier": True,
            "b2b_erp_ref": "0000070518",
            "b2b_supply_currency_id": kit.env.ref("base.EUR").id,
            "b2b_supply_days": 14,
            "country_id": kit.env.ref("base.de").id,
            "street": "Ofenstraße 9",
            "city": "Höhr-Grenzhausen",
            "zip": "56203",
            "email": "bestellung@meridian-keramik.example",
            "phone": "+49 40 66969 355",
        },
    )
    kit.records(
        "product.supplierinfo",
        {
            f"meridian_{code.lower()}_{low}": {
                "partner_id": supplier.id,
                "product_tmpl_id": article(kit, code).product_tmpl_id.id,
                "product_code": number,
                "price": price,
                "discount": discount,
                "min_qty": low,
                "currency_id": kit.env.ref("base.EUR").id,
            }
            for code, rows in SUPPLIED.items()
            for number, price, discount, low in rows
        },
    )


def _list(kit):
    """What the supplier charges plus a surcharge; cost where nobody sells it."""
    kit.record(
        "pricelist_net",
        "product.pricelist",
        {
            "name": "From the supplier's net price",
            "currency_id": kit.env.ref("base.GBP").id,
            "company_id": False,
            "b2b_private": True,
            "sequence": 40,
            "item_ids": [
                (
                    0,
                    0,
                    {
                        "applied_on": "3_global",
                        "compute_price": "formula",
                        "base": "b2b_supplier_net",
                        "price_markup": SURCHARGE,
                        "price_round": 0.01,
                        "b2b_landed_percent": LANDED,
                    },
                )
            ],
        },
    )


def _agreement(kit):
    owner = party(kit, "oak_thistle")
    found = kit.record(
        "agreement_oak_net",
        "b2b.agreement",
        {
            "party_id": owner.id,
            "name": "Supplier net, trial",
            "company_id": kit.company.id,
            "pricelist_id": kit.get("pricelist_net").id,
            "payment_term_id": _term(kit, "14").id,
            "incoterm_id": owner.b2b_incoterm_id.id,
            "date_start": kit.today - timedelta(days=72),
            "date_end": kit.today + timedelta(days=ENDS_IN),
            "sequence": 30,
        },
    )
    if found.state == "draft":
        found.action_run()


def _quantities(kit):
    """A key account may take single pieces of what others buy by the pack."""
    kit.record(
        "quantity_oak_84879",
        "b2b.quantity.rule",
        {
            "product_tmpl_id": article(kit, "84879").product_tmpl_id.id,
            "party_id": party(kit, "oak_thistle").id,
            "multiple": 1.0,
        },
    )
