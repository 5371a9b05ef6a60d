from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    b2b_min_qty = fields.Float(
        "Minimum quantity",
        default=0.0,
        digits="Product Unit",
        help="The smallest quantity that a trade customer can order; 0 for none. In "
        "the unit of the product.",
    )
    b2b_multiple = fields.Float(
        "Order multiple",
        default=1.0,
        digits="Product Unit",
        help="Only full multiples can be ordered, for instance packs of 12. Smaller "
        "quantities are rounded up.",
    )
    b2b_max_qty = fields.Float(
        "Maximum quantity",
        default=0.0,
        digits="Product Unit",
        help="The largest quantity of one order line; 0 for none.",
    )
    b2b_catalog_ids = fields.Many2many(
        "b2b.catalog",
        "b2b_catalog_product_rel",
        "product_tmpl_id",
        "catalog_id",
        "In catalogs",
        groups="base.group_user",
        help="Catalogs that show this product by name.",
    )
    b2b_excluded_catalog_ids = fields.Many2many(
        "b2b.catalog",
        "b2b_catalog_excluded_product_rel",
        "product_tmpl_id",
        "catalog_id",
        "Excluded from catalogs",
        groups="base.group_user",
        help="Catalogs that hide this product; hiding wins over showing.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        if any(vals.get("b2b_catalog_ids") for vals in vals_list):
            self.env.registry.clear_cache()
        return templates

    def write(self, vals):
        result = super().write(vals)
        if "b2b_catalog_ids" in vals:
            # Whether a catalog shows anything may change from this side as well.
            self.env.registry.clear_cache()
        return result

    @api.constrains("b2b_min_qty", "b2b_multiple", "b2b_max_qty")
    def _check_b2b_quantities(self):
        Product = self.env["product.product"]
        for template in self:
            Product._b2b_check_quantities(
                template.display_name,
                template.b2b_min_qty,
                template.b2b_multiple,
                template.b2b_max_qty,
            )
