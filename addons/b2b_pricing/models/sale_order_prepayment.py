from odoo import models


class SaleOrder(models.Model):
    """The agreement says what is paid in advance."""

    _inherit = "sale.order"

    def _b2b_prepayment_percent(self):
        agreed = self.sudo().b2b_agreement_id.prepayment_percent
        return max(super()._b2b_prepayment_percent(), agreed)
