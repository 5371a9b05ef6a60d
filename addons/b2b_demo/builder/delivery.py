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
    for key, days in (("brightwell", "0123"), ("lindner", "123")):
        owner = party(kit, key)
        if not owner.b2b_schedule_ids:
            owner.write(
                {
                    "b2b_schedule_ids": [(6, 0, schedule.ids)],
                    "b2b_delivery_weekdays": days,
                }
            )


def _holidays(today):
    """The fixed holidays of this winter."""
    year = today.year if today.month > 1 else today.year - 1
    return [
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
        (date(year + 1, 1, 1), "New Year's Day"),
    ]
