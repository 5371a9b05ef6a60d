from odoo import models


class ResUsers(models.Model):
    """Portal users without a seat: retail customers, people of other addons."""

    _inherit = "res.users"

    def _b2b_order_domain(self, prefix=""):
        """Plain Odoo shows a colleague's draft to anybody of the company by its id."""
        domain = super()._b2b_order_domain(prefix)
        if not self.share or self._b2b_seat_id():
            return domain
        own = [
            "|",
            (f"{prefix}partner_id", "=", self.partner_id.id),
            (f"{prefix}create_uid", "=", self.id),
        ]
        return ["|", *self._b2b_submitted_domain(prefix), *own]
