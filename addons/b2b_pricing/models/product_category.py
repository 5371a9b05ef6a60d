from odoo import api, models


class ProductCategory(models.Model):
    """Catalogs keep the ids of their categories and all below in a cache."""

    _inherit = "product.category"

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        self.env.registry.clear_cache()
        return categories

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
