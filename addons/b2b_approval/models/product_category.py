from odoo import api, models


class ProductCategory(models.Model):
    """Rules for categories count what is below them, and remember what that is."""

    _inherit = "product.category"

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        if any(vals.get("parent_id") for vals in vals_list):
            self.env.registry.clear_cache()
        return categories

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            self.env.registry.clear_cache()
        return result
