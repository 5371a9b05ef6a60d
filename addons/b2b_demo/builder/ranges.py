"""The closed part of the range, tags, codes of a category, ways to pay, a list."""

from base64 import b64encode

from .articles import article
from .parties import party
from .pictures import draw

#: Made for one department store: nobody else sees or orders them.
OWN_LABEL = {
    "lin-01": ("KAUFHAUS LINDNER ADVENT HEART", ("wicker_heart", "tan"), 4.20, 1.35),
    "lin-02": ("KAUFHAUS LINDNER GIFT BAG", ("jumbo_bag", "green"), 2.60, 0.80),
}
#: Goods that come on pallets only; small shops cannot take them.
PALLETS = ("22197",)
GIFT_SHOP_CODES = {"85123a": "GS-100", "47566": "GS-110", "20725": "GS-120"}


def build(kit):
    _own_label(kit)
    _pallets(kit)
    _category_codes(kit)
    _segment_list(kit)
    _wire_transfer(kit)


def _own_label(kit):
    category = kit.record(
        "category_own_label", "product.category", {"name": "Own label, Lindner"}
    )
    values = {}
    for key, (name, look, price, cost) in OWN_LABEL.items():
        values[f"template_{key}"] = {
            "name": name,
            "default_code": key.upper(),
            "categ_id": category.id,
            "type": "consu",
            "is_storable": True,
            "list_price": price,
            "standard_price": cost,
            "invoice_policy": "delivery",
            "b2b_multiple": 12.0,
            "image_1920": b64encode(draw(*look)),
        }
    templates = kit.records("product.template", values)
    for key, template in zip(OWN_LABEL, templates, strict=True):
        if not kit.find(f"article_{key}"):
            kit.name(template.product_variant_id, [f"article_{key}"])
    kit.record(
        "catalog_own_label",
        "b2b.catalog",
        {
            "name": "Own label of Kaufhaus Lindner",
            "audience": "parties",
            "company_id": kit.company.id,
            "party_ids": [(6, 0, party(kit, "lindner").ids)],
            "category_ids": [(6, 0, category.ids)],
        },
    )


def _pallets(kit):
    tag = kit.record("tag_pallets", "product.tag", {"name": "Full pallets", "color": 3})
    for code in PALLETS:
        article(kit, code).product_tmpl_id.product_tag_ids |= tag
    kit.record(
        "catalog_no_pallets",
        "b2b.catalog",
        {
            "name": "Not for small shops: full pallets",
            "audience": "groups",
            "company_id": kit.company.id,
            "group_ids": [(6, 0, kit.get("group_small_uk").ids)],
            "excluded_tag_ids": [(6, 0, tag.ids)],
        },
    )


def _category_codes(kit):
    """The buying group of the gift shops has numbers of its own."""
    gifts = kit.get("category_gifts")
    kit.records(
        "b2b.product.code",
        {
            f"code_gifts_{code}": {
                "customer_category_id": gifts.id,
                "product_id": article(kit, code).id,
                "code": own,
            }
            for code, own in GIFT_SHOP_CODES.items()
        },
    )
    named = kit.find("code_brightwell_85123a")
    if named and not named.name:
        named.name = "Hanging heart, white"


def _segment_list(kit):
    """Who bought nothing for a while and has no list of his own pays less."""
    pricelist = kit.record(
        "pricelist_sleeping",
        "product.pricelist",
        {
            "name": "Welcome back, 5 % off",
            "currency_id": kit.env.ref("base.GBP").id,
            "company_id": kit.company.id,
            "b2b_private": True,
            "sequence": 60,
            "item_ids": [
                (
                    0,
                    0,
                    {
                        "applied_on": "3_global",
                        "compute_price": "percentage",
                        "base": "pricelist",
                        "base_pricelist_id": kit.company.b2b_public_pricelist_id.id,
                        "percent_price": 5.0,
                    },
                )
            ],
        },
    )
    segment = kit.get("segment_sleeping")
    if not segment.pricelist_id:
        segment.pricelist_id = pricelist


def _wire_transfer(kit):
    """Transfers are offered to whoever pays in advance, cash with the goods never."""
    provider = kit.env.ref("payment.payment_provider_transfer")
    if provider.state == "disabled":
        provider.write({"state": "enabled", "is_published": True})
    kit.env.ref("delivery.payment_provider_cod").is_published = False
