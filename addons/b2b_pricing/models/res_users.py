from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _b2b_product_domain(self):
        """Templates that a portal user of a trade party may see, for record rules.

        Portal users have no access to products by the suite; this holds where other
        addons give some. Visitors and retail customers see what catalogs for everyone
        show where the public part is on, and are not narrowed where it is off.
        """
        self.ensure_one()
        everything = [(1, "=", 1)]
        if not self.share:
            return everything
        if self._b2b_acts_as_agent():
            return [(0, "=", 1)]
        party, company = self._b2b_party(), self.sudo().company_id
        trade = party.b2b_customer_type == "trade"
        if not trade and not company.b2b_public_range:
            return everything
        catalog = self.env["b2b.catalog"].sudo()
        domain = catalog._b2b_visible_domain(
            party,
            company,
            prefix="",
            seat=self._b2b_seat(),
            agreement=trade and party.with_company(company)._b2b_default_agreement(),
        )
        return list(Domain(domain))
