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

    # A page of the catalog is read in the order of names, as the database writes a
    # translated one; without it each page sorts the whole catalog. Other languages
    # sort.
    _b2b_name_en = models.Index("((name->>'en_US'))")
    _b2b_name_de = models.Index("(COALESCE(name->>'de_DE', name->>'en_US'))")
