from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.b2b_party.rules import audit


class SaleOrderDiscount(models.TransientModel):
    """Odoo's dialog for discounts, so that they last on trade orders.

    “On all order lines” gives the discretionary discount and leaves those of price
    rules alone; the other two keep kind and value on the order, where a new one takes
    the place of the former.
    """

    _inherit = "sale.order.discount"

    b2b_discount_text = fields.Char(
        related="sale_order_id.b2b_discount_text", help="How much you may give."
    )
    b2b_is_trade = fields.Boolean(
        related="sale_order_id.b2b_is_trade", help="Whether a trade customer buys."
    )

    @api.constrains("discount_type", "discount_percentage", "discount_amount")
    def _check_discount_amount(self):
        for wizard in self:
            percent = wizard.discount_percentage * 100
            if wizard.discount_type == "amount":
                if wizard.discount_amount < 0:
                    raise ValidationError(
                        self.env._("The discount is below zero; enter what is given.")
                    )
            elif not 0 <= percent <= 100:
                raise ValidationError(
                    self.env._(
                        "The discount is %s %%; enter 0 to 100.",
                        audit.number(round(percent, 2)),
                    )
                )
        return super()._check_discount_amount()

    def action_apply_discount(self):
        """Give the discount; on trade orders it follows later changes."""
        self.ensure_one()
        order = self.sale_order_id
        if not order.b2b_is_trade:
            return super().action_apply_discount()
        order.check_access("write")
        self._check_discount_amount()
        percent = round(self.discount_percentage * 100, 6)
        if self.discount_type == "sol_discount":
            order._b2b_goods_lines().write({"b2b_manual_discount": percent})
            return None
        self._b2b_check_amount()
        value = self.discount_amount if self.discount_type == "amount" else percent
        kind = "amount" if self.discount_type == "amount" else "percent"
        order.write(
            {
                "b2b_order_discount_kind": kind if value else False,
                "b2b_order_discount_percent": percent if kind == "percent" else 0.0,
                "b2b_order_discount_amount": value if kind == "amount" else 0.0,
            }
        )
        return None

    def _b2b_check_amount(self):
        if self.discount_type != "amount":
            return
        order = self.sale_order_id
        goods = sum(ln._b2b_line_amount() for ln in order._b2b_discountable_lines())
        if order.currency_id.compare_amounts(self.discount_amount, goods) > 0:
            raise UserError(
                self.env._(
                    "The discount of %(amount)s is more than the goods come to "
                    "(%(goods)s); enter less.",
                    amount=order._b2b_money(self.discount_amount),
                    goods=order._b2b_money(goods),
                )
            )
