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
        """Quantity that posted documents charge (``out_invoice``) or credit.

        A document may do both: goods on a credit note that a down payment made are
        charged, a return on an invoice is credited. Of invoices only what is settled
        is charged, where points wait for the payment.
        """
        settled = ("paid", "in_payment", "reversed")
        found = 0.0
        for line in self.invoice_lines:
            move = line.move_id
            if move.state != "posted":
                continue
            quantity = line.product_uom_id._compute_quantity(
                line.quantity, self.product_uom_id
            )
            quantity *= move._b2b_sign() * (1 if move_type == "out_invoice" else -1)
            waits = granted == "paid" and move.move_type == "out_invoice"
            if quantity > 0 and (not waits or move.payment_state in settled):
                found += quantity
        return found
