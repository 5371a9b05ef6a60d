from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.b2b_party.rules.finding import BUYER, WARN, Finding

from ..rules import parts as rules
from ..rules import slot as slot_rules
from .sale_order_slot import SlotCheck


class SaleOrder(models.Model):
    """An order that comes in parts: each group of goods in its own slot.

    The promise is kept on the order, article by article, so that an order of a
    thousand lines writes one value; the lines read theirs from it.
    """

    _inherit = "sale.order"

    # -- what can be had -------------------------------------------------------------

    def _b2b_may_split(self):
        """Whether the buyer may choose; our own people always may."""
        self.ensure_one()
        return self.partner_id._b2b_may_split(self.company_id)

    def _b2b_part_groups(self, facts, now=None):
        groups, place = facts
        return self.env["b2b.delivery.schedule"]._b2b_shared_out(
            groups, self.order_line.product_id, now or fields.Datetime.now(), place
        )

    def _b2b_parts_wanted(self, facts, now=None):
        """The earliest parts; none when everything comes on one day anyway."""
        if len(facts[0]) < 2:
            return ()
        found = rules.parts(self._b2b_part_groups(facts, now))
        return found if len(found) > 1 else ()

    def _b2b_parts_now(self, facts=None):
        """The parts in which this draft could come if it were sent now."""
        self.ensure_one()
        if self.state not in ("draft", "sent") or not self._b2b_slot_goods():
            return ()
        facts = facts or (self.partner_id and self._b2b_slot_facts())
        return self._b2b_parts_wanted(facts) if facts else ()

    def _b2b_part_choices(self, facts):
        """What may be chosen for each part of this draft, were it sent now.

        :return: tuple of :class:`~..rules.parts.Choice`
        """
        return rules.choices(self._b2b_parts(), self._b2b_part_groups(facts))

    def _b2b_parts_default(self, facts):
        """Values of an order in parts after lines or place changed; None for none.

        What somebody chose stays for each part while it can be had.
        """
        # In a form the switch may just have been turned: then nothing is chosen yet.
        turned = self._origin.b2b_split_delivery != self.b2b_split_delivery
        if not self.b2b_slot_chosen or (self._origin and turned):
            parts = self._b2b_parts_wanted(facts)
            return self._b2b_parts_vals(parts) if parts else None
        groups = self._b2b_part_groups(facts)
        parts = rules.renewed(self._b2b_promised(groups), groups)
        if not parts:
            return None
        # What comes by one schedule, or was one delivery and still can be, is one.
        several = len(parts) > 1 or (self.b2b_slot_parts and len(facts[0]) > 1)
        return self._b2b_slot_vals(rules.first(parts), True, parts if several else ())

    # -- what was promised -----------------------------------------------------------

    def _b2b_parts(self):
        """The promised parts in order of time, none for one delivery."""
        self.ensure_one()
        # sudo: hidden from customers' logins, whose pages show it in words.
        return rules.load(self.sudo().b2b_slot_parts)

    def _b2b_parts_vals(self, parts):
        return self._b2b_slot_vals(rules.first(parts), parts=parts)

    def _b2b_parts_with_new(self):
        """Values for articles that were added to a confirmed order in parts."""
        promised = self._b2b_parts()
        known = {good for part in promised for good in part.goods}
        goods = self.order_line.product_id.filtered(lambda p: p.type == "consu")
        if not promised or self.state != "sale" or not set(goods.ids) - known:
            return {}
        facts = self._b2b_slot_facts()
        if not facts:
            return {}
        parts = rules.with_new(promised, self._b2b_part_groups(facts))
        return {"b2b_slot_parts": rules.dump(parts)}

    def _b2b_parts_moved(self, moment, facts):
        """Values after the date of a confirmed order in parts was changed.

        The parts of :meth:`_b2b_moving_starts` follow; the other ones stay.
        """
        promised = self._b2b_parts()
        starts = self._b2b_moving_starts()
        goods = {g for p in promised if p.slot.start in starts for g in p.goods}
        own = [
            slot
            for ids, slots in self._b2b_part_groups(facts)
            if goods.intersection(ids)
            for slot in slots
        ]
        # What comes then anyway takes it along, where it can be there.
        stops = [
            part.slot
            for part in promised
            if part.slot.start not in starts
            and any(slot.start <= part.slot.start for slot in own)
        ]
        around = (slot for slot in stops + own if slot.start <= moment < slot.end)
        slot = next(around, None)
        if slot is None:
            # A date that somebody agreed, outside every frame.
            tz = next((p.slot.tz for p in promised if p.slot.start in starts), "UTC")
            slot = slot_rules.Slot(moment, moment, None, moment, moment.date(), tz)
        return self._b2b_slot_vals(slot, parts=rules.moved(promised, starts, slot))

    def _b2b_moving_starts(self):
        """Starts of the parts that follow when the order's date is changed."""
        self.ensure_one()
        promised = self._b2b_parts()
        if not promised:
            return frozenset()
        return rules.moving(promised, self.b2b_slot_start, self._b2b_part_is_open)

    def _b2b_part_is_open(self, part):
        """Whether something of a part is still to come; also before any delivery."""
        # sudo: whoever may move the date need not see the warehouse's moves.
        moves = self.sudo()._b2b_part_lines(part).move_ids
        to_customer = moves.filtered(
            lambda move: (
                move.location_dest_id.usage == "customer" and move.state != "cancel"
            )
        )
        return not moves or any(move.state != "done" for move in to_customer)

    def _b2b_check_movable(self):
        """A confirmed order in parts of which nothing is open keeps its date.

        :raise UserError: naming the order
        """
        for order in self:
            if order.state != "sale" or not order._b2b_parts():
                continue
            if not order._b2b_moving_starts():
                raise UserError(
                    self.env._(
                        "All deliveries of %s are done; there is nothing left whose "
                        "date could be moved.",
                        order.name,
                    )
                )

    # -- checking --------------------------------------------------------------------

    def _b2b_parts_look(self, now, facts):
        """As ``_b2b_slot_look`` for an order in parts; None when it is none."""
        stored = self._b2b_parts()
        if self.commitment_date and not stored:
            return None  # one delivery on a date that somebody typed
        groups = self._b2b_part_groups(facts, now)
        promised = self._b2b_promised(groups)
        parts = rules.still(promised, groups)
        if parts and not stored:
            return None  # one delivery in the slot that was promised
        if parts:
            return SlotCheck(slot=rules.first(parts), kept=True, parts=parts)
        if promised and (self.b2b_slot_chosen or not stored):
            parts = rules.renewed(promised, groups)
            parts = parts if stored or len(parts) > 1 else ()
        else:
            parts = rules.parts(groups)
            parts = parts if len(parts) > 1 else ()
        if not parts:
            return None
        finding = self._b2b_parts_finding(promised, parts) if promised else None
        return SlotCheck(slot=rules.first(parts), finding=finding, parts=parts)

    def _b2b_promised(self, groups):
        """The promised parts; a slot for everything is the only one.

        :param groups: pairs of ids of goods, and whatever
        """
        parts = self._b2b_parts()
        if parts or not self.b2b_slot_start:
            return parts
        tz = self._b2b_slot_zone()
        slot = slot_rules.Slot(
            start=self.b2b_slot_start,
            end=self.b2b_slot_end,
            frame_id=self.b2b_frame_id.id,
            cutoff_at=self.b2b_slot_cutoff or self.b2b_slot_start,
            day=self.env["b2b.delivery.schedule"]
            ._b2b_local(self.b2b_slot_start, tz)
            .date(),
            tz=tz,
            schedule_id=self.b2b_slot_schedule_id.id,
        )
        return rules.whole(slot, groups)

    def _b2b_parts_finding(self, promised, parts):
        """Says of each part that was lost when it comes now."""
        changes = [
            self._b2b_part_change(rules.Part(part.slot, goods), old)
            for part in parts
            for old, goods in self._b2b_lost_goods(promised, part).items()
        ]
        return Finding(
            code="slot",
            severity=WARN,
            side=BUYER,
            message=self.env._(
                "Not every delivery can be reached as promised: %s.",
                "; ".join(changes) or self._b2b_parts_text(parts),
            ),
            solve=self.env._("Accept the new delivery slots."),
            key="slot:" + ",".join(part.slot.start.isoformat() for part in parts),
        )

    def _b2b_lost_goods(self, promised, part):
        """``{(start, end, zone): goods}`` of a part that were promised another slot."""
        lost = {}
        for one in promised:
            slot, goods = one.slot, tuple(g for g in part.goods if g in one.goods)
            if goods and (slot.start, slot.end) != (part.slot.start, part.slot.end):
                key = slot.start, slot.end, slot.tz
                lost[key] = lost.get(key, ()) + goods
        return dict(sorted(lost.items()))

    def _b2b_part_change(self, part, old):
        new = part.slot.start, part.slot.end, part.slot.tz
        text = self.env["b2b.delivery.schedule"]._b2b_slot_text
        return self.env._(
            "%(lines)s now %(new)s instead of %(old)s",
            lines=self._b2b_part_count_text(part),
            old=text(*old),
            new=text(*new),
        )

    # -- choosing --------------------------------------------------------------------

    def _b2b_set_split(self, wanted):
        """Have it delivered in parts, or all at once.

        :raise UserError: when it is too late, or everything comes on one day
        """
        self.ensure_one()
        if wanted == self.b2b_split_delivery and wanted == bool(self.b2b_slot_parts):
            return
        parts = wanted and self._b2b_parts_now()
        if wanted and not parts:
            raise UserError(
                self.env._("All lines can come on one day; there is nothing to split.")
            )
        vals = {"b2b_split_delivery": wanted, "commitment_date": False}
        if wanted == self.b2b_split_delivery:
            # It was one delivery meanwhile.
            vals |= self._b2b_parts_vals(parts) if wanted else {}
        # sudo: after the checks; the slots follow by themselves.
        self.sudo().write(vals)

    def _b2b_set_part(self, good, start):
        """Take another slot for the part in which an article comes.

        :param good: id of the article
        :param start: UTC start of one of the part's slots
        :raise UserError: when the slot or the part is gone
        """
        self.ensure_one()
        facts = self.state in ("draft", "sent") and self._b2b_slot_facts()
        found = self._b2b_part_choices(facts) if facts else ()
        choice = next((one for one in found if good in one.goods), None)
        if choice is None or not self.b2b_slot_parts:
            raise UserError(self._b2b_gone_text(()))
        if choice.slot and choice.slot.start == start:
            return
        slot = next((slot for slot in choice.slots if slot.start == start), None)
        if slot is None:
            raise UserError(self._b2b_gone_text(choice.slots[:1]))
        parts = rules.chosen(self._b2b_parts(), choice.goods, slot)
        # sudo: slot fields are written by the system only, after the check above.
        vals = self._b2b_slot_vals(rules.first(parts), True, parts)
        self.sudo().write({"commitment_date": False, **vals})

    def _b2b_check_splittable(self, wanted):
        for order in self:
            fixed = order.state not in ("draft", "sent")
            if fixed and bool(wanted) != order.b2b_split_delivery:
                raise UserError(
                    self.env._(
                        "%s is confirmed; move its deliveries instead of splitting it.",
                        order.name,
                    )
                )

    def _b2b_forget_chosen(self, split):
        """What was chosen for one delivery says nothing about parts, nor the other way.

        :param split: whether it will come in parts
        """
        turned = self.filtered(
            lambda order: (
                order.b2b_slot_chosen and order.b2b_split_delivery != bool(split)
            )
        )
        if turned:
            # sudo: slot fields are written by the system only.
            turned.sudo().write({"b2b_slot_chosen": False})

    # -- words -----------------------------------------------------------------------

    def _b2b_waiting_loads(self):
        """``[(schedule id, frame id, start, net)]`` of each slot kept for the order.

        :return: net without tax in the company's currency at the order's rate
        """
        self.ensure_one()
        rate = self.currency_rate or 1.0
        total, parts = self.amount_untaxed / rate, self._b2b_parts()
        if not parts:
            own = self.b2b_slot_schedule_id.id, self.b2b_frame_id.id
            return [(*own, self.b2b_slot_start, total)]
        nets = [
            sum(self._b2b_part_lines(part).mapped("price_subtotal")) / rate
            for part in parts
        ]
        # What is no goods, such as the delivery's cost, goes with the first part.
        nets[0] += total - sum(nets)
        return [
            (part.slot.schedule_id, part.slot.frame_id, part.slot.start, net)
            for part, net in zip(parts, nets, strict=True)
        ]

    def _b2b_part_lines(self, part):
        """The lines that come in a part."""
        return self.order_line.filtered(
            lambda line: line.product_id.id in part.goods and not line.display_type
        )

    def _b2b_part_count_text(self, part):
        count = len(self._b2b_part_lines(part))
        if count == 1:
            return self.env._("1 line")
        return self.env._("%s lines", count)

    def _b2b_parts_text(self, parts):
        """“3 lines Tue 24 Nov, 8–12 · 1 line Thu 26 Nov, 8–12”."""
        texts = self._b2b_part_texts(parts)
        if len(texts) == 1:
            return texts[0][1]  # what is left of it
        return " · ".join(
            f"{self._b2b_part_count_text(part)} {text}" for part, text in texts
        )

    def _b2b_part_texts(self, parts):
        """Pairs of a part and its slot in words, with its zone where there are several.

        :param parts: list or tuple of :class:`~..rules.parts.Part`
        """
        schedules = self._b2b_slot_words()
        slots = [part.slot for part in parts]
        if any(
            not schedules._b2b_same_clock(slot.start, slot.tz, slots[0].tz)
            for slot in slots[1:]
        ):
            schedules = schedules._b2b_naming_zones()
        text, planned = schedules._b2b_slot_text, self._b2b_replanned()
        return [
            (
                part,
                self._b2b_with_plan(
                    text(slot.start, slot.end, slot.tz), planned.get(slot.start)
                ),
            )
            for part, slot in zip(parts, slots, strict=True)
        ]

    def _b2b_check_text(self, check):
        """What a check found, in words."""
        if check.parts:
            return self._b2b_parts_text(check.parts)
        slot = check.slot
        schedules = self._b2b_slot_words(slot.start, slot.tz)
        return schedules._b2b_slot_text(slot.start, slot.end, slot.tz)
