from dataclasses import dataclass
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.b2b_party.rules.finding import BUYER, SELLER, WARN, Finding

from ..rules import parts as parts_rules
from ..rules import slot as rules


@dataclass(frozen=True)
class SlotCheck:
    """What a look at the order's slot gave; nothing is written by looking.

    ``slot`` is what the order would get now: the kept slot while it can be had, else
    the next one, None when nothing is promised. ``finding`` is set when the orderer
    has to take note of a change. ``parts`` are set when it comes in several slots;
    then ``slot`` is the first one, with the cut-off of all.
    """

    slot: rules.Slot | None = None
    kept: bool = False
    finding: Finding | None = None
    refusal: rules.Refusal | None = None
    parts: tuple[parts_rules.Part, ...] = ()


class SaleOrder(models.Model):
    """Choosing, checking and settling the slot of an order."""

    _inherit = "sale.order"

    # -- facts -----------------------------------------------------------------------

    def _b2b_slot_goods(self):
        """Whether there is anything to deliver; an empty cart may become that."""
        self.ensure_one()
        lines = self.order_line.filtered("product_id")
        return not self.b2b_historical and (
            not lines or any(line.product_id.type == "consu" for line in lines)
        )

    def _b2b_slot_receiver(self):
        """Party and address that decide about days and schedules."""
        party = self.partner_id.commercial_partner_id
        return party, self.partner_shipping_id or self.partner_id

    def _b2b_slot_facts(self):
        """``(groups, place)``: schedules of the lines, terms of way and receiver.

        :return: None when nothing is promised for this order
        """
        self.ensure_one()
        party, address = self._b2b_slot_receiver()
        return self.env["b2b.delivery.schedule"]._b2b_gather(
            party,
            address,
            warehouse=self.warehouse_id,
            company=self.company_id,
            carrier=self.carrier_id,
            products=self.order_line.product_id,
        )

    def _b2b_slot_schedules(self):
        """All schedules by which lines of the order are delivered."""
        schedules = self.env["b2b.delivery.schedule"]
        facts = self._b2b_slot_facts()
        return schedules.union(*facts[0]) if facts else schedules

    def _b2b_next_slots(self, limit=10, ready_at=None, facts=None):
        """The slots this order can have, the first possible one first.

        :param facts: of :meth:`_b2b_slot_facts`, when already gathered
        """
        facts = facts or self._b2b_slot_facts()
        if not facts:
            return []
        groups, place = facts
        return self.env["b2b.delivery.schedule"]._b2b_slots_together(
            groups, ready_at or fields.Datetime.now(), place, limit
        )

    def _b2b_slot_refusal(self, facts, now=None):
        """Why there is none; only asked when there is none, for it costs more."""
        groups, place = facts
        return self.env["b2b.delivery.schedule"]._b2b_refusal(
            groups, now or fields.Datetime.now(), place
        )

    def _b2b_slot_vals(self, slot, chosen=False, parts=()):
        """Values of a slot for this order; all empty for None.

        :param chosen: somebody chose it, so it stays while it can be had
        :param parts: when it comes in several slots, of which ``slot`` is the first
        """
        names = self._b2b_slot_fields()
        if not slot:
            return dict.fromkeys(names, False)
        values = (slot.start, slot.end, slot.cutoff_at)
        values += (slot.frame_id, slot.schedule_id, chosen)
        values += (parts_rules.dump(parts) or False,)
        return dict(zip(names, values, strict=True))

    # -- computing -------------------------------------------------------------------

    def _b2b_slot_default(self):
        """Slot values after address or wished date changed."""
        self.ensure_one()
        kept = {name: self[name] for name in self._b2b_slot_fields()}
        wished = self.commitment_date
        if self.b2b_historical or (not wished and self.state not in ("draft", "sent")):
            return kept
        together = self.b2b_slot_parts and not self.b2b_split_delivery
        if wished and wished == self.b2b_slot_start and not together:
            return {**kept, **self._b2b_parts_with_new()}
        facts = self.partner_id and self._b2b_slot_facts()
        # A form that is being typed may hold any year; it is refused when saved.
        if not facts or (wished and wished.year not in rules.YEARS):
            return self._b2b_slot_vals(None)
        if wished and self.b2b_slot_parts and self.state == "sale":
            return self._b2b_parts_moved(wished, facts)
        if wished:
            return self._b2b_slot_vals(self._b2b_slot_on(wished, facts))
        parts = self.b2b_split_delivery and self._b2b_parts_default(facts)
        if parts:
            return parts
        # A slot of one part says nothing about one delivery.
        stays = self.b2b_slot_chosen and not self.b2b_slot_parts
        stays = stays or self.state == "sent"
        slots = self._b2b_next_slots(limit=None if stays else 1, facts=facts)
        same = stays and next(filter(self._b2b_has_slot, slots), None)
        if same:
            # Another way or place leaves the slot, but not until when it can be had.
            return self._b2b_slot_vals(same, self.b2b_slot_chosen)
        return self._b2b_slot_vals(self._b2b_instead(slots) if slots else None)

    def _b2b_has_slot(self, slot):
        return slot.start == self.b2b_slot_start and slot.end == self.b2b_slot_end

    def _b2b_slot_on(self, moment, facts):
        """The slot around a moment, else the first of its day, else None."""
        slots = self._b2b_next_slots(limit=None, facts=facts)
        around = [slot for slot in slots if slot.start <= moment < slot.end]
        if around:
            return around[0]
        for slot in slots:
            day = fields.Datetime.context_timestamp(
                self.with_context(tz=slot.tz), moment
            ).date()
            if day == slot.day:
                return slot
        return None

    # -- checking --------------------------------------------------------------------

    def _b2b_slot_check(self, now=None):
        """Look whether the slot can still be had. Writes nothing.

        :param now: UTC, for tests and previews
        :return: :class:`SlotCheck`
        """
        self.ensure_one()
        if self.state not in ("draft", "sent"):
            return SlotCheck()
        return self._b2b_slot_look(now)

    def _b2b_slot_look(self, now=None, facts=None):
        facts = self._b2b_slot_goods() and (facts or self._b2b_slot_facts())
        wished = self.commitment_date
        if not facts or (wished and wished.year not in rules.YEARS):
            return SlotCheck()
        check = self.b2b_split_delivery and self._b2b_parts_look(now, facts)
        if check:
            return check
        slots = self._b2b_next_slots(limit=None, ready_at=now, facts=facts)
        for slot in slots:
            if self._b2b_has_slot(slot):
                return SlotCheck(slot=slot, kept=True)
        if self.commitment_date and not self.b2b_slot_start:
            return SlotCheck(finding=self._b2b_wish_finding(slots[:1]))
        if not slots:
            refusal = self._b2b_slot_refusal(facts, now)
            finding = self._b2b_no_slot_finding(facts, refusal)
            return SlotCheck(finding=finding, refusal=refusal)
        slot = self._b2b_instead(slots)
        finding = self._b2b_lost_finding(slot) if self.b2b_slot_start else None
        return SlotCheck(slot=slot, finding=finding)

    def _b2b_instead(self, slots):
        """What comes in place of a lost slot: nobody who chose a day is served earlier.

        :param slots: all that can be had, in order of time
        """
        wanted = self.b2b_slot_chosen and not self.b2b_slot_parts
        wanted = wanted and self.b2b_slot_start
        later = (slot for slot in slots if wanted and slot.start >= wanted)
        return next(later, slots[0])

    def _b2b_lost_finding(self, slot):
        schedules = self._b2b_slot_words(slot.start, slot.tz)
        return Finding(
            code="slot",
            severity=WARN,
            side=BUYER,
            message=self.env._(
                "%(old)s can no longer be reached; the next delivery is %(new)s.",
                old=self._b2b_lost_text(slot),
                new=schedules._b2b_slot_text(slot.start, slot.end, slot.tz),
            ),
            solve=self.env._("Accept the new delivery slot."),
            key=f"slot:{slot.start.isoformat()}",
        )

    def _b2b_lost_text(self, slot):
        """What was promised for another moment than that of a slot."""
        lost = [
            part
            for part in self._b2b_parts()
            if (part.slot.start, part.slot.end) != (slot.start, slot.end)
        ]
        return self._b2b_parts_text(lost) if lost else self.b2b_slot_text

    def _b2b_no_slot_finding(self, facts, refusal):
        place = self.partner_shipping_id or self.partner_id
        asked = self.env["b2b.delivery.schedule"].union(*facts[0])
        return Finding(
            code="slot",
            severity=WARN,
            side=BUYER,
            message=self.env._(
                "There is no delivery to %(place)s within 13 weeks (%(why)s). Please "
                "ask us for a date.",
                place=place.display_name,
                why=asked._b2b_why_text(refusal),
            ),
            solve=self.env._("Choose another address, or order and we agree a date."),
            key="slot:none",
        )

    def _b2b_wish_finding(self, slots):
        """A date that somebody of us typed and that the schedule does not have."""
        schedules = self.env["b2b.delivery.schedule"]
        tz = self._b2b_slot_schedules()[:1].tz
        wish = schedules._b2b_moment_text(self.commitment_date, tz)
        message = self.env._("The schedule has no delivery on %s.", wish)
        ahead = fields.Datetime.now() + timedelta(days=rules.HORIZON_DAYS)
        if self.commitment_date > ahead:
            message = self.env._(
                "%s is more than 13 weeks ahead: no slot is looked for so late.", wish
            )
            slots = ()
        for slot in slots:
            message = self.env._(
                "The schedule has no delivery on %(wish)s; the first one is %(first)s.",
                wish=wish,
                first=schedules._b2b_slot_text(slot.start, slot.end, slot.tz),
            )
        return Finding(
            code="slot",
            severity=WARN,
            side=SELLER,
            message=message,
            solve=self.env._("Empty the delivery date to take the first slot."),
            key=f"slot:{self.commitment_date.isoformat()}",
        )

    # -- settling --------------------------------------------------------------------

    def _b2b_set_slot(self, start):
        """Take the slot that starts then, when it can still be had.

        :param start: UTC start of one of :meth:`_b2b_next_slots`
        :raise UserError: when the slot is gone, naming the next one
        """
        self.ensure_one()
        slots = self._b2b_next_slots(limit=None)
        slot = next((slot for slot in slots if slot.start == start), None)
        if slot is None or self.state not in ("draft", "sent"):
            raise UserError(self._b2b_gone_text(slots[:1]))
        # sudo: slot fields are written by the system only, after the check above.
        # A slot for everything is one delivery.
        vals = {"commitment_date": False, "b2b_split_delivery": False}
        self.sudo().write({**vals, **self._b2b_slot_vals(slot, True)})
        return slot

    def _b2b_gone_text(self, slots):
        for slot in slots:
            return self.env._(
                "This delivery slot can no longer be reached; the next one is %s.",
                self.env["b2b.delivery.schedule"]._b2b_slot_text(
                    slot.start, slot.end, slot.tz
                ),
            )
        return self.env._("There is no delivery slot for this order any more.")

    def _b2b_slot_settle(self):
        """Fix the promise when the order is confirmed: slot, date, message.

        Called once the gate has passed, when the orderer knows of a changed date.
        """
        self.ensure_one()
        check = self._b2b_slot_look()
        if not check.slot:
            if self.b2b_slot_start:
                self.sudo().write(self._b2b_slot_vals(None))
            return
        chosen = check.kept and self.b2b_slot_chosen
        self._b2b_slot_take(check, check.slot.start, chosen)

    def _b2b_slot_accept(self, finding):
        """Keep the slot that the orderer accepted; the lost one is kept no longer.

        The order may wait after it: approver and orderer then read what was accepted.

        :param finding: the warning that was ticked; another slot than the one it
            names is not taken
        """
        self.ensure_one()
        check = self._b2b_slot_check()
        if not check.slot or not check.finding or check.finding.key != finding.key:
            return
        date = self.commitment_date and check.slot.start
        # As one that was chosen it stays while it can be had.
        chosen = self.b2b_slot_chosen if check.parts else True
        self._b2b_slot_take(check, date, chosen)

    def _b2b_slot_take(self, check, date, chosen):
        """Write what a look at the slot gave, with a message when it moved.

        :param date: the order's date, empty where none was typed
        """
        before = self.b2b_slot_text
        vals = self._b2b_slot_vals(check.slot, chosen, check.parts)
        # sudo: slot fields are written by the system only.
        self.sudo().write({"commitment_date": date, **vals})
        if check.finding:
            self.message_post(
                body=self.env._(
                    "Delivery moved from %(old)s to %(new)s: the earlier slot could "
                    "no longer be reached.",
                    old=before,
                    new=self._b2b_slot_text(),
                )
            )
