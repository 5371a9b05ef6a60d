from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _b2b_category_path(self):
        """Ids from the topmost category down to the product's own."""
        path = self.categ_id.parent_path or ""
        return tuple(int(part) for part in path.split("/") if part)
