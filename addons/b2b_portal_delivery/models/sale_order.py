from odoo import api, models
from odoo.exceptions import UserError

from ..rules import picker


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _b2b_checkout_write(self, ctx, form):
        """Take the slot that was chosen, unless the address was changed with it."""
        place = self.partner_shipping_id
        errors = super()._b2b_checkout_write(ctx, form)
        start = picker.read_start(form.get("slot"))
        if self.partner_shipping_id != place or start in (None, self.b2b_slot_start):
            return errors
        if not ctx.can("choose_delivery"):
            return errors
        try:
            self._b2b_set_slot(start)
        except UserError as gone:
            errors["slot"] = gone.args[0]
        return errors

    def _b2b_delivery_fact(self):
        if self.b2b_slot_start and self.state in ("draft", "sent"):
            return self.b2b_slot_text
        return super()._b2b_delivery_fact()


class OrderHold(models.Model):
    _inherit = "b2b.order.hold"

    @api.model
    def _b2b_reasons(self):
        return {**super()._b2b_reasons(), "slot": self.env._("Delivery slot")}
