from odoo import api, models
from odoo.fields import Domain


class SaleOrder(models.Model):
    """Which orders still need something done: offered, undelivered, not invoiced."""

    _inherit = "sale.order"

    @api.model
    def _b2b_open_domain(self):
        """Orders that are neither a draft nor over; addons with holds add theirs."""
        undone = Domain("invoice_status", "in", ("no", "to invoice")) | Domain(
            "delivery_status", "in", ("pending", "started", "partial")
        )
        running = Domain("state", "=", "sale") & Domain("b2b_historical", "=", False)
        return Domain("state", "=", "sent") | (running & undone)

    def _b2b_open_text(self):
        """Number and state of an open order, for a list in a sentence."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        return f"{self.name} ({states[self.state]})"
