from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _b2b_order_domain(self, prefix=""):
        """The carts of the own seat, whoever began them."""
        domain = super()._b2b_order_domain(prefix)
        if not self.share or not self._b2b_seat_id():
            return domain
        cart = [
            (f"{prefix}b2b_seat_id", "=", self._b2b_seat_id()),
            (f"{prefix}b2b_is_cart", "=", True),
        ]
        return ["|", "&", *cart, *domain]
