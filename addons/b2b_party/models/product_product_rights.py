from odoo import models


class ProductProduct(models.Model):
    """Cost follows the job role."""

    _name = "product.product"
    _inherit = ["product.product", "b2b.guarded.mixin"]
