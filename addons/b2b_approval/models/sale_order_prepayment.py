from odoo import models


class SaleOrder(models.Model):
    """What of an order is paid before anything ships."""

    _inherit = "sale.order"

    def _b2b_prepayment_percent(self):
        """Share of the total that is paid in advance, 0 to 100; addons say more."""
        self.ensure_one()
        return 0.0

    def _b2b_holds_for_prepayment(self):
        """Whether the gate keeps this order back until its prepaid share is paid.

        As long as it does not, who must pay in advance is held for credit instead.
        """
        self.ensure_one()
        return False
