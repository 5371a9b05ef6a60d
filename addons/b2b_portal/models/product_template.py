from odoo import fields, models


class ProductTemplate(models.Model):
    """What the page of an article in the portal leads to besides."""

    _inherit = "product.template"

    b2b_alternative_ids = fields.Many2many(
        "product.template",
        "b2b_product_alternative_rel",
        "product_tmpl_id",
        "alternative_id",
        "Alternatives",
        check_company=True,
        help="Articles that do the same job. The trade portal shows those of the "
        "buyer's catalog on the page of this one.",
    )
    b2b_accessory_ids = fields.Many2many(
        "product.template",
        "b2b_product_accessory_rel",
        "product_tmpl_id",
        "accessory_id",
        "Goes with it",
        check_company=True,
        help="Accessories and spare parts. The trade portal shows those of the buyer's "
        "catalog on the page of this one.",
    )
