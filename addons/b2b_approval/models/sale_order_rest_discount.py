from odoo import models

from ..rules import rest, snapshot


class SaleOrder(models.Model):
    """A discount on the whole order follows the goods that came (DECISIONS 12)."""

    _inherit = "sale.order"

    def _b2b_discount_bases(self):
        """``{discount: sum of the lines of the same taxes}`` of this order.

        Odoo keeps one discount line for each set of taxes; delivery counts, because
        the discount was reckoned on it. What is invoiced stays as it was billed.
        """
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: not line.display_type)
        discounts = lines.filtered(lambda line: line._b2b_reduces_order())
        counted = lines - discounts
        return {
            discount: sum(
                line.price_subtotal
                for line in counted
                if line.tax_ids == discount.tax_ids and not line.is_downpayment
            )
            for discount in discounts
            if not discount.qty_invoiced
        }

    def _b2b_follow_discounts(self, bases):
        """Bring each discount to its share of what is left.

        :param dict bases: as :meth:`_b2b_discount_bases` gave them before
        """
        self.ensure_one()
        now = self._b2b_discount_bases()
        for discount, before in bases.items():
            price = rest.follows(
                discount.price_unit, before, now[discount], self.currency_id.round
            )
            if self.currency_id.compare_amounts(price, discount.price_unit):
                discount.price_unit = price

    def _b2b_rest_closed(self):
        """The smaller order is what the gate let through from now on."""
        super()._b2b_rest_closed()
        approved, now = self.b2b_gate_pass, self._b2b_snapshot()
        # A discount that shrank reads like a higher price; the total tells.
        if approved and now["total"] <= approved["total"] + snapshot.MONEY_EPSILON:
            self._b2b_set_quietly({"b2b_gate_pass": now})
        self._check_b2b_gate_pass()
