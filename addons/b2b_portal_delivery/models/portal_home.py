from odoo import models


class B2bPortalHome(models.AbstractModel):
    _inherit = "b2b.portal.home"

    def _b2b_delivery_word(self, order):
        """The slot is more than a date; once delivered the true day counts."""
        delivered = order.delivery_status == "full" and order.effective_date
        if order.b2b_slot_start and order.state == "sale" and not delivered:
            return order.b2b_slot_text
        return super()._b2b_delivery_word(order)
