from odoo import api, fields, models


class SaleOrder(models.Model):
    """Net sales and cost in the company's currency, stored on the order.

    The dashboard adds up many thousand orders in several currencies at the rate of
    each order; only a stored column can be summed in the database.
    """

    _inherit = "sale.order"

    b2b_company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency"
    )
    b2b_net_company = fields.Monetary(
        "Net, company currency",
        compute="_compute_b2b_net_company",
        store=True,
        currency_field="b2b_company_currency_id",
        groups="base.group_user",
        help="Total excluding tax in the company's currency at the rate of the order.",
    )
    b2b_cost_company = fields.Monetary(
        "Cost",
        compute="_compute_b2b_cost_company",
        store=True,
        currency_field="b2b_company_currency_id",
        groups="b2b_party.group_sales_manager,b2b_party.group_pricing",
        help="Product cost when the lines were entered, in the company's currency.",
    )

    @api.depends("amount_untaxed", "currency_rate", "company_id")
    def _compute_b2b_net_company(self):
        for order in self:
            currency = order.company_id.currency_id
            order.b2b_net_company = currency.round(
                order.amount_untaxed / (order.currency_rate or 1.0)
            )

    @api.depends(
        "company_id",
        "order_line.product_id",
        "order_line.product_uom_qty",
        "order_line.product_uom_id",
        "order_line.is_downpayment",
    )
    def _compute_b2b_cost_company(self):
        # Not depending on the product's cost is meant: a later change of the cost
        # must not rewrite the margin of past orders.
        for company, orders in self.grouped("company_id").items():
            for order in orders.with_company(company):
                order.b2b_cost_company = company.currency_id.round(
                    sum(map(self._b2b_line_cost, order.order_line))
                )

    @api.model
    def _b2b_line_cost(self, line):
        product, unit = line.product_id, line.product_uom_id
        if not product or line.is_downpayment or line.display_type:
            return 0.0
        quantity = line.product_uom_qty
        if unit and unit != product.uom_id:
            quantity = unit._compute_quantity(quantity, product.uom_id)
        return quantity * product.standard_price
