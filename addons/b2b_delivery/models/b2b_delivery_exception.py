from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.b2b_party.tools import day as day_text

from .b2b_delivery_frame import hours_text


class DeliveryException(models.Model):
    """A date that differs from its weekday: a holiday or an extra day."""

    _name = "b2b.delivery.exception"
    _description = "B2B Delivery Exception"
    _inherit = ["b2b.delivery.plan.part"]
    _order = "schedule_id, date"
    _rec_name = "date"

    schedule_id = fields.Many2one(
        "b2b.delivery.schedule",
        required=True,
        index=True,
        ondelete="cascade",
        help="The schedule this date belongs to.",
    )
    company_id = fields.Many2one(
        related="schedule_id.company_id", store=True, index=True
    )
    date = fields.Date(required=True, help="Day in the schedule's time zone.")
    kind = fields.Selection(
        [("closed", "Closed"), ("open", "Open")],
        required=True,
        default="closed",
        help="Closed: neither packing nor delivery. Open: a working day, delivered at "
        "the hours beside it.",
    )
    name = fields.Char("Reason", help="Shown to planners and customers: Christmas Day.")
    hour_from = fields.Float(
        "From", help="Open days only. 0:00 to 0:00: the frames of that weekday."
    )
    hour_to = fields.Float(
        "To", help="Open days only. 0:00 to 0:00: the frames of that weekday."
    )

    _date_unique = models.Constraint(
        "UNIQUE(schedule_id, date)",
        "This date is already an exception of the schedule; change that one.",
    )
    _hours = models.Constraint(
        "CHECK((hour_from = 0 AND hour_to = 0)"
        " OR (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24))",
        "The hours of an open day start before they end and stay within the day.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._b2b_check_once(vals_list)
        return super().create(vals_list)

    @api.model
    def _b2b_check_once(self, vals_list):
        """The database would refuse a second one too, but without saying which."""
        wanted = Counter(
            (vals.get("schedule_id"), fields.Date.to_date(vals.get("date")))
            for vals in vals_list
        )
        there = self.search(
            [
                ("schedule_id", "in", [id_ for id_, _date in wanted if id_]),
                ("date", "in", [date for _id, date in wanted if date]),
            ]
        )
        wanted.update((day.schedule_id.id, day.date) for day in there)
        for (schedule_id, date), times in wanted.items():
            if times > 1 and schedule_id and date:
                raise ValidationError(
                    self.env._(
                        "%(date)s is already an exception of %(schedule)s; change that "
                        "one.",
                        date=day_text(self.env, date),
                        schedule=there.schedule_id.browse(schedule_id).name,
                    )
                )

    @api.depends("date", "kind", "name")
    def _compute_display_name(self):
        for day in self:
            text = day_text(self.env, day.date)
            if day.kind == "open" and day.hour_to:
                text = f"{text}, {hours_text(day.hour_from, day.hour_to)}"
            day.display_name = f"{text} · {day.name}" if day.name else text
