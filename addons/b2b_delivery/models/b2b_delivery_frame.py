from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


def hour_text(hour):
    """8.0 as "8", 8.5 as "8:30"."""
    minutes = round(hour * 60)
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes % 60 else f"{minutes // 60}"


def hours_text(hour_from, hour_to):
    """A frame in words, "8–12"."""
    return f"{hour_text(hour_from)}–{hour_text(hour_to)}"


class DeliveryFrame(models.Model):
    """Hours of one weekday at which a schedule delivers."""

    _name = "b2b.delivery.frame"
    _description = "B2B Delivery Frame"
    _inherit = ["b2b.delivery.plan.part"]
    _order = "schedule_id, weekday, hour_from, id"

    schedule_id = fields.Many2one(
        "b2b.delivery.schedule",
        required=True,
        index=True,
        ondelete="cascade",
        help="The schedule this frame belongs to.",
    )
    company_id = fields.Many2one(
        related="schedule_id.company_id", store=True, index=True
    )
    weekday = fields.Selection(
        WEEKDAYS, required=True, default="0", help="Day of the week."
    )
    hour_from = fields.Float(
        "From", required=True, default=8.0, help="Start, in the schedule's time zone."
    )
    hour_to = fields.Float(
        "To", required=True, default=12.0, help="End; 24:00 is midnight."
    )
    # Kept for the shape of the model; shown once deliveries count against it.
    capacity = fields.Integer(help="Stops in this frame; 0 for any number.")

    _hours = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "A frame starts before it ends and stays within its day; make two frames for "
        "hours over midnight.",
    )

    @api.depends("weekday", "hour_from", "hour_to")
    def _compute_display_name(self):
        days = dict(self._fields["weekday"]._description_selection(self.env))
        for frame in self:
            hours = hours_text(frame.hour_from, frame.hour_to)
            frame.display_name = f"{days.get(frame.weekday, '')} {hours}"

    @api.constrains("schedule_id", "weekday", "hour_from", "hour_to")
    def _check_overlap(self):
        for schedule in self.schedule_id:
            frames = schedule.frame_ids.sorted(lambda f: (f.weekday, f.hour_from))
            for before, frame in zip(frames, frames[1:], strict=False):
                if before.weekday == frame.weekday and before.hour_to > frame.hour_from:
                    raise ValidationError(
                        self.env._(
                            "%(frame)s of %(schedule)s overlaps with %(before)s; "
                            "frames of a day follow each other.",
                            frame=frame.display_name,
                            schedule=schedule.name,
                            before=before.display_name,
                        )
                    )
