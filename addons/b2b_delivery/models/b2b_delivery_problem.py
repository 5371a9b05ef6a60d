from collections import Counter

from odoo import api, fields, models

from odoo.addons.b2b_party.tools import day as day_text

from .b2b_delivery_frame import hours_text
from .b2b_delivery_schedule import MAX_LEAD_DAYS


class DeliverySchedule(models.Model):
    """What is wrong with a schedule, said while it is typed."""

    _inherit = "b2b.delivery.schedule"

    problem_text = fields.Text(
        "To mend",
        compute="_compute_problem_text",
        help="What keeps the schedule from being saved, or from delivering.",
    )

    @api.depends(
        "lead_days",
        "work_weekdays",
        "frame_ids.weekday",
        "frame_ids.hour_from",
        "frame_ids.hour_to",
        "exception_ids.date",
    )
    def _compute_problem_text(self):
        for schedule in self:
            schedule.problem_text = "\n".join(schedule._b2b_problems())

    def _b2b_problems(self):
        _ = self.env._
        problems = []
        if not 0 <= self.lead_days <= MAX_LEAD_DAYS:
            problems.append(_("Working days to pack: enter 0 to %s.", MAX_LEAD_DAYS))
        if not self.work_weekdays:
            problems.append(_("Packed on: mark at least one working day."))
        return problems + self._b2b_frame_problems() + self._b2b_date_problems()

    def _b2b_frame_problems(self):
        _ = self.env._
        problems, before = [], None
        for frame in self.frame_ids.sorted(lambda f: (f.weekday or "", f.hour_from)):
            words = {"frame": frame.display_name}
            if not 0 <= frame.hour_from < frame.hour_to <= 24:
                problems.append(
                    _(
                        "%(frame)s: ends before it starts. For hours over midnight "
                        "make two frames, up to 24:00 and from 0:00 of the next day.",
                        **words,
                    )
                )
                continue
            same_day = before and before.weekday == frame.weekday
            if same_day and before.hour_to > frame.hour_from:
                words["hours"] = hours_text(before.hour_from, before.hour_to)
                problems.append(_("%(frame)s overlaps with %(hours)s.", **words))
            before = frame
        return problems

    def _b2b_date_problems(self):
        count = Counter(day.date for day in self.exception_ids if day.date)
        return [
            self.env._(
                "Exceptions: %s stands twice; keep one.", day_text(self.env, date)
            )
            for date, times in sorted(count.items())
            if times > 1
        ]
