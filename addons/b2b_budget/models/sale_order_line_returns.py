from odoo import fields, models

from ..rules import booking


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_budget_kind(self):
        """Goods, delivery, or what reduces the whole order."""
        if self._is_delivery():
            return "delivery"
        reduces = self.price_subtotal < 0 < self.product_uom_qty
        return "discount" if reduces or self._is_discount_line() else "goods"

    def _b2b_credited(self):
        """(untaxed, total) of posted credit notes that no later invoice replaced."""
        gone, back = [0.0, 0.0], [0.0, 0.0]
        order = self.order_id
        for row in self.invoice_lines:
            move = row.move_id
            if move.state != "posted":
                continue
            sums = back if move.move_type == "out_refund" else gone
            for place, amount in enumerate((row.price_subtotal, row.price_total)):
                sums[place] += row.currency_id._convert(
                    amount,
                    order.currency_id,
                    order.company_id,
                    move.invoice_date or fields.Date.today(),
                    round=False,
                )
        ordered = (self.price_subtotal, self.price_total)
        return tuple(map(booking.given_back, ordered, gone, back))

    def _b2b_brought_back(self):
        """(untaxed, total) of goods that came back and were not sent again."""
        quantities = []
        for moves in self._get_outgoing_incoming_moves():
            done = moves.filtered(lambda m: m.state == "done")
            quantities.append(
                sum(
                    m.product_uom._compute_quantity(m.quantity, self.product_uom_id)
                    for m in done
                )
            )
        ordered = self.product_uom_qty
        share = booking.given_back(ordered, *quantities) / ordered if ordered else 0.0
        return self.price_subtotal * share, self.price_total * share

    def _b2b_have_credit(self):
        return any(
            move.move_type == "out_refund" for move in self.invoice_lines.move_id
        )
