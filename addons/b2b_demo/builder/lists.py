"""Price lists: public in pounds and euro, wholesale lists with breaks from the data."""

from .articles import article

# key: name, group of the extract, currency, discount on another list
WHOLESALE = {
    "key": ("Wholesale, key accounts", "0010"),
    "uk": ("Wholesale UK", "0020"),
    "small": ("Wholesale UK, small shops", "0040"),
    "eu": ("Wholesale EU", "0050"),
}
PREPAID = {
    "uk_prepaid": ("Wholesale UK, prepaid 3 % off", "uk"),
    "eu_prepaid": ("Wholesale EU, prepaid 3 % off", "eu"),
}


def pricelist(kit, key):
    return kit.get(f"pricelist_{key}")


def build(kit):
    _public(kit)
    _wholesale(kit)
    _prepaid(kit)


def _public(kit):
    pounds = kit.company.b2b_public_pricelist_id
    pounds.write({"name": "Public list", "sequence": 1})
    pounds.currency_id = kit.env.ref("base.GBP")
    euro_area = kit.record(
        "country_group_euro",
        "res.country.group",
        {
            "name": "Euro area of our customers",
            "country_ids": [
                (6, 0, (kit.env.ref("base.de") | kit.env.ref("base.fr")).ids)
            ],
        },
    )
    kit.record(
        "pricelist_public_eur",
        "product.pricelist",
        {
            "name": "Public list, EUR",
            "currency_id": kit.env.ref("base.EUR").id,
            "company_id": kit.company.id,
            "country_group_ids": [(6, 0, euro_area.ids)],
            "sequence": 50,
        },
    )


def _wholesale(kit):
    rows = kit.rows("prices.csv")
    for key, (name, group) in WHOLESALE.items():
        own = [row for row in rows if row["group"] == group]
        kit.record(
            f"pricelist_{key}",
            "product.pricelist",
            {
                "name": name,
                "currency_id": kit.env.ref(f"base.{own[0]['currency']}").id,
                "company_id": False,
                "b2b_private": True,
                "sequence": 20,
                "item_ids": [(0, 0, _rule(kit, row)) for row in own],
            },
        )


def _rule(kit, row):
    """A fixed price from a quantity on; “1 piece” is no break but the price."""
    quantity = int(row["min_quantity"])
    return {
        "applied_on": "1_product",
        "product_tmpl_id": article(kit, row["code"]).product_tmpl_id.id,
        "compute_price": "fixed",
        "fixed_price": float(row["price"]),
        "min_quantity": 0 if quantity == 1 else quantity,
    }


def _prepaid(kit):
    for key, (name, base) in PREPAID.items():
        other = pricelist(kit, base)
        kit.record(
            f"pricelist_{key}",
            "product.pricelist",
            {
                "name": name,
                "currency_id": other.currency_id.id,
                "company_id": False,
                "b2b_private": True,
                "sequence": 30,
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "3_global",
                            "compute_price": "formula",
                            "base": "pricelist",
                            "base_pricelist_id": other.id,
                            "price_discount": 3.0,
                            "price_round": 0.01,
                        },
                    )
                ],
            },
        )
