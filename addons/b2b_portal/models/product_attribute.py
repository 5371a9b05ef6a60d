from odoo import fields, models


class ProductAttribute(models.Model):
    _inherit = "product.attribute"

    b2b_filter = fields.Boolean(
        "Filter in the trade portal",
        default=True,
        help="Buyers narrow the catalog by the values of this attribute, for instance "
        "brand, colour or size. It is shown where articles with different values are "
        "listed.",
    )
