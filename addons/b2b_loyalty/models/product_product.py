from odoo import models

from ..rules import points as rules


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _b2b_points_line(self, amount, program):
        """An amount of this article as the rules know it."""
        if not program.by_line:
            return rules.Line(amount)
        return rules.Line(
            amount, self._b2b_category_path(), self.product_tmpl_id.id or None
        )

    def _b2b_category_path(self):
        """Ids from the topmost category down to the product's own."""
        path = self.categ_id.parent_path or ""
        return tuple(int(part) for part in path.split("/") if part)
