from odoo import models
from odoo.tools import ormcache

from ..rules import slot as rules


class DeliverySchedule(models.Model):
    """The schedule as plain values, kept until a part of any schedule changes.

    Every cart and every page asks for the next slot; schedules change a few times a
    year. Which schedule an address has is never kept.
    """

    _inherit = "b2b.delivery.schedule"

    def _b2b_plan(self):
        """The :class:`~..rules.slot.Plan` of this schedule, without a right to ask.

        Callers that hand out what it says check their access first.
        """
        self.ensure_one()
        # One that is being typed has no saved plan.
        saved = self._origin
        return saved._b2b_saved_plan() if saved else self._b2b_as_plan()

    @ormcache("self.id")
    def _b2b_saved_plan(self):
        # sudo: kept for everybody.
        return self.sudo()._b2b_as_plan()

    def _b2b_as_plan(self):
        return rules.Plan(
            tz=self.tz,
            lead_days=self.lead_days,
            cutoff_hour=self.cutoff_hour,
            work_weekdays=tuple(int(day) for day in self.work_weekdays or ""),
            windows=tuple(
                rules.Window(
                    int(frame.weekday), frame.hour_from, frame.hour_to, frame.id
                )
                for frame in self.frame_ids
            ),
            exceptions=tuple(
                rules.ExceptionDay(e.date, e.kind, e.name or "", e.hour_from, e.hour_to)
                for e in self.exception_ids
            ),
            active=self.active,
            company_id=self.company_id.id or None,
        )

    @ormcache()
    def _b2b_zones_used(self):
        """Time zones of all schedules that deliver."""
        # sudo: kept for everybody.
        return frozenset(self.sudo().search([("active", "=", True)]).mapped("tz"))

    def _b2b_zone(self):
        """Time zone of the schedule, empty without one."""
        return self._b2b_plan().tz if self else ""
