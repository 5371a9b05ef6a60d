from odoo import api, models, tools
from odoo.fields import Domain


class AccountTax(models.Model):
    """Whether prices of lists have tax in them, known without a query."""

    _inherit = "account.tax"

    @api.model
    @tools.ormcache("company_id")
    def _b2b_any_included(self, company_id):
        # sudo: asked for the pages of portal users, who read no taxes.
        company = self.env["res.company"].browse(company_id)
        taxes = self.sudo().with_company(company)
        own = Domain(taxes._check_company_domain(company))
        included = Domain("price_include", "=", True)
        return bool(taxes.search_count(own & included, limit=1))

    @api.model_create_multi
    def create(self, vals_list):
        taxes = super().create(vals_list)
        self.env.registry.clear_cache()
        return taxes

    def write(self, vals):
        result = super().write(vals)
        if {"price_include_override", "active", "company_id"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "account_price_include" in vals:
            self.env.registry.clear_cache()
        return result
