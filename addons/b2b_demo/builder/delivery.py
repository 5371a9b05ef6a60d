"""The van's tour: frames from Monday to Thursday, closed at Christmas."""

from datetime import date

from .parties import party

HOURS = ((8, 12), (12, 16), (16, 18))
DAYS = "0123"


def build(kit):
    schedule = kit.record(
        "schedule_van",
        "b2b.delivery.schedule",
        {
            "name": "Own van, Monday to Thursday",
            "company_id": kit.company.id,
            "tz": "Europe/London",
            "lead_days": 1,
            "cutoff_hour": 12.0,
            "frame_ids": [
                (0, 0, {"weekday": day, "hour_from": start, "hour_to": end})
                for day in DAYS
                for start, end in HOURS
            ],
            "exception_ids": [
                (0, 0, {"date": day, "kind": "closed", "name": name})
                for day, name in _holidays(kit.today)
            ],
        },
    )
    kit.company.b2b_default_schedule_id = schedule
    _transit(kit)
    _closed_days(kit)
    for key, days in (("brightwell", "0123"), ("lindner", "123")):
        owner = party(kit, key)
        if not owner.b2b_schedule_ids:
            owner.write(
                {
                    "b2b_schedule_ids": [(6, 0, schedule.ids)],
                    "b2b_delivery_weekdays": days,
                }
            )


def _transit(kit):
    """The parcel carrier takes a day, longer to the Highlands and abroad."""
    carrier = kit.find("carrier_parcel")
    if not carrier:
        return
    for key, days, country, prefix in (
        ("gb", 1, "base.uk", False),
        ("highlands", 3, "base.uk", "IV"),
        ("de", 2, "base.de", False),
        ("elsewhere", 4, False, False),
    ):
        kit.record(
            f"transit_{key}",
            "b2b.delivery.transit",
            {
                "carrier_id": carrier.id,
                "country_id": country and kit.env.ref(country).id,
                "zip_prefix": prefix,
                "days": days,
                "company_id": kit.company.id,
            },
        )


def _closed_days(kit):
    """Stocktaking in the new year; a customer closes between the years."""
    (christmas, _name), _boxing, (new_year, _name) = _holidays(kit.today)
    kit.record(
        "closure_stocktaking",
        "b2b.delivery.closure",
        {
            "scope": "warehouse",
            "warehouse_id": kit.warehouse.id,
            "date_from": new_year.replace(day=2),
            "name": "Stocktaking",
        },
    )
    kit.record(
        "closure_oak_thistle",
        "b2b.delivery.closure",
        {
            "scope": "partner",
            "partner_id": party(kit, "oak_thistle").id,
            "date_from": christmas.replace(day=24),
            "date_to": new_year.replace(day=3),
            "name": "closed between the years",
            "company_id": kit.company.id,
        },
    )


def _holidays(today):
    """The fixed holidays of this winter."""
    year = today.year if today.month > 1 else today.year - 1
    return [
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
        (date(year + 1, 1, 1), "New Year's Day"),
    ]
