from decimal import Decimal

from odoo import api, models

from ..rules import points as rules


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.constrains("qty_delivered")
    def _b2b_loyalty_on_delivery(self):
        """What is delivered grants points where the program says so."""
        orders = self.order_id.filtered(lambda order: order.state == "sale")
        orders.filtered(lambda o: o._b2b_loyalty_by_order())._b2b_loyalty_sync()

    def _b2b_loyalty_open_share(self, granted="invoiced"):
        """The part whose points are not granted yet.

        Credit notes do not open it again: what was invoiced has been granted, and
        the credit note takes its share back.

        :param str granted: when the program grants
        """
        self.ensure_one()
        if granted == "confirmed":
            return Decimal(0)
        if granted == "delivered":
            done = self.qty_delivered
        else:
            done = self._b2b_loyalty_on_moves("out_invoice", granted)
        return rules.open_share(
            rules.decimal(self.product_uom_qty, 6), rules.decimal(done, 6)
        )

    def _b2b_loyalty_granted_share(self, granted):
        """The part that is granted by the order itself, less what was credited."""
        self.ensure_one()
        done = self.qty_delivered if granted == "delivered" else self.product_uom_qty
        back = self._b2b_loyalty_on_moves("out_refund", granted)
        if granted == "delivered":
            # What came back and is credited is taken back once.
            billed = self._b2b_loyalty_on_moves("out_invoice", granted)
            back = max(back - max(billed - done, 0.0), 0.0)
        return rules.done_share(
            rules.decimal(self.product_uom_qty, 6),
            rules.decimal(done, 6),
            rules.decimal(back, 6),
        )

    def _b2b_loyalty_on_moves(self, move_type, granted):
        """Quantity on posted documents; of invoices only what is settled, where
        points wait for the payment."""
        settled = ("paid", "in_payment", "reversed")
        waits = granted == "paid" and move_type == "out_invoice"
        return sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            for line in self.invoice_lines
            if line.move_id.move_type == move_type
            and line.move_id.state == "posted"
            and (not waits or line.move_id.payment_state in settled)
        )
