from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

from .b2b_delivery_frame import hours_text

_HOUR = 36  # pixels
_MONDAY = fields.Date.to_date("2026-11-23")


class DeliverySchedule(models.Model):
    """The week as a picture: days across, hours down, a block per frame."""

    _inherit = "b2b.delivery.schedule"

    week_html = fields.Html(
        "Week",
        compute="_compute_week_html",
        sanitize=False,
        help="The frames of the week; days without frame are hatched.",
    )

    @api.depends_context("lang")
    @api.depends("frame_ids.weekday", "frame_ids.hour_from", "frame_ids.hour_to")
    def _compute_week_html(self):
        for schedule in self:
            schedule.week_html = schedule._b2b_week_html()

    def _b2b_week_html(self):
        frames = self.frame_ids.filtered(lambda f: 0 <= f.hour_from < f.hour_to <= 24)
        if not frames:
            return Markup("<p class='text-muted'>%s</p>") % self.env._(
                "No frame yet: add the hours at which you deliver below."
            )
        first = min(6, int(min(frames.mapped("hour_from"))))
        last = max(18, -int(-max(frames.mapped("hour_to")) // 1))
        hours = Markup().join(
            Markup("<div class='o_b2b_week_hour' style='height:%spx'>%02d:00</div>")
            % (_HOUR, hour)
            for hour in range(first, last)
        )
        days = Markup().join(
            self._b2b_week_day(day, frames, first, last) for day in range(7)
        )
        return Markup(
            "<div class='o_b2b_week'><div class='o_b2b_week_hours'>%s</div>%s</div>"
        ) % (hours, days)

    def _b2b_week_day(self, weekday, frames, first, last):
        blocks = Markup().join(
            Markup(
                "<div class='o_b2b_week_frame' style='top:%.1fpx;height:%.1fpx'>"
                "%s h</div>"
            )
            % (
                (frame.hour_from - first) * _HOUR,
                (frame.hour_to - frame.hour_from) * _HOUR - 2,
                hours_text(frame.hour_from, frame.hour_to),
            )
            for frame in frames
            if frame.weekday == str(weekday)
        )
        closed = "" if blocks else " o_b2b_week_closed"
        if not blocks:
            blocks = Markup("<span class='o_b2b_week_none'>%s</span>") % self.env._(
                "no delivery"
            )
        name = format_date(
            self.env, _MONDAY + timedelta(days=weekday), date_format="EEE"
        )
        return Markup(
            "<div class='o_b2b_week_day'><div class='o_b2b_week_name'>%s</div>"
            "<div class='o_b2b_week_body%s' style='height:%spx'>%s</div></div>"
        ) % (name, closed, (last - first) * _HOUR, blocks)
