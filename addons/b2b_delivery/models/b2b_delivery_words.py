import datetime
from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.b2b_party.tools import day as day_text
from odoo.addons.b2b_party.tools import moment as moment_text

from ..rules import slot as rules
from ..rules import together
from .b2b_delivery_frame import hours_text


class DeliverySchedule(models.Model):
    """Puts the answers of the rule into words, for planners and buyers alike."""

    _inherit = "b2b.delivery.schedule"

    @api.model
    def _b2b_read_day(self, value):
        """A day as it came from a page.

        :raise UserError: when it is none, or one that nobody plans with
        """
        return self._b2b_read(value, fields.Date.to_date)

    @api.model
    def _b2b_read_moment(self, value):
        """A moment (UTC) as it came from a page; errors as above."""
        return self._b2b_read(value, fields.Datetime.to_datetime)

    @api.model
    def _b2b_read(self, value, convert):
        try:
            # Only what a date can be: lists and numbers are no date either.
            found = convert(value) if isinstance(value, str | datetime.date) else None
        except ValueError:
            found = None
        if not found:
            raise UserError(self.env._("“%s” is not a date.", str(value)[:40]))
        if found.year not in rules.YEARS:
            raise UserError(
                self.env._(
                    "Nothing can be planned in the year %(year)s; enter a date from "
                    "%(first)s to %(last)s.",
                    year=found.year,
                    first=rules.YEARS[0],
                    last=rules.YEARS[-1],
                )
            )
        return found

    @api.model
    def _b2b_day_text(self, date):
        """A date as "Wed 25 Nov"."""
        return day_text(self.env, date)

    @api.model
    def _b2b_slot_text(self, start, end, tz):
        """A slot as "Wed 25 Nov, 8–12" in its own zone; a moment without an end."""
        if end == start:
            return self._b2b_moment_text(start, tz)
        date = self._b2b_local(start, tz).date()
        hours = self._b2b_slot_hours_text(start, end, tz)
        return f"{self._b2b_day_text(date)}, {hours}{self._b2b_zone_hint(start, tz)}"

    @api.model
    def _b2b_zone_hint(self, moment, tz):
        """“ (New York)” where the clock of reader or company shows another time.

        And always where hours of several zones stand side by side.
        """
        if not tz:
            return ""
        # sudo: the zone of the own company is no secret.
        company = self.env.company.sudo().partner_id.tz
        reader = self.env.context.get("tz") or self.env.user.tz
        named = self.env.context.get("b2b_name_zone") or any(
            clock and not self._b2b_same_clock(moment, clock, tz)
            for clock in (reader, company)
        )
        return f" ({self._b2b_city(tz)})" if named else ""

    @api.model
    def _b2b_naming_zones(self):
        """The same schedules, whose texts name the zone whoever reads."""
        return self.with_context(b2b_name_zone=True)

    @api.model
    def _b2b_same_clock(self, moment, tz, other):
        """Whether two zones have the same time at a moment."""
        if tz == other:
            return True
        one, two = (self._b2b_local(moment, zone) for zone in (tz, other))
        return one.utcoffset() == two.utcoffset()

    @api.model
    def _b2b_city(self, tz):
        """A zone by its city: “New York”."""
        return tz.rpartition("/")[2].replace("_", " ")

    @api.model
    def _b2b_slot_hours_text(self, start, end, tz):
        """The hours of a slot as "8–12" in its own zone."""
        return hours_text(*self._b2b_hours(start, end, tz))

    @api.model
    def _b2b_hours(self, start, end, tz):
        """The hours of a slot as numbers, 24.0 for midnight at its end."""
        begin, finish = self._b2b_local(start, tz), self._b2b_local(end, tz)
        hours = [moment.hour + moment.minute / 60 for moment in (begin, finish)]
        if finish.date() > begin.date():
            hours[1] += 24
        return tuple(hours)

    @api.model
    def _b2b_local(self, moment, tz):
        return fields.Datetime.context_timestamp(self.with_context(tz=tz), moment)

    @api.model
    def _b2b_moment_text(self, value, tz):
        """A moment as "Mon 23 Nov 12:00"."""
        return moment_text(self.env, value, tz) + self._b2b_zone_hint(value, tz)

    def _b2b_reason_text(self, reason):
        """One reason of the rule as a short phrase for staff and buyers alike."""
        _ = self.env._
        code, name = reason.code, reason.name
        days = self._b2b_weekdays_text(reason.weekdays)
        if code == "cutoff":
            until = self._b2b_moment_text(reason.until, self.tz)
            return _("had to be ordered by %s", until)
        if code == "carrier":
            return _(
                "%(carrier)s delivers only on %(days)s",
                carrier=name or _("the carrier"),
                days=days,
            )
        if name and code in ("closed", "warehouse", "receiver_closed", "zone"):
            named = {
                "closed": _("closed: %s", name),
                "warehouse": _("warehouse closed: %s", name),
                "receiver_closed": _("receiver closed: %s", name),
                "zone": _("%s has no transit time to this place", name),
            }
            return named[code]
        words = {
            "closed": _("closed"),
            "warehouse": _("warehouse closed"),
            "receiver_closed": _("receiver closed"),
            "zone": _("no transit time to this place"),
            "no_frame": _("no delivery on this day"),
            "receiver": _("received only on %s", days),
            "receiver_hours": _("outside the receiver's hours"),
            "past": _("already begun"),
            "clock": _("does not exist when the clock changes"),
            "together": _("another line comes later"),
        }
        return words.get(code) or _("no working day to pack before it")

    def _b2b_refusal_text(self, reasons):
        """All reasons of one day as one phrase; frames with the same reason together.

        :param reasons: those of one day, as the rule gave them
        """
        grouped = {}
        for reason in reasons:
            same = replace(reason, hours=None)
            grouped.setdefault(same, []).append(reason.hours)
        texts = []
        for same, hours in grouped.items():
            text = self._b2b_reason_text(same)
            if len(grouped) > 1 and all(hours):
                frames = ", ".join(hours_text(*pair) for pair in hours)
                text = f"{frames}: {text}"
            texts.append(text)
        return "; ".join(texts)

    @api.model
    def _b2b_weekdays_text(self, weekdays):
        """Weekday numbers as "Mon, Tue"."""
        monday = fields.Date.to_date("2026-11-23")
        return ", ".join(
            format_date(self.env, monday + timedelta(days=day), date_format="EEE")
            for day in weekdays
        )

    # -- nothing within the horizon ----------------------------------------------------

    def _b2b_why_text(self, refusal):
        """What stands in the way of any slot, as one phrase for everybody.

        Called on the schedules that were asked.
        """
        reasons = together.main_reasons(refusal.reasons)
        return "; ".join(self._b2b_main_text(reason) for reason in reasons)

    def _b2b_main_text(self, reason):
        _ = self.env._
        if reason.code in ("cutoff", "past"):
            return _("packing and the way take longer")
        if reason.code == "no_frame":
            plans = [schedule._b2b_plan() for schedule in self]
            days = sorted({window.weekday for p in plans for window in p.windows})
            if not days:
                return _("the schedule has no frames")
            return _("delivered only on %s", self._b2b_weekdays_text(days))
        return self[:1]._b2b_reason_text(reason)

    def _b2b_ask_text(self, refusal):
        """One sentence instead of a slot: ask us, and why."""
        return self.env._(
            "There is no delivery within 13 weeks (%s). Please ask us for a date.",
            self._b2b_why_text(refusal),
        )
