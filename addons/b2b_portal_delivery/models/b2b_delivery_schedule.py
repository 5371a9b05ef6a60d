from odoo import api, models


class DeliverySchedule(models.Model):
    _inherit = "b2b.delivery.schedule"

    @api.model
    def _b2b_waiting_domain(self):
        other = super()._b2b_waiting_domain() or []
        return [*other, ("b2b_submit_state", "in", ("queued", "waiting"))]
