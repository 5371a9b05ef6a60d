from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.b2b_delivery.models.sale_order_slot import SlotCheck

from ..rules import picker


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_checkout_write(self, ctx, form):
        """Take slot and split as chosen, unless address or method changed with them."""
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
