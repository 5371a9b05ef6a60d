from odoo import models

from ..rules import points as rules


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_loyalty_open_share(self):
        """The part that is not on a posted invoice yet.

        Credit notes do not open it again: what was invoiced has been granted, and
        the credit note takes its share back.
        """
        self.ensure_one()
        invoiced = sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            for line in self.invoice_lines
            if line.move_id.move_type == "out_invoice"
            and line.move_id.state == "posted"
        )
        return rules.open_share(
            rules.decimal(self.product_uom_qty, 6), rules.decimal(invoiced, 6)
        )
