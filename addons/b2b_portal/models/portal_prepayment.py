from odoo import models

from odoo.addons.b2b_party.rules.people import party_may_order


class B2bPortalFrame(models.AbstractModel):
    """Below the reason "paid in advance" stands where the money goes."""

    _inherit = "b2b.portal.frame"

    def _b2b_why_parts(self, ctx, order, hold):
        parts = super()._b2b_why_parts(ctx, order, hold)
        if hold.code != "prepayment" or not ctx.can("see_prices"):
            return parts
        if order._b2b_is_looked_at():
            return parts
        if order._b2b_awaits_prepayment():
            wire = order._b2b_awaited_payment()
            values = {
                **order._b2b_prepayment_values(),
                "wire": wire,
                "wire_amount": wire and order._b2b_awaited_amount(wire),
                "methods": order._b2b_ways_to_pay(),
            }
            return parts + [{"template": "b2b_portal.prepayment", "values": values}]
        if order._b2b_is_covered():
            return parts
        stopped = not party_may_order(order.sudo().b2b_party_id.b2b_state)
        later = {"stopped": stopped}
        return parts + [{"template": "b2b_portal.prepayment_later", "values": later}]


class SaleOrder(models.Model):
    """While the money is awaited the paper of the order is the pro-forma."""

    _inherit = "sale.order"

    def _b2b_is_looked_at(self):
        """Whether money is here that we have to look at: nothing more is asked."""
        return self._b2b_awaits_prepayment() and bool(self._b2b_unagreed_payments())

    def _b2b_asks_for_money(self):
        return self._b2b_awaits_prepayment() and not self._b2b_unagreed_payments()

    def _b2b_portal_state_open(self):
        if self._b2b_is_looked_at():
            return self.env._("payment is checked"), "warn"
        if self._b2b_awaits_prepayment():
            return self.env._("to be paid"), "warn"
        return super()._b2b_portal_state_open()

    def _b2b_page_title(self, where):
        if self._b2b_is_looked_at():
            return self.env._("We check your payment for %s", self.name)
        if self._b2b_awaits_prepayment():
            return self.env._("%s waits for your payment", self.name)
        return super()._b2b_page_title(where)

    def _b2b_document_title(self):
        if self._b2b_asks_for_money():
            return self.env._("Pro-forma")
        return super()._b2b_document_title()

    def _b2b_document_hint(self):
        if self._b2b_asks_for_money():
            return self.env._("with our account and the reference")
        return super()._b2b_document_hint()

    def _b2b_document_html(self):
        if self._b2b_asks_for_money():
            return self._b2b_document_order()._b2b_proforma_html()
        return super()._b2b_document_html()
