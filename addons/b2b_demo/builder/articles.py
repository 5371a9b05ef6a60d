"""Articles with codes, pictures, prices, cost and stock, by category."""

from base64 import b64encode

from .pictures import draw

CATEGORIES = {
    "bags": "Bags",
    "kitchen": "Kitchen & baking",
    "hanging": "Hanging decoration",
    "lighting": "Lighting",
    "paper": "Paper & party",
    "home": "Home & signs",
}


def article(kit, code):
    """The article of a stock code."""
    return kit.get(f"article_{code.lower()}")


def build(kit):
    rows = kit.rows("articles.csv")
    _categories(kit)
    _products(kit, rows)
    _stock(kit, rows)
    _no_gift_cards(kit)


def _no_gift_cards(kit):
    """This wholesaler sells neither of the two articles that Odoo brings along."""
    for name in ("gift_card_product_50", "ewallet_product_50"):
        product = kit.env.ref(f"loyalty.{name}", raise_if_not_found=False)
        if product:
            product.sale_ok = False


def _categories(kit):
    top = kit.record(
        "category_assortment", "product.category", {"name": "Trade assortment"}
    )
    kit.records(
        "product.category",
        {
            f"category_{key}": {"name": name, "parent_id": top.id}
            for key, name in CATEGORIES.items()
        },
    )


def _products(kit, rows):
    """Templates in one batch; the variant of each gets a name of its own."""
    drawings = {}
    for row in rows:
        look = row["drawing"], row["colour"]
        if look not in drawings:
            drawings[look] = b64encode(draw(*look))
    values = {
        f"template_{row['code'].lower()}": {
            "name": row["name"],
            "default_code": row["code"],
            "barcode": row["barcode"],
            "categ_id": kit.get(f"category_{row['category']}").id,
            "type": "consu",
            "is_storable": True,
            "list_price": float(row["list_price"]),
            "standard_price": float(row["cost"]),
            "weight": 0.2,
            "invoice_policy": "delivery",
            "b2b_multiple": float(row["pack"]),
            "image_1920": drawings[row["drawing"], row["colour"]],
        }
        for row in rows
    }
    templates = kit.records("product.template", values)
    for name, template in zip(values, templates, strict=True):
        variant = name.replace("template", "article")
        if not kit.find(variant):
            kit.name(template.product_variant_id, [variant])


def _stock(kit, rows):
    """Shelves filled once; a second run finds the quantities and adds nothing."""
    location = kit.warehouse.lot_stock_id
    quants = kit.env["stock.quant"].with_context(inventory_mode=True)
    if quants.search_count([("location_id", "=", location.id)], limit=1):
        return
    quants.create(
        [
            {
                "product_id": article(kit, row["code"]).id,
                "location_id": location.id,
                "inventory_quantity": float(row["stock"]),
            }
            for row in rows
            if float(row["stock"])
        ]
    ).action_apply_inventory()
