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

    def _b2b_code(self):
        """This country's code, "" without one; asked for each order and page."""
        return self._b2b_codes().get(self.id) or self.code or ""

    @api.model
    @tools.ormcache(cache="stable")
    def _b2b_codes(self):
        # Odoo clears this cache when a country's code is written.
        return {country.id: country.code for country in self.sudo().search([])}
