from odoo import api, models


class SaleOrder(models.Model):
    """Agreement, party and group say what is paid in advance."""

    _inherit = "sale.order"

    def _b2b_prepayment_percent(self):
        percent = super()._b2b_prepayment_percent()
        if self.b2b_is_trade and self._b2b_pays_in_advance():
            return 100.0
        return max(percent, self.sudo().b2b_agreement_id.prepayment_percent)

    def _b2b_pays_in_advance(self):
        """Whether nothing of this order may be paid after the invoice."""
        self.ensure_one()
        order = self.sudo()
        return not order.b2b_party_id._b2b_may_on_account(order.b2b_agreement_id)

    @api.model
    def _b2b_follow_terms(self, domain):
        """Bring waiting orders in line with terms that were changed meanwhile."""
        # sudo: whoever keeps the terms need not see the orders they hold for.
        waiting = [
            ("b2b_submit_state", "=", "waiting"),
            ("b2b_prepayment_requested_at", "!=", False),
        ]
        self.sudo().search(domain + waiting)._b2b_follow_prepayment()
