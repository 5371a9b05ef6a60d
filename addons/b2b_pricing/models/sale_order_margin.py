from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ..rules import discount


class SaleOrderLine(models.Model):
    """Margin of a line, for those who may see it.

    The cost is kept as it was when the line was entered: a later change of the cost
    must not rewrite the margin of past orders.
    """

    _inherit = "sale.order.line"

    b2b_unit_cost = fields.Float(
        "Unit cost",
        compute="_compute_b2b_unit_cost",
        store=True,
        help="Product cost in the line's unit when the line was entered, in the "
        "company's currency.",
    )
    b2b_margin = fields.Monetary(
        "Margin amount",
        compute="_compute_b2b_margin",
        help="Net amount after all discounts less cost.",
    )
    b2b_margin_percent = fields.Float(
        "Margin",
        compute="_compute_b2b_margin",
        help="Margin in percent of the net amount, after the line's share of a "
        "discount on the order.",
    )

    def _auto_init(self):
        # Lines that are there already show today's cost: theirs is not known.
        if not column_exists(self.env.cr, self._table, "b2b_unit_cost"):
            create_column(self.env.cr, self._table, "b2b_unit_cost", "float8")
        return super()._auto_init()

    @api.depends("product_id", "product_uom_id", "company_id")
    def _compute_b2b_unit_cost(self):
        for company, lines in self.grouped("company_id").items():
            for line in lines.with_company(company or self.env.company):
                line.b2b_unit_cost = line._b2b_cost_today()

    def _b2b_cost_today(self):
        product, unit = self.product_id, self.product_uom_id
        if not product or self.is_downpayment or self.display_type:
            return 0.0
        cost = product.sudo().standard_price
        if unit and unit != product.uom_id:
            cost = product.uom_id._compute_price(cost, unit)
        return cost

    def _b2b_cost_amount(self):
        """Cost of the line in the order's currency."""
        self.ensure_one()
        cost = (
            self.b2b_unit_cost or self.with_company(self.company_id)._b2b_cost_today()
        )
        return cost * self.product_uom_qty * (self.order_id.currency_rate or 1.0)

    @api.depends("price_subtotal", "b2b_unit_cost", "order_id.amount_untaxed")
    def _compute_b2b_margin(self):
        shares = {}
        for line in self.sudo():
            order = line.order_id
            if order not in shares:
                goods = order._b2b_goods_lines()
                shares[order] = goods, order._b2b_order_share(goods)[0]
            goods, share = shares[order]
            net, cost = 0.0, 0.0
            if line in goods:
                net = line.price_subtotal * (1 - share / 100)
                cost = line._b2b_cost_amount()
            line.b2b_margin = net - cost
            line.b2b_margin_percent = (discount.margin(net, cost) or 0.0) / 100

    @api.model
    def _b2b_hidden_from_portal(self):
        return super()._b2b_hidden_from_portal() | {
            "b2b_unit_cost",
            "b2b_margin",
            "b2b_margin_percent",
        }


class SaleOrder(models.Model):
    """Margin of the goods of an order."""

    _inherit = "sale.order"

    b2b_margin = fields.Monetary(
        "Margin amount",
        compute="_compute_b2b_margin",
        help="Goods excluding tax after all discounts, less their cost.",
    )
    b2b_margin_percent = fields.Float(
        "Margin",
        compute="_compute_b2b_margin",
        help="Margin in percent of the goods' net amount; delivery does not count.",
    )

    @api.depends("amount_untaxed", "order_line.b2b_unit_cost")
    def _compute_b2b_margin(self):
        for order in self.sudo():
            net, cost = order._b2b_margin_sums()
            order.b2b_margin = net - cost
            order.b2b_margin_percent = (discount.margin(net, cost) or 0.0) / 100

    def _b2b_margin_sums(self):
        """Net amount of the goods after all discounts, and what they cost."""
        self.ensure_one()
        lines = self._b2b_goods_lines()
        share = self._b2b_order_share(lines)[0]
        net = sum(lines.mapped("price_subtotal")) * (1 - share / 100)
        return net, sum(line._b2b_cost_amount() for line in lines)

    @api.model
    def _b2b_hidden_from_portal(self):
        return super()._b2b_hidden_from_portal() | {"b2b_margin", "b2b_margin_percent"}
