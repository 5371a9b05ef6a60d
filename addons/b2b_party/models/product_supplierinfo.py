from odoo import api, models


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    @api.model_create_multi
    def create(self, vals_list):
        """Currency and lead time come from the supplier where nothing was given."""
        partners = self.env["res.partner"]
        for vals in vals_list:
            # sudo: proposals only, asked also for people without rights on parties.
            party = partners.browse(vals.get("partner_id") or []).sudo()
            party = party.commercial_partner_id
            if party.b2b_supply_currency_id:
                vals.setdefault("currency_id", party.b2b_supply_currency_id.id)
            if party.b2b_supply_days:
                vals.setdefault("delay", party.b2b_supply_days)
        return super().create(vals_list)
