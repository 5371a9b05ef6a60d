from odoo import models


class ProductTemplate(models.Model):
    """Cost follows the job role."""

    _name = "product.template"
    _inherit = ["product.template", "b2b.guarded.mixin"]
