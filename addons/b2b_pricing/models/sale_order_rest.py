from odoo import models

from odoo.addons.b2b_approval.rules import rest

from .sale_order_discount import settling
from .sale_order_line_discount import pricing_by_system


class SaleOrder(models.Model):
    """The discount on the order follows a closed rest, also of a locked order."""

    _inherit = "sale.order"

    def _b2b_discount_bases(self):
        """Rows of the order discount are worked out again, not scaled."""
        found = super()._b2b_discount_bases()
        bases = {row: base for row, base in found.items() if not row.b2b_order_discount}
        bases[self] = self._b2b_discountable_amount()
        return bases

    def _b2b_discountable_amount(self):
        return sum(line._b2b_line_amount() for line in self._b2b_discountable_lines())

    def _b2b_follow_discounts(self, bases):
        before = bases.pop(self)
        with pricing_by_system():
            super()._b2b_follow_discounts(bases)
        rows = self.order_line.filtered("b2b_order_discount")
        if not rows or any(row.qty_invoiced for row in rows):
            return
        with settling():
            if self.b2b_order_discount_kind == "amount":
                self.b2b_order_discount_amount = rest.follows(
                    self.b2b_order_discount_amount,
                    before,
                    self._b2b_discountable_amount(),
                    self.currency_id.round,
                )
            self._b2b_write_discount_rows(rows)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_close(self):
        """Who closes a rest gives no discount by it."""
        with pricing_by_system():
            return super()._b2b_close()
