from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _b2b_counted(self):
        """Whether the article is counted in pieces, so that 2.5 is a slip."""
        self.ensure_one()
        piece = self.env.ref("uom.product_uom_unit", raise_if_not_found=False)
        return bool(piece) and self.uom_id._has_common_reference(piece)
