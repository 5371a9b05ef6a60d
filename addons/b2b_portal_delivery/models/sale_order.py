from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.b2b_delivery.models.sale_order_slot import SlotCheck

from ..rules import picker


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_checkout_place(self):
        # The words about the delivery, or each part of it, follow its slot.
        parts = [(part.slot.start, part.goods) for part in self._b2b_parts()]
        return (*super()._b2b_checkout_place(), self.b2b_slot_start, tuple(parts))

    def _b2b_checkout_write(self, ctx, form):
        """Take slot and split as chosen, unless address or method changed with them."""
        form = picker.with_later(form)
        place = self._b2b_checkout_place()
        errors = super()._b2b_checkout_write(ctx, form)
        if self._b2b_checkout_place() != place or not ctx.can("choose_delivery"):
            return errors
        try:
            self._b2b_checkout_split(form.get("split"))
            start = picker.read_start(form.get("slot"))
            if not self.b2b_slot_parts and start not in (None, self.b2b_slot_start):
                self._b2b_set_slot(start)
        except UserError as gone:
            errors["slot"] = gone.args[0]
        return {**errors, **self._b2b_checkout_parts(form)}

    def _b2b_checkout_parts(self, form):
        """Take the slots that were chosen for the parts: inputs ``part_<article>``.

        :return: sentences by the name of the input; that part keeps its slot then
        """
        errors = {}
        for name, value in form.items() if self.b2b_slot_parts else ():
            start, key = picker.read_start(value), str(name).removeprefix("part_")
            if key == name or start is None:
                continue
            # Read anew each time: another part may have joined or left it.
            goods = {good for part in self._b2b_parts() for good in part.goods}
            if key.isdecimal() and len(key) < 11 and int(key) in goods:
                try:
                    self._b2b_set_part(int(key), start)
                except UserError as gone:
                    errors[name] = gone.args[0]
        return errors

    def _b2b_checkout_split(self, wanted):
        """One delivery or parts, as the page says; anything else changes nothing."""
        if wanted == "one":
            self._b2b_set_split(False)
        elif wanted == "parts" and self._b2b_may_split():
            self._b2b_set_split(True)

    def _b2b_delivery_fact(self):
        if self.b2b_slot_start and self.state in ("draft", "sent"):
            check = self._b2b_waiting_slot_check()
            return self._b2b_check_text(check) if check.slot else self.b2b_slot_text
        return super()._b2b_delivery_fact()

    def _b2b_line_slots(self):
        """``{id of an article: its slot in words}`` of an order in parts, as of now.

        While it waits, with what comes in place of a lost slot.
        """
        self.ensure_one()
        if self.state == "cancel":
            return {}
        check = self._b2b_waiting_slot_check()
        parts = check.parts if check.slot else self._b2b_parts()
        return {
            good: text
            for part, text in self._b2b_part_texts(parts)
            for good in part.goods
        }

    def _b2b_history_facts(self):
        moved = [
            (at, number, self._b2b_move_text(old, new), "", "fa-truck")
            for number, (at, old, new) in enumerate(self._b2b_moves())
        ]
        return super()._b2b_history_facts() + moved

    def _b2b_waiting_slot_check(self):
        """What became of the slot while the order waits: kept, moved or lost."""
        if self.b2b_submit_state not in ("queued", "waiting"):
            return SlotCheck()
        return self._b2b_slot_check()


class OrderHoldDecision(models.Model):
    _inherit = "b2b.order.hold.decision"

    def _b2b_slot_moved(self):
        """Whether it is about a delivery that moved while nobody was there to ask."""
        return self.verdict == "not_acknowledged" and self.hold_id.code == "slot"

    def _b2b_is_told(self):
        return super()._b2b_is_told() or self._b2b_slot_moved()

    def _b2b_timeline_text(self):
        if self._b2b_slot_moved():
            told = self.hold_id._b2b_history_text()
            return self.env._("Delivery moved: %s", told)
        return super()._b2b_timeline_text()


class OrderHold(models.Model):
    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        _ = self.env._
        return {
            **super()._b2b_reasons(),
            "slot": _("Delivery slot"),
            "delivery_method": _("Delivery method"),
            "delivery_conditions": _("Delivery conditions"),
        }
