from odoo import api, models


class DeliveryPlanPart(models.AbstractModel):
    """Schedules, frames and exceptions: whoever changes one makes plans anew."""

    _name = "b2b.delivery.plan.part"
    _description = "B2B Delivery Plan Part"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        self.env.registry.clear_cache()
        return parts

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
