from odoo import fields, models

from odoo.addons.b2b_portal.tools import day

from ..rules import picker


class B2bPortalDelivery(models.AbstractModel):
    """Delivery in the portal's words: first slot, time left, the picker."""

    _name = "b2b.portal.delivery"
    _description = "Delivery in the trade portal"

    def _b2b_first(self, ctx, order=None):
        """The slot that an order sent now would get, for cards.

        :param order: a cart with its address; the party's default address without
        :return: dict slot, text, left, place; None when nothing is promised
        """
        schedules = ctx.env["b2b.delivery.schedule"]
        if order:
            slot, address = order._b2b_slot_look().slot, order.partner_shipping_id
        else:
            address = ctx.seat._b2b_delivery_address() or ctx.party
            slot = schedules._b2b_first_slot(ctx.party, address, company=ctx.company)
        if not slot:
            return None
        return {
            "slot": slot,
            "text": schedules._b2b_slot_text(slot.start, slot.end, slot.tz),
            "left": self._b2b_left(slot),
            "place": ", ".join(filter(None, [address._b2b_place_name(), address.city])),
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
        schedules = order._b2b_slot_schedules()
        if not schedules:
            return None
        party, address = order._b2b_slot_receiver()
        weekdays = schedules._b2b_receiving_weekdays(party, address)
        now = fields.Datetime.now()
        best = order._b2b_next_slots(limit=1)
        for schedule in schedules:
            answers = [found for _schedule, found in schedule._b2b_days(now, weekdays)]
            shown = picker.picker(answers, self._b2b_localizer(schedule))
            if not best or shown.first == best[0] or len(schedules) == 1:
                return self._b2b_picker_values(order, shown)
        return self._b2b_picker_values(order, shown)

    def _b2b_localizer(self, schedule):
        zoned = self.with_context(tz=schedule.tz)
        return lambda moment: fields.Datetime.context_timestamp(zoned, moment)

    def _b2b_picker_values(self, order, shown):
        chosen = order.b2b_slot_start
        offered = {c.slot.start for row in shown.rows for c in row if c.slot}
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
                    if cell.slot and cell.slot.start == chosen
                ),
                0,
            ),
            "later": (order.b2b_slot_text if chosen and chosen not in offered else ""),
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
