from dataclasses import replace
from datetime import timedelta
from heapq import merge

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from ..rules import slot as rules
from .b2b_delivery_frame import hours_text

# A day before any order is worth looking at, for the exceptions that are read.
_EXCEPTION_PAST = timedelta(days=120)


class DeliverySchedule(models.Model):
    """Gathers the facts, calls the rule, and puts its answers into words."""

    _inherit = "b2b.delivery.schedule"

    # -- facts -----------------------------------------------------------------------

    @api.model
    def _b2b_schedules_for(self, party, address, company):
        """The schedules that deliver to an address: its own, its party's, default.

        Several of one level are alternatives; the earliest slot of any counts.
        """
        company = company or self.env.company
        party, address, company = party.sudo(), address.sudo(), company.sudo()
        owners = (address, address.commercial_partner_id, party.commercial_partner_id)
        # Read for all of them at once: mostly the first two have none.
        self.env["res.partner"].union(*owners)._b2b_schedules()
        for owner in owners:
            if usable := owner._b2b_schedules()._b2b_serving(company):
                return usable
        return company.b2b_default_schedule_id._b2b_serving(company)

    def _b2b_serving(self, company):
        """Those of the schedules that deliver for a company."""
        return self.filtered(lambda s: s._b2b_plan().serves(company._origin.id))

    @api.model
    def _b2b_receiving_weekdays(self, party, address):
        """Weekdays (0 = Monday) on which goods are taken in; empty for every day."""
        receiver = (address or party).sudo()
        days = (
            receiver.b2b_delivery_weekdays
            or receiver.commercial_partner_id.b2b_delivery_weekdays
            or ""
        )
        return tuple(sorted({int(day) for day in days}))

    def _b2b_facts(self, ready_at):
        """Arguments of the rule that this schedule contributes."""
        self.ensure_one()
        # The plan is kept for everybody, the right to see it is not.
        self._origin.check_access("read")
        plan = self._b2b_plan()
        first = ready_at.date() - _EXCEPTION_PAST
        exceptions = [e for e in plan.exceptions if e.day >= first]
        terms = {
            "tz": plan.tz,
            "lead_days": plan.lead_days,
            "cutoff_hour": plan.cutoff_hour,
            "work_weekdays": plan.work_weekdays,
        }
        return plan.windows, exceptions, terms

    def _b2b_days(self, ready_at, weekdays):
        """What each day answers, schedule by schedule: list of (schedule, Day)."""
        answers = []
        for schedule in self:
            windows, exceptions, terms = schedule._b2b_facts(ready_at)
            days = rules.days(ready_at, windows, exceptions, weekdays, **terms)
            answers.append([(schedule, day) for day in days])
        return sorted(
            (answer for days in answers for answer in days), key=lambda a: a[1].day
        )

    def _b2b_slots_from(self, ready_at, weekdays, limit=None):
        """The next slots of these schedules together, in order of time."""
        found = []
        for schedule in self:
            windows, exceptions, terms = schedule._b2b_facts(ready_at)
            found.append(
                rules.slots(
                    ready_at, windows, exceptions, weekdays, limit=limit, **terms
                )
            )
        slots = list(merge(*found, key=lambda slot: (slot.start, slot.end)))
        return slots if limit is None else slots[:limit]

    # -- contract --------------------------------------------------------------------

    @api.model
    def _b2b_slots(
        self, party, address, warehouse=None, ready_at=None, company=None, limit=10
    ):
        """The next possible slots for a picker.

        :param party: res.partner that buys
        :param address: res.partner the goods go to
        :param warehouse: stock.warehouse; names the company when none is given
        :param ready_at: UTC, when the order is placed; now by default
        :return: list of :class:`~..rules.slot.Slot`; empty without a schedule
        """
        company = company or (warehouse and warehouse.sudo().company_id)
        schedules = self._b2b_schedules_for(party, address, company)
        ready_at = ready_at or fields.Datetime.now()
        weekdays = self._b2b_receiving_weekdays(party, address)
        return schedules._b2b_slots_from(ready_at, weekdays, limit)

    @api.model
    def _b2b_first_slot(
        self, party, address, warehouse=None, ready_at=None, company=None
    ):
        """The first possible slot, or why there is none.

        :return: :class:`~..rules.slot.Slot` or :class:`~..rules.slot.Refusal`; a
            refusal with code ``no_schedule`` means that nothing is promised
        """
        company = company or (warehouse and warehouse.sudo().company_id)
        schedules = self._b2b_schedules_for(party, address, company)
        if not schedules:
            return rules.Refusal(code="no_schedule")
        ready_at = ready_at or fields.Datetime.now()
        weekdays = self._b2b_receiving_weekdays(party, address)
        slots = schedules._b2b_slots_from(ready_at, weekdays, limit=1)
        if slots:
            return slots[0]
        answers = schedules._b2b_days(ready_at, weekdays)
        return rules.Refusal(
            tuple(reason for _schedule, day in answers for reason in day.reasons)
        )

    # -- words -----------------------------------------------------------------------

    @api.model
    def _b2b_day_text(self, day):
        """A date as "Wed 25 Nov"."""
        return format_date(self.env, day, date_format="EEE d MMM")

    @api.model
    def _b2b_slot_text(self, start, end, tz):
        """A slot as "Wed 25 Nov, 8–12" in its own zone."""
        day = self._b2b_local(start, tz).date()
        hours = self._b2b_slot_hours_text(start, end, tz)
        return f"{self._b2b_day_text(day)}, {hours}"

    @api.model
    def _b2b_slot_hours_text(self, start, end, tz):
        """The hours of a slot as "8–12" in its own zone."""
        begin, finish = self._b2b_local(start, tz), self._b2b_local(end, tz)
        hours = [moment.hour + moment.minute / 60 for moment in (begin, finish)]
        if finish.date() > begin.date():
            hours[1] += 24
        return hours_text(*hours)

    @api.model
    def _b2b_local(self, moment, tz):
        return fields.Datetime.context_timestamp(self.with_context(tz=tz), moment)

    @api.model
    def _b2b_moment_text(self, moment, tz):
        """A moment as "Mon 23 Nov 12:00"."""
        return format_datetime(self.env, moment, tz=tz, dt_format="EEE d MMM HH:mm")

    def _b2b_reason_text(self, reason):
        """One reason of the rule as a short phrase for staff and buyers alike."""
        if reason.code == "closed":
            if reason.name:
                return self.env._("closed: %s", reason.name)
            return self.env._("closed")
        if reason.code == "no_frame":
            return self.env._("no delivery on this day")
        if reason.code == "receiver":
            return self.env._(
                "received only on %s", self._b2b_weekdays_text(reason.weekdays)
            )
        if reason.code == "past":
            return self.env._("already begun")
        if reason.code == "cutoff":
            until = self._b2b_moment_text(reason.until, self.tz)
            return self.env._("had to be ordered by %s", until)
        if reason.code == "clock":
            return self.env._("does not exist when the clock changes")
        return self.env._("no working day to pack before it")

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
