"""Public price lists in pounds and euro."""


def build(kit):
    lists = kit.env["product.pricelist"].with_context(active_test=False)
    pounds = lists.search(
        [("company_id", "in", (False, kit.company.id)), ("item_ids", "=", False)],
        order="id",
        limit=1,
    )
    pounds = pounds or lists.create({"name": "Public list", "item_ids": []})
    pounds.write(
        {
            "name": "Public list",
            "currency_id": kit.env.ref("base.GBP").id,
            "active": True,
            "sequence": 5,
        }
    )
    if not kit.find("pricelist_public"):
        kit.name(pounds, ["pricelist_public"])
    kit.record(
        "pricelist_eur_public",
        "product.pricelist",
        {
            "name": "Public list, EUR",
            "currency_id": kit.env.ref("base.EUR").id,
            "company_id": kit.company.id,
            "sequence": 50,
        },
    )
