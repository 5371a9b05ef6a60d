"""Ways to deliver: own van, parcels with conditions, collected, end customers."""

from .parties import party

LONDON = ("EC", "WC", "NW", "SE", "SW", "E1", "W1")
CONDITIONS = """
<p>Parcels are handed over at the kerb.</p>
<ul>
<li>Somebody has to be there from 8:00 to 18:00 and sign for them.</li>
<li>Damage that can be seen is noted on the carrier's device before he leaves; hidden
damage is told to us within 7 days, with a photo.</li>
<li>Glass and porcelain travel in their inner boxes; please keep them until the goods
are checked.</li>
</ul>
"""


def build(kit):
    standard = kit.env.ref("delivery.free_delivery_carrier", raise_if_not_found=False)
    if standard:
        standard.active = False
    van, parcel = kit.get("carrier_van"), kit.get("carrier_parcel")
    van.b2b_kind = "own"
    if not van.b2b_zone_ids:
        # It crosses no sea.
        uk = kit.env.ref("base.uk").id
        van.b2b_zone_ids = [(0, 0, {"country_id": uk})]
    _pickup(kit)
    _conditions(kit, parcel)
    _london(kit)
    _dropship(kit)
    # Edinburgh is too far for the van.
    if not party(kit, "oak_thistle").b2b_method_ids:
        party(kit, "oak_thistle").b2b_method_ids = parcel | kit.get("carrier_collect")


def _pickup(kit):
    hours = kit.record(
        "schedule_collect",
        "b2b.delivery.schedule",
        {
            "name": "Collected in London",
            "company_id": kit.company.id,
            "tz": "Europe/London",
            "lead_days": 0,
            "cutoff_hour": 11.0,
            "frame_ids": [
                (0, 0, {"weekday": day, "hour_from": start, "hour_to": end})
                for day in "01234"
                for start, end in ((8, 12), (13, 17))
            ],
        },
    )
    kit.get("carrier_collect").write(
        {
            "b2b_kind": "pickup",
            "b2b_warehouse_id": kit.warehouse.id,
            "b2b_schedule_id": hours.id,
        }
    )


def _conditions(kit, parcel):
    if not kit.find("conditions_parcel"):
        text = kit.record(
            "conditions_parcel",
            "b2b.delivery.conditions",
            {"carrier_id": parcel.id, "text": CONDITIONS},
        )
        text.action_publish()


def _london(kit):
    _method(
        kit,
        "carrier_london",
        "London van",
        6.0,
        b2b_kind="own",
        b2b_zone_ids=[
            (
                0,
                0,
                {
                    "country_id": kit.env.ref("base.uk").id,
                    "zip_prefix": prefix,
                    "weekdays": "01234",
                },
            )
            for prefix in LONDON
        ],
    )


def _dropship(kit):
    """Brightwell has goods sent to a hotel that it furnishes."""
    brightwell = party(kit, "brightwell")
    _method(
        kit,
        "carrier_end_customer",
        "To your customer",
        24.0,
        b2b_kind="dropship",
        carrier_description="By parcel carrier",
        b2b_party_ids=[(6, 0, brightwell.ids)],
    )
    kit.record(
        "end_customer_hotel",
        "res.partner",
        {
            "name": "Hotel Severn View",
            "parent_id": brightwell.id,
            "type": "other",
            "b2b_end_customer": True,
            "street": "4 Clifton Down Road",
            "city": "Bristol",
            "zip": "BS8 4AB",
            "country_id": kit.env.ref("base.uk").id,
            "phone": "0117 496 0555",
        },
    )


def _method(kit, name, title, price, **values):
    product = kit.record(
        f"{name}_product",
        "product.product",
        {
            "name": title,
            "type": "service",
            "list_price": price,
            "sale_ok": False,
            "purchase_ok": False,
            "invoice_policy": "order",
            "default_code": f"DELIVERY-{name[8:].upper()}",
        },
    )
    return kit.record(
        name,
        "delivery.carrier",
        {
            "name": title,
            "delivery_type": "fixed",
            "fixed_price": price,
            "product_id": product.id,
            "company_id": kit.company.id,
            **values,
        },
    )
