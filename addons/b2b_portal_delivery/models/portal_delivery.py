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
        if order:
            schedules = order._b2b_slot_words(slot.start, slot.tz)
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

    def _b2b_hurry(self, slot, tz=""):
        """How long the first slot can still be had.

        :param tz: zone in which it is told, else that of the slot
        """
        _ = self.env._
        left = picker.time_left(fields.Datetime.now(), slot.cutoff_at)
        if not left:
            return ""
        days, hours, minutes = left
        if days:
            until = self.env["b2b.delivery.schedule"]._b2b_moment_text(
                slot.cutoff_at, tz or slot.tz
            )
            return _("order by %s for the first slot", until)
        if hours:
            return _(
                "order within %(hours)s h %(minutes)s min for the first slot",
                hours=hours,
                minutes=minutes,
            )
        return _("order within %s min for the first slot", minutes)

    def _b2b_until(self, slot):
        """The cut-off as the script reads it, which counts down on the page."""
        return slot.cutoff_at.isoformat() + "Z"

    def _b2b_own_text(self, order, tz):
        """The order's slot in the zone of the picker."""
        if not tz or order.b2b_slot_parts:
            return order.b2b_slot_text
        schedules = self.env["b2b.delivery.schedule"]
        return schedules._b2b_slot_text(order.b2b_slot_start, order.b2b_slot_end, tz)

    def _b2b_picker(self, ctx, order):
        """Days across, frames down, for the cart's address; None without schedule."""
        facts = order._b2b_slot_facts()
        if not facts:
            return None
        groups, place = facts
        now = fields.Datetime.now()
        Schedule = ctx.env["b2b.delivery.schedule"]
        tz, others = self._b2b_zones(Schedule, order, groups, now)
        shown = self._b2b_shown(Schedule, groups, now, place, tz)
        # Where zones meet all is told in one, by its name.
        one = tz if others else ""
        told = self.with_context(b2b_name_zone=True) if one else self
        own = told._b2b_own_slot(order, facts, one, shown.first)
        values = told._b2b_picker_values(shown, one, **own)
        values["receives"] = self._b2b_receives(Schedule, place)
        values["zone"] = (
            self._b2b_zones_words(Schedule, tz, others)
            if others
            else self._b2b_zone_words(Schedule, shown.first)
        )
        values["split"] = told._b2b_split(order, facts, now, shown.first, one)
        if not shown.first and not order._b2b_next_slots(limit=1, facts=facts):
            refusal = order._b2b_slot_refusal(facts, now)
            values["ask"] = Schedule.union(*groups)._b2b_ask_text(refusal)
        return values

    def _b2b_zones(self, Schedule, order, groups, now):
        """``(zone of the picker, other zones whose slots take part)``.

        All hours of one page go by one clock: that of the schedules that deliver to
        the address.
        """
        if len(groups) == len(groups[0]) == 1:
            return groups[0]._b2b_zone(), []
        receiver = order._b2b_slot_receiver()
        usual = len(groups) > 1 and Schedule._b2b_schedules_for(
            *receiver, order.company_id
        )
        tz = (usual or groups[0])[:1]._b2b_zone()
        zones = {schedule._b2b_zone() for schedule in Schedule.union(*groups)}
        others = [z for z in sorted(zones) if not Schedule._b2b_same_clock(now, z, tz)]
        return tz, others

    def _b2b_zones_words(self, Schedule, tz, others):
        """Whose clock the picker shows, and whose slots were put on it."""
        return self.env._(
            "All times are those of %(zone)s, also of deliveries planned in %(others)s",
            zone=Schedule._b2b_city(tz),
            others=", ".join(Schedule._b2b_city(other) for other in others),
        )

    def _b2b_zone_words(self, Schedule, slot):
        """Whose clock the picker shows, where it is not the reader's."""
        hint = slot and Schedule._b2b_zone_hint(slot.start, slot.tz)
        return self.env._("Times of %s", hint.strip(" ()")) if hint else ""

    def _b2b_receives(self, Schedule, place):
        """When the address takes goods in, where that is not always."""
        days = place.get("weekdays") or ()
        hours = place.get("receiver_hours") or (0.0, 24.0)
        words = []
        if days and len(days) < 7:
            words.append(Schedule._b2b_weekdays_text(days))
        if hours != (0.0, 24.0):
            text = "–".join(picker.hour_text(hour) for hour in hours)
            words.append(self.env._("%s h", text))
        return self.env._("goods received %s", ", ".join(words)) if words else ""

    def _b2b_shown(self, Schedule, groups, now, place, tz):
        """What the picker shows: all frames of the schedules, of one or all lines."""
        if len(Schedule.union(*groups)) > 1:
            return self._b2b_shown_together(Schedule, groups, now, place, tz)
        answers = [found for _schedule, found in groups[0]._b2b_days(now, place)]
        return picker.picker(answers, self._b2b_localizer(groups[0].tz))

    def _b2b_shown_together(self, Schedule, groups, now, place, tz):
        by_day, local = {}, self._b2b_localizer(tz)
        for schedule, answer in Schedule._b2b_days_together(groups, now, place):
            if schedule.tz != tz:
                answers = picker.in_zone(answer, schedule.tz, tz)
            else:
                answers = [answer]
            for found in answers:
                slots, reasons = by_day.get(found.day, ((), ()))
                slots = sorted(slots + found.slots, key=lambda s: (s.start, s.end))
                by_day[found.day] = tuple(slots), reasons + found.reasons
        days = [slot_rules.Day(day, *found) for day, found in sorted(by_day.items())]
        return picker.picker(days, local)

    def _b2b_localizer(self, tz):
        zoned = self.with_context(tz=tz)
        return lambda moment: fields.Datetime.context_timestamp(zoned, moment)

    def _b2b_own_slot(self, order, facts, tz, first):
        """What the picker marks of the order: chosen slot, its words, what replaces it.

        Of an order in parts the picker shows what one delivery would be.
        """
        if order.b2b_slot_parts:
            return {"chosen": first and first.start}
        look = order._b2b_slot_look(facts=facts)
        if look.kept:
            text = self._b2b_own_text(order, tz)
            return {"chosen": order.b2b_slot_start, "text": text}
        start = look.slot and look.slot.start
        if not look.finding or not start:
            return {"chosen": start}
        # It is lost: what comes in its place is shown, but chosen by the buyer only.
        Schedule = self.env["b2b.delivery.schedule"]
        text = Schedule._b2b_slot_text(start, look.slot.end, tz or look.slot.tz)
        return {"instead": start, "text": text}

    def _b2b_picker_values(self, shown, tz="", chosen=None, text="", instead=None):
        """Values of the grid.

        :param chosen: start of the slot that is chosen
        :param text: that slot, or the one below, in words: for one beyond the days
            shown
        :param instead: start of the slot that replaces a lost one
        """
        first = shown.first and shown.first.start
        offered = {c.slot.start for row in shown.rows for c in row if c.slot}
        own = chosen or instead
        later = own if own and own not in offered else None
        marked = next((start for start in (chosen, instead) if start in offered), first)
        return {
            "days": [
                (day(self.env, date).split(" ")[0], day(self.env, date, weekday=False))
                for date in shown.days
            ],
            "rows": [
                (
                    "–".join(picker.hour_text(hour) for hour in hours),
                    [
                        self._b2b_cell(cell, shown.first, chosen, instead, tz)
                        for cell in row
                    ],
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
            "later": later and self._b2b_later_text(text, chosen),
            "later_value": later and later.isoformat(),
            "later_chosen": bool(chosen),
            "more": self._b2b_more(shown, tz),
            "left": shown.first and self._b2b_hurry(shown.first, tz),
            "until": shown.first and self._b2b_until(shown.first),
            "can_choose": bool(shown),
        }

    def _b2b_later_text(self, text, chosen):
        return text if chosen else self.env._("%s, instead of the lost one", text)

    def _b2b_more(self, shown, tz):
        """Slots of later days for a list: ``[(day, [(value, frame)])]``."""
        Schedule = self.env["b2b.delivery.schedule"]
        days = {}
        for slot in shown.later:
            text = Schedule._b2b_slot_text(slot.start, slot.end, tz or slot.tz)
            date = self._b2b_localizer(tz or slot.tz)(slot.start).date()
            days.setdefault(date, []).append((slot.start.isoformat(), text))
        return [(day(self.env, date), frames) for date, frames in days.items()]

    def _b2b_cell(self, cell, first, chosen, instead, tz):
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
        label = self.env["b2b.delivery.schedule"]._b2b_slot_text(
            start, cell.slot.end, tz or cell.slot.tz
        )
        word = _("first") if cell.slot == first else _("free")
        if start == instead:
            word, label = _("instead"), _("%s, instead of the lost one", label)
        return {
            "word": word,
            "value": start.isoformat(),
            "first": cell.slot == first,
            "checked": start == chosen,
            "instead": start == instead,
            "label": label,
        }
