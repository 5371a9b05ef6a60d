from collections import defaultdict
from datetime import datetime, time, timedelta, timezone
from math import isfinite
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import babel_locale_parse, format_date, get_lang

from odoo.addons.b2b_party.tools import day as day_text

from .b2b_delivery_frame import hours_text

DAYS = 7
# Nobody's zone is further away from UTC.
ANY_ZONE = timedelta(hours=15)


class DeliverySchedule(models.Model):
    """The week planner: schedules down, days across, what is planned in each frame.

    A constant number of queries whatever the schedules and deliveries.
    """

    _inherit = "b2b.delivery.schedule"

    # -- what the planner shows ------------------------------------------------------

    @api.model
    def b2b_week(self, date=None):
        """The week of a date as plain values, for our own people.

        :param str date: any day of the week; today by default
        :return: dict with ``monday``, ``title``, ``days`` and ``rows``
        :raise AccessError: for whoever may not read schedules
        """
        self.check_access("read")
        schedules = self.search([("active", "=", True)])
        today = fields.Date.context_today(self)
        date = self._b2b_read_day(date) if date else today
        monday = date - timedelta(days=date.weekday())
        days = [monday + timedelta(days=number) for number in range(DAYS)]
        schedules.fetch(["name", "tz", "lead_days", "cutoff_hour", "company_id"])
        planned = self._b2b_planned(schedules, days)
        closed = self._b2b_week_closed(schedules, days)
        rows = [
            schedule._b2b_week_row(days, planned, closed[schedule])
            for schedule in schedules
        ]
        return {
            "monday": fields.Date.to_string(monday),
            "title": self._b2b_week_title(days),
            "days": [
                {
                    "date": fields.Date.to_string(day),
                    "name": format_date(self.env, day, date_format="EEE"),
                    "text": day_text(self.env, day, weekday=False),
                    "today": day == today,
                }
                for day in days
            ],
            "rows": rows,
            "loose": self._b2b_week_loose(days, planned),
            "stops": sum(cell["stops"] for row in rows for cell in row["cells"]),
            "waiting": self._b2b_waiting_load(self._b2b_all_waiting(planned)),
            "can_edit": self.has_access("write"),
            "shows_deliveries": planned is not None,
        }

    def _b2b_week_title(self, days):
        """“Week 48 · 23–29 November 2026” in the reader's language."""
        locale = babel_locale_parse(get_lang(self.env).code)
        first, last = days[0], days[-1]
        number = first.isocalendar().week
        if locale.language == "en" and first.month == last.month:
            span = f"{first.day}–{format_date(self.env, last, date_format='d MMMM y')}"
        else:
            until = format_date(self.env, last, date_format="d MMM y")
            span = f"{format_date(self.env, first, date_format='d MMM')} – {until}"
        return self.env._("Week %(number)s · %(span)s", number=number, span=span)

    def _b2b_week_row(self, days, planned, closed):
        plan = self._b2b_plan()
        exceptions = {exception.day: exception for exception in plan.exceptions}
        return {
            "id": self.id,
            "name": self.name,
            "terms": self._b2b_terms_text(),
            "cells": [
                self._b2b_week_cell(
                    day, exceptions.get(day), closed.get(day, ""), planned
                )
                for day in days
            ],
        }

    def _b2b_terms_text(self):
        _ = self.env._
        packs = _("packs %s working days", self.lead_days)
        if self.lead_days == 1:
            packs = _("packs 1 working day")
        if not self.lead_days:
            packs = _("packs until the cut-off")
        minutes = round(self.cutoff_hour * 60)
        until = _("cut-off %s", f"{minutes // 60}:{minutes % 60:02d}")
        return " · ".join((self.tz, packs, until))

    def _b2b_week_cell(self, day, exception, closed, planned):
        """Frames of one day with what is planned in them, and what closes the day."""
        own = planned and planned.get((self.id, day)) or {}
        shut = exception and exception.kind == "closed"
        frames = []
        for window in self._b2b_plan().windows:
            if window.weekday == day.weekday():
                load = own.get(window.frame_id)
                frames.append(
                    {
                        "id": window.frame_id,
                        "hours": hours_text(window.hour_from, window.hour_to),
                        "hour_from": window.hour_from,
                        "hour_to": window.hour_to,
                        **self._b2b_load(load),
                    }
                )
        note = ""
        if exception:
            note = self._b2b_exception_text(exception)
        others = [load for id_, load in own.items() if id_ not in self._b2b_ids(frames)]
        stops = {stop for load in own.values() for stop in load["stops"]}
        return {
            "date": fields.Date.to_string(day),
            "weekday": day.weekday(),
            "frames": sorted(frames, key=lambda frame: frame["hour_from"]),
            "outside": self._b2b_load(self._b2b_sum(others)),
            "closed": bool(shut or closed),
            "note": "; ".join(filter(None, [note, closed])),
            "stops": len(stops),
        }

    def _b2b_ids(self, frames):
        return {frame["id"] for frame in frames}

    def _b2b_exception_text(self, exception):
        _ = self.env._
        word = _("closed") if exception.kind == "closed" else _("open")
        if exception.kind == "open" and exception.hour_to:
            hours = hours_text(exception.hour_from, exception.hour_to)
            word = _("open %s only", hours)
        return f"{word}: {exception.name}" if exception.name else word

    # -- what is planned -------------------------------------------------------------

    @api.model
    def _b2b_planned(self, schedules, days):
        """Deliveries of the week by schedule, day and frame.

        :return: ``{(schedule id, day): {frame id: load}}``; schedule and frame may be
            False; None for whoever sees no deliveries
        """
        Picking = self.env["stock.picking"]
        if not Picking.has_access("read"):
            return None
        since = datetime.combine(days[0], time()) - ANY_ZONE
        until = datetime.combine(days[-1], time()) + timedelta(days=1) + ANY_ZONE
        pickings = Picking.search_fetch(
            [
                ("picking_type_code", "=", "outgoing"),
                ("state", "not in", ("cancel", "draft")),
                ("scheduled_date", ">=", since),
                ("scheduled_date", "<", until),
            ],
            [
                "scheduled_date",
                "b2b_slot_schedule_id",
                "b2b_frame_id",
                "partner_id",
                "sale_id",
                "state",
                "weight",
            ],
        )
        zones = {schedule.id: ZoneInfo(schedule.tz) for schedule in schedules}
        own = ZoneInfo(self.env.user.tz or "UTC")
        found = defaultdict(lambda: defaultdict(self._b2b_empty_load))
        for picking in pickings:
            schedule_id = picking.b2b_slot_schedule_id.id
            schedule_id = schedule_id if schedule_id in zones else False
            moment = picking.scheduled_date.replace(tzinfo=timezone.utc)
            day = moment.astimezone(zones.get(schedule_id, own)).date()
            frame_id = schedule_id and picking.b2b_frame_id.id
            self._b2b_add(found[schedule_id, day][frame_id], picking)
        for key, frame_id, order, net in self._b2b_waiting(zones, days):
            load = found[key][frame_id]
            load["waiting"][order] = load["waiting"].get(order, 0.0) + net
        return found

    @api.model
    def _b2b_empty_load(self):
        return {
            "stops": set(),
            "orders": set(),
            "ids": [],
            "weight": 0.0,
            "open": 0,
            "waiting": {},
        }

    @api.model
    def _b2b_add(self, load, picking):
        # The same address in the same frame is one stop (DECISIONS 20).
        load["stops"].add(picking.partner_id.id or -picking.id)
        load["orders"].add(picking.sale_id.id or -picking.id)
        load["ids"].append(picking.id)
        load["weight"] += picking.weight
        load["open"] += picking.state != "done"

    @api.model
    def _b2b_sum(self, loads):
        total = self._b2b_empty_load()
        for load in loads:
            total["stops"] |= load["stops"]
            total["orders"] |= load["orders"]
            total["ids"] += load["ids"]
            total["weight"] += load["weight"]
            total["open"] += load["open"]
            for order, net in load["waiting"].items():
                total["waiting"][order] = total["waiting"].get(order, 0.0) + net
        return total

    @api.model
    def _b2b_load(self, load):
        load = load or self._b2b_empty_load()
        return {
            "stops": len(load["stops"]),
            "orders": len(load["orders"]),
            "open": load["open"],
            "weight": round(load["weight"]),
            "ids": load["ids"],
            "waiting": self._b2b_waiting_load(load["waiting"]),
        }

    @api.model
    def _b2b_week_loose(self, days, planned):
        """Deliveries without any schedule, day by day; empty when there are none."""
        if not planned:
            return []
        loads = [self._b2b_sum(planned.get((False, day), {}).values()) for day in days]
        if not any(load["ids"] or load["waiting"] for load in loads):
            return []
        return [self._b2b_load(load) for load in loads]

    # -- closed days -----------------------------------------------------------------

    @api.model
    def _b2b_week_closed(self, schedules, days):
        """``{schedule: {day: why its warehouse is closed}}``; cached closures."""
        closures = self.env["b2b.delivery.closure"]._b2b_closures()
        of_company, found = {}, {}
        for schedule in schedules:
            company = schedule.company_id or self.env.company
            if company not in of_company:
                of_company[company] = self._b2b_house_closed(company, closures, days)
            found[schedule] = of_company[company]
        return found

    @api.model
    def _b2b_house_closed(self, company, closures, days):
        house = self._b2b_warehouse(company)
        country, state, _zip = self._b2b_zone_of(house.partner_id)
        named = {
            ("warehouse", house.id): self.env._("warehouse closed"),
            ("country", country.id): self.env._("public holiday"),
        }
        found = {}
        for key, word in named.items():
            for company_id, state_id, closure in closures.get(key, ()):
                ours = company_id in (False, company.id)
                if not ours or state_id not in (False, state.id):
                    continue
                text = f"{word}: {closure.name}" if closure.name else word
                for day in days:
                    if closure.first <= day <= closure.last:
                        found[day] = "; ".join(filter(None, [found.get(day), text]))
        return found

    # -- editing ---------------------------------------------------------------------

    def b2b_set_frames(self, days):
        """Replace the frames of some weekdays, all or none.

        Frames that stay keep their identity, and with it the deliveries in them.

        :param dict days: ``{weekday 0 to 6: [[from, to], ...]}``, hours as numbers
        :return: what these days had before, to undo it
        :raise UserError: when hours overlap or are none
        """
        self.ensure_one()
        self.check_access("write")
        wanted = self._b2b_read_days(days)
        gone = self.env["b2b.delivery.frame"]
        new, before = [], {}
        frames = self.frame_ids.grouped("weekday")
        for weekday, hours in wanted.items():
            left, there = list(hours), frames.get(weekday, gone.browse())
            before[weekday] = [[frame.hour_from, frame.hour_to] for frame in there]
            for frame in there:
                if (frame.hour_from, frame.hour_to) in left:
                    left.remove((frame.hour_from, frame.hour_to))
                else:
                    gone += frame
            new += [
                {
                    "schedule_id": self.id,
                    "weekday": weekday,
                    "hour_from": start,
                    "hour_to": end,
                }
                for start, end in left
            ]
        gone.unlink()
        self.env["b2b.delivery.frame"].create(new)
        return before

    def _b2b_read_days(self, days):
        """Weekdays and hours as they came from the page, checked."""
        try:
            wanted = {
                str(int(weekday)): [(float(start), float(end)) for start, end in hours]
                for weekday, hours in dict(days).items()
            }
        except (TypeError, ValueError) as bad:
            raise UserError(self.env._("These are no hours of a day.")) from bad
        for weekday, hours in wanted.items():
            wild = not all(isfinite(hour) for pair in hours for hour in pair)
            if weekday not in set("0123456") or len(hours) > 48 or wild:
                raise UserError(self.env._("These are no hours of a day."))
            for start, end in hours:
                if not 0 <= start < end <= 24:
                    raise UserError(
                        self.env._(
                            "%s: a frame ends after it starts and within its day. For "
                            "hours over midnight make two frames, up to 24:00 and from "
                            "0:00 of the next day.",
                            hours_text(start, end),
                        )
                    )
        return wanted
