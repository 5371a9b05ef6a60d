"""A second cart of the buyer: named, for another shop, beside the one he goes on with.

Last of the orders: it neither reserves nor books anything, and holds nothing that the
buyer's page proposes.
"""

from .articles import article
from .people import seat

NAME = "Leeds reopening"
LINES = (("22961", 24), ("21080", 48), ("22138", 12))


def build(kit):
    buyer = seat(kit, "buyer")
    kit.get("order_cart")._b2b_cart_choose()
    if kit.find("order_cart_leeds"):
        return
    party = buyer.party_id
    cart = kit.env["sale.order"].create(
        {
            "partner_id": buyer.user_id.partner_id.id,
            "partner_invoice_id": party.address_get(["invoice"])["invoice"],
            "partner_shipping_id": kit.get("address_brightwell_leeds").id,
            "b2b_seat_id": buyer.id,
            "company_id": kit.company.id,
            "user_id": party.b2b_rep_ids[:1].id,
            "b2b_channel_id": kit.env.ref("b2b_party.channel_portal").id,
            "b2b_is_cart": True,
            "b2b_cart_name": NAME,
            "order_line": [
                (0, 0, {"product_id": article(kit, code).id, "product_uom_qty": qty})
                for code, qty in LINES
            ],
        }
    )
    cart._b2b_settle_conditions()
    kit.name(cart, ["order_cart_leeds"])
