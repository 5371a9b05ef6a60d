from odoo import api, models

from odoo.addons.b2b_party.rules import audit

PRICES = ("fixed_price", "price_surcharge", "price_min_margin", "price_max_margin")


class ProductPricelistItem(models.Model):
    """Every price rule: what it was, what it is, who changed it."""

    _name = "product.pricelist.item"
    _inherit = ["product.pricelist.item", "b2b.audit.mixin"]

    @api.model
    def _b2b_audited_fields(self):
        return (
            "pricelist_id",
            "compute_price",
            "fixed_price",
            "percent_price",
            "price_discount",
            "price_markup",
            "price_surcharge",
            "price_round",
            "price_min_margin",
            "price_max_margin",
            "base",
            "base_pricelist_id",
            "min_quantity",
            "date_start",
            "date_end",
            "categ_id",
            "product_tmpl_id",
            "product_id",
        )

    def _b2b_audit_name(self):
        return f"{self.pricelist_id.name}: {self.name}"

    def _b2b_audit_words(self, name):
        if name in PRICES:
            return f"{audit.number(self[name], 2)} {self.currency_id.name}"
        return super()._b2b_audit_words(name)

    def _b2b_audit_company(self, name=None):
        return self.company_id
