from odoo import models

from odoo.addons.b2b_delivery.rules import parts as rules


class B2bPortalDelivery(models.AbstractModel):
    """The picker of an order in parts: each part has days and frames of its own."""

    _inherit = "b2b.portal.delivery"

    def _b2b_split(self, order, facts, now, together, tz=""):
        """The choice between one delivery and parts; None where there is none.

        :param together: the first slot at which everything can come
        :param tz: zone in which all slots are told; each in its own without
        """
        if not (order._b2b_may_split() or order.b2b_split_delivery) or not together:
            return None
        promised = order._b2b_parts()
        if not promised and not order._b2b_parts_now(facts):
            return None
        found = order._b2b_part_choices(facts)
        if len(found) < 2:
            return None
        schedules = self.env["b2b.delivery.schedule"]
        own_slot = order.b2b_slot_start and not promised
        own_text = own_slot and self._b2b_own_text(order, tz)
        stops = rules.stops(found)
        first = rules.first(stops)
        groups = schedules._b2b_goods_by_group(facts[0], order.order_line.product_id)
        return {
            "chosen": bool(promised),
            "one": own_text or self._b2b_part_slot_text(together, tz),
            "left": self._b2b_hurry(first, tz),
            "until": self._b2b_until(first),
            "stops": [
                (
                    self._b2b_part_slot_text(stop.slot, tz),
                    order._b2b_part_count_text(stop),
                )
                for stop in stops
            ],
            "parts": [
                self._b2b_part(order, one, promised, tz)
                | self._b2b_part_picker(one, groups, facts[1], now, tz)
                for one in found
            ],
        }

    def _b2b_part(self, order, choice, promised, tz):
        """A part in words: its articles, its slot and the one that it has lost."""
        name = self.env["b2b.portal.rows"]._b2b_name
        products = order._b2b_part_lines(choice).product_id
        lost = None
        if not choice.slot:
            goods = set(choice.goods)
            lost = next((p.slot for p in promised if goods.intersection(p.goods)), None)
        return {
            "key": choice.key,
            "slot": self._b2b_part_slot_text(choice.next_slot, tz),
            "lost": self._b2b_part_slot_text(lost, tz) if lost else "",
            "names": [name(product) for product in products],
        }

    def _b2b_part_slot_text(self, slot, tz):
        schedules = self.env["b2b.delivery.schedule"]
        return schedules._b2b_slot_text(slot.start, slot.end, tz or slot.tz)

    def _b2b_part_picker(self, choice, groups, place, now, tz):
        """The grid of one part.

        :param groups: pairs of ids of goods and their schedules
        """
        Schedule = self.env["b2b.delivery.schedule"]
        own = [found for ids, found in groups if set(ids).intersection(choice.goods)]
        # Where zones meet, all hours go by the clock of the page.
        zone = tz or own[0][:1]._b2b_zone()
        if tz:
            shown = self._b2b_shown_together(Schedule, own, now, place, zone)
        else:
            shown = self._b2b_shown(Schedule, own, now, place, zone)
        slot = choice.slot or choice.next_slot
        marks = {"chosen" if choice.slot else "instead": slot.start}
        marks["text"] = self._b2b_part_slot_text(slot, tz)
        return {"picker": self._b2b_picker_values(shown, tz, **marks)}
