from odoo import models

from ..rules import points as rules


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _b2b_points_quantity(self, sale_line):
        """Quantity of this line in the unit of a line of an order."""
        self.ensure_one()
        return rules.decimal(
            self.product_uom_id._compute_quantity(
                self.quantity, sale_line.product_uom_id
            ),
            6,
        )
