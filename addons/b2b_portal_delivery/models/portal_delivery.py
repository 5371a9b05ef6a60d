from odoo import fields, models

from odoo.addons.b2b_delivery.rules import slot as slot_rules
from odoo.addons.b2b_portal.tools import day

from ..rules import picker


class B2bPortalDelivery(models.AbstractModel):
    """Delivery in the portal's words: first slot, time left, the picker."""

    _name = "b2b.portal.delivery"
    _description = "Delivery in the trade portal"

    def _b2b_first(self, ctx, order=None):
        """The slot that an order sent now would get, for cards.

        :param order: a cart with its address; the party's default address without
        :return: dict slot, text, left, place; without a slot up to the horizon the
            reason instead of the time left; None when nothing is promised
        """
        schedules = ctx.env["b2b.delivery.schedule"]
        if order:
            address, facts = order.partner_shipping_id, order._b2b_slot_facts()
            look = facts and order._b2b_slot_look(facts=facts)
            slot = look and (look.slot or look.refusal)
        else:
            address = ctx.seat._b2b_delivery_address() or ctx.party
            facts = schedules._b2b_gather(ctx.party, address, company=ctx.company)
            slot = facts and schedules._b2b_first_of(*facts)
        if not facts or slot is None:
            return None
        place = ", ".join(filter(None, [address._b2b_place_name(), address.city]))
        if not slot:
            asked = schedules.union(*facts[0])
            return {
                "text": self.env._("Ask us for a date"),
                "left": asked._b2b_why_text(slot),
                "place": place,
            }
        return {
            "slot": slot,
            "text": schedules._b2b_slot_text(slot.start, slot.end, slot.tz),
            "left": self._b2b_left(slot),
            "place": place,
        }

    def _b2b_left(self, slot):
        """“2 h 13 min”; over a day the moment itself."""
        _ = self.env._
        left = picker.time_left(fields.Datetime.now(), slot.cutoff_at)
        if not left:
            return ""
        days, hours, minutes = left
        if days:
            return _(
                "if ordered by %s",
                self.env["b2b.delivery.schedule"]._b2b_moment_text(
                    slot.cutoff_at, slot.tz
                ),
            )
        if hours:
            return _(
                "if ordered within %(hours)s h %(minutes)s min",
                hours=hours,
                minutes=minutes,
            )
        return _("if ordered within %s min", minutes)

    def _b2b_hurry(self, slot):
        """How long the first slot can still be had."""
        _ = self.env._
        left = picker.time_left(fields.Datetime.now(), slot.cutoff_at)
        if not left:
            return ""
        days, hours, minutes = left
        if days:
            until = self.env["b2b.delivery.schedule"]._b2b_moment_text(
                slot.cutoff_at, slot.tz
            )
            return _("order by %s for the first slot", until)
        if hours:
            return _(
                "order within %(hours)s h %(minutes)s min for the first slot",
                hours=hours,
                minutes=minutes,
            )
        return _("order within %s min for the first slot", minutes)

    def _b2b_picker(self, ctx, order):
        """Days across, frames down, for the cart's address; None without schedule."""
        facts = order._b2b_slot_facts()
        if not facts:
            return None
        groups, place = facts
        now = fields.Datetime.now()
        Schedule = ctx.env["b2b.delivery.schedule"]
        shown = self._b2b_shown(Schedule, groups, now, place)
        values = self._b2b_picker_values(order, shown)
        if not shown.first and not order._b2b_next_slots(limit=1, facts=facts):
            refusal = order._b2b_slot_refusal(facts, now)
            values["ask"] = Schedule.union(*groups)._b2b_ask_text(refusal)
        return values

    def _b2b_shown(self, Schedule, groups, now, place):
        """What the picker shows: the schedule with the first slot, or all lines'."""
        if len(groups) > 1:
            return self._b2b_shown_together(Schedule, groups, now, place)
        best = groups[0]._b2b_slots_from(now, place, limit=1)
        for schedule in groups[0]:
            answers = [found for _schedule, found in schedule._b2b_days(now, place)]
            shown = picker.picker(answers, self._b2b_localizer(schedule.tz))
            if not best or shown.first == best[0]:
                break
        return shown

    def _b2b_shown_together(self, Schedule, groups, now, place):
        by_day, tz = {}, groups[0][:1].tz
        for _schedule, answer in Schedule._b2b_days_together(groups, now, place):
            slots, reasons = by_day.get(answer.day, ((), ()))
            slots = sorted(slots + answer.slots, key=lambda s: (s.start, s.end))
            by_day[answer.day] = tuple(slots), reasons + answer.reasons
        days = [slot_rules.Day(day, *found) for day, found in sorted(by_day.items())]
        return picker.picker(days, self._b2b_localizer(tz))

    def _b2b_localizer(self, tz):
        zoned = self.with_context(tz=tz)
        return lambda moment: fields.Datetime.context_timestamp(zoned, moment)

    def _b2b_picker_values(self, order, shown):
        chosen, first = order.b2b_slot_start, shown.first and shown.first.start
        offered = {c.slot.start for row in shown.rows for c in row if c.slot}
        # One before the first slot is lost; the order's finding says so.
        later = chosen and chosen not in offered and not (first and chosen < first)
        marked = chosen if chosen in offered else first
        return {
            "days": [
                (day(self.env, date).split(" ")[0], day(self.env, date, weekday=False))
                for date in shown.days
            ],
            "rows": [
                (
                    "–".join(picker.hour_text(hour) for hour in hours),
                    [self._b2b_cell(cell, shown.first, chosen) for cell in row],
                )
                for hours, row in zip(shown.hours, shown.rows, strict=True)
            ],
            "chosen_day": next(
                (
                    number
                    for row in shown.rows
                    for number, cell in enumerate(row)
                    if cell.slot and cell.slot.start == marked
                ),
                0,
            ),
            "later": order.b2b_slot_text if later else "",
            "later_value": chosen and chosen.isoformat(),
            "left": shown.first and self._b2b_hurry(shown.first),
            "can_choose": bool(shown),
        }

    def _b2b_cell(self, cell, first, chosen):
        _ = self.env._
        words = {
            "closed": _("closed"),
            "no_frame": _("closed"),
            "receiver": _("not received"),
            "past": _("over"),
            "cutoff": _("packing"),
            "receiver_closed": _("not received"),
            "receiver_hours": _("not received"),
            "together": _("other goods"),
        }
        if not cell.slot:
            return {"word": words.get(cell.word, _("closed")), "value": ""}
        start = cell.slot.start
        return {
            "word": _("first") if cell.slot == first else _("free"),
            "value": start.isoformat(),
            "checked": start == chosen,
            "label": self.env["b2b.delivery.schedule"]._b2b_slot_text(
                start, cell.slot.end, cell.slot.tz
            ),
        }
