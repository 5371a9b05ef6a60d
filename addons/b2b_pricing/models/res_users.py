from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _b2b_product_domain(self):
        """Templates that a portal user of a trade party may see, for record rules.

        Portal users have no access to products by the suite; this holds where other
        addons give some. Visitors and retail customers are not narrowed here.
        """
        self.ensure_one()
        everything = [(1, "=", 1)]
        if not self.share:
            return everything
        party = self._b2b_party()
        if party.b2b_customer_type != "trade":
            return everything
        company = self.sudo().company_id
        catalog = self.env["b2b.catalog"].sudo()
        return list(Domain(catalog._b2b_visible_domain(party, company, prefix="")))
