from odoo import api, fields, models

from ..rules.exposure import open_quantity
from .res_partner import STAFF


class SaleOrder(models.Model):
    """What of an order still counts against credit, whoever pays it."""

    _inherit = "sale.order"

    b2b_credit_amount = fields.Monetary(
        "Counts for credit",
        compute="_compute_b2b_credit_amount",
        store=True,
        copy=False,
        groups=STAFF,
        help="What is ordered or delivered and not invoiced yet, tax included, less "
        "down payments that were invoiced. Independent of the invoicing policy.",
    )

    @api.model
    def _b2b_protected_fields(self):
        return super()._b2b_protected_fields() | {"b2b_credit_amount"}

    @api.depends(
        "state",
        "b2b_historical",
        "amount_total",
        "order_line.product_uom_qty",
        "order_line.price_total",
        "order_line.qty_delivered",
        "order_line.invoice_lines.quantity",
        "order_line.invoice_lines.price_total",
        "order_line.invoice_lines.parent_state",
    )
    def _compute_b2b_credit_amount(self):
        for order in self:
            if order.b2b_historical or order.state == "cancel":
                order.b2b_credit_amount = 0.0
            elif order.state != "sale":
                order.b2b_credit_amount = order.amount_total
            else:
                lines = order.order_line.filtered(lambda line: not line.display_type)
                amount = sum(line._b2b_open_amount() for line in lines)
                order.b2b_credit_amount = max(order.currency_id.round(amount), 0.0)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _b2b_open_amount(self):
        """What is still to be invoiced of this line, incl. tax, order currency."""
        self.ensure_one()
        invoiced = self.invoice_lines.filtered(
            lambda line: line.parent_state != "cancel"
        )
        if self.is_downpayment:
            # A down payment counts as invoiced; the last invoice takes it off again.
            return -sum(
                -line.move_id.direction_sign * line.price_total for line in invoiced
            )
        bills = invoiced.filtered(lambda line: line.move_id.move_type == "out_invoice")
        done = sum(
            line.product_uom_id._compute_quantity(
                line.quantity, self.product_uom_id, round=False
            )
            for line in bills
        )
        if not (self.qty_delivered or done):
            return self.price_total
        quantity = open_quantity(
            self.product_uom_qty, self.qty_delivered, self._b2b_returned(), done
        )
        return quantity * self._b2b_unit_total()

    def _b2b_unit_total(self):
        """Price of one unit, tax and discount included."""
        if self.product_uom_qty:
            return self.price_total / self.product_uom_qty
        price = self.price_unit * (1 - (self.discount or 0.0) / 100.0)
        taxes = self.tax_ids.compute_all(
            price,
            currency=self.currency_id,
            product=self.product_id,
            partner=self.order_id.partner_shipping_id,
        )
        return taxes["total_included"]

    def _b2b_returned(self):
        """Quantity that came back and is to be refunded, in the unit of the line."""
        moves = self.move_ids.filtered(
            lambda move: (
                move.state == "done"
                and move.to_refund
                and move.origin_returned_move_id
                and move.product_id == self.product_id
                and move.location_dest_id.usage != "customer"
            )
        )
        return sum(
            move.product_uom._compute_quantity(
                move.quantity, self.product_uom_id, round=False
            )
            for move in moves
        )
