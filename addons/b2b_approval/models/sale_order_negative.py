from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.b2b_party.rules.finding import BLOCK, SELLER, Finding


class SaleOrder(models.Model):
    """An order takes goods, it gives none back: that is a return or a credit note.

    Below zero it would make room in budgets and for other lines.
    """

    _inherit = "sale.order"

    def _b2b_findings(self):
        findings = super()._b2b_findings()
        text = self.b2b_is_trade and self._b2b_negative_text()
        if not text:
            return findings
        return [
            *findings,
            Finding(
                code="negative",
                severity=BLOCK,
                side=SELLER,
                message=text,
                buyer_message=text,
                solve=self.env._("Enter what is ordered, more than zero"),
            ),
        ]

    def _b2b_orders_nothing(self):
        """Whether all goods of this open order have the quantity 0.

        Delivery cost, charges and discounts alone are no order of goods.
        """
        goods = self.order_line.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and not line.is_expense
                and not line.is_downpayment
                and not line._is_delivery()
                and not line._is_global_discount()
                and not line._b2b_is_charge()
            )
        )
        nothing = all(
            line.product_uom_id.is_zero(line.product_uom_qty) for line in goods
        )
        return bool(self.state in ("draft", "sent") and goods and nothing)

    def _b2b_negative_text(self):
        """What of this order is below zero or nothing, one sentence or none."""
        self.ensure_one()
        for line in self.order_line:
            if line.display_type or line.is_expense or line.is_downpayment:
                continue
            if line.product_uom_id.compare(line.product_uom_qty, 0.0) < 0:
                return self.env._(
                    "%s: the quantity is below zero; goods come back by a return.",
                    line.product_id.display_name or line.name,
                )
        if self._b2b_orders_nothing():
            return self.env._(
                "%s orders nothing, all quantities are 0; enter what is ordered.",
                self.name,
            )
        if self.currency_id.compare_amounts(self.amount_total, 0.0) < 0:
            return self.env._(
                "The order comes to %s; money is given back by a credit note.",
                self._b2b_money(self.amount_total),
            )
        return ""


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.constrains("is_downpayment", "product_uom_qty")
    def _check_b2b_downpayment(self):
        """Down payments order nothing, and Odoo leaves them out of the total."""
        for line in self.sudo():
            if (
                line.is_downpayment
                and line.product_uom_qty
                and line.order_id.b2b_is_trade
            ):
                raise ValidationError(
                    self.env._(
                        "%s: a down payment orders no goods; enter a line of its own "
                        "for them.",
                        line.product_id.display_name or line.name,
                    )
                )
