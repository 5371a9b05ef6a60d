from odoo import api, models, tools

from ..rules.tax_place import NORTHERN_IRELAND


class ResCountry(models.Model):
    _inherit = "res.country"

    @api.model
    @tools.ormcache()
    def _b2b_union_codes(self):
        """Codes of the countries where goods follow the VAT rules of the Union."""
        group = self.env.ref("account.europe_vat", raise_if_not_found=False)
        group = group or self.env.ref("base.europe")
        codes = group.sudo().country_ids.mapped("code")
        return frozenset({*codes, NORTHERN_IRELAND})
