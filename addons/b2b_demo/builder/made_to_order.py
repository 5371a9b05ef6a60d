"""One article is lettered to order and comes later than the rest of the buyer's cart.

Last of the carts: the orders of the last weeks came with the van, as they were.
"""

from .articles import article
from .parties import party

ARTICLE = "22457"
DAYS = "0123"


def build(kit):
    schedule = kit.record(
        "schedule_lettered",
        "b2b.delivery.schedule",
        {
            "name": "Lettered to order",
            "company_id": kit.company.id,
            "tz": "Europe/London",
            "lead_days": 3,
            "cutoff_hour": 12.0,
            "frame_ids": [
                (0, 0, {"weekday": day, "hour_from": 8, "hour_to": 12}) for day in DAYS
            ],
        },
    )
    product = article(kit, ARTICLE).product_tmpl_id
    if product.b2b_availability_schedule_id:
        return
    product.b2b_availability_schedule_id = schedule
    party(kit, "brightwell").b2b_split_delivery = "allowed"
    cart = kit.get("order_cart")
    if cart.state == "draft":
        # The cart was filled when everything came with the van.
        cart.write(cart._b2b_slot_default())
