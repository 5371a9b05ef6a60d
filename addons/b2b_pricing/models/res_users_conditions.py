from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _b2b_own_condition_domain(self):
        """Conditions of own parties, of their agreements, and those for many."""
        own = Domain(self._b2b_own_domain("party_id", without=True))
        agreed = Domain(self._b2b_own_domain("agreement_id.party_id", without=True))
        return list(own & (Domain("agreement_id", "=", False) | agreed))
