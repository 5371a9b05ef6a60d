from odoo import api, models
from odoo.fields import Domain


class SaleOrder(models.Model):
    """Orders that wait for a decision are open."""

    _inherit = "sale.order"

    @api.model
    def _b2b_open_domain(self):
        waiting = Domain("b2b_submit_state", "in", ("queued", "waiting"))
        return super()._b2b_open_domain() | (waiting & Domain("state", "!=", "cancel"))

    def _b2b_open_text(self):
        if self.b2b_submit_state in ("queued", "waiting"):
            return self.env._("%s (waiting)", self.name)
        return super()._b2b_open_text()
