from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

SHOWN = 10


class ResPartner(models.Model):
    """A party with open orders is not archived."""

    _inherit = "res.partner"

    def write(self, vals):
        if vals.get("active") is False:
            self._b2b_check_no_open_orders()
        return super().write(vals)

    def _b2b_check_no_open_orders(self):
        parties = self.filtered(lambda p: p.commercial_partner_id == p)
        if not parties:
            return
        # sudo: orders that this user may not see are open as well.
        orders = self.env["sale.order"].sudo()
        for party in parties:
            domain = Domain("b2b_party_id", "=", party.id) & orders._b2b_open_domain()
            count = orders.search_count(domain)
            if not count:
                continue
            shown = orders.search(domain, order="id desc", limit=SHOWN)
            names = ", ".join(order._b2b_open_text() for order in shown)
            rest = self.env._(" and %s more", count - SHOWN) if count > SHOWN else ""
            raise UserError(
                self.env._(
                    "%(party)s has open orders: %(orders)s%(rest)s. Finish or cancel "
                    "them before archiving it.",
                    party=party.name,
                    orders=names,
                    rest=rest,
                )
            )
