from odoo import api, models


class ProductPricelist(models.Model):
    """Changes of a price list itself; its rules have their own lines."""

    _name = "product.pricelist"
    # Guarded for the rules inside its form: what a role may not read is taken out.
    _inherit = ["product.pricelist", "b2b.audit.mixin", "b2b.guarded.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        names = ("name", "currency_id", "b2b_fallback", "company_id", "active")
        return tuple(name for name in names if name in self._fields)
