from odoo import api, models
from odoo.exceptions import AccessError


class SaleOrderLine(models.Model):
    """Why a line costs what it costs."""

    _inherit = "sale.order.line"

    @api.readonly
    def b2b_explain_price(self):
        """How the unit price of this line came about, in the order's currency.

        Staff see list, rule and base; buyers see their agreement, the price of the
        first piece, the break, the discount and the result.

        :return: dict with ``price``, ``currency_id`` and ``steps``
        :raise AccessError: no right to read the line or to see prices
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if user.share and not user._b2b_can("see_prices"):
            raise AccessError(self.env._("Your role does not see prices."))
        # sudo: the line was checked; buyers have no access to lists and agreements.
        line = self.sudo().with_company(self.company_id)
        order, staff = line.order_id, user._is_internal()
        currency = line.currency_id
        steps = order.pricelist_id._b2b_explain_steps(
            line.product_id,
            line.product_uom_qty or 1.0,
            currency=currency,
            party=order.b2b_party_id,
            agreement=order.b2b_agreement_id,
            uom=line.product_uom_id,
            date=line._get_order_date(),
            staff=staff,
        )
        charged = line.price_unit * (1 - (line.discount or 0.0) / 100)
        steps = line._b2b_add_hand_steps(steps, charged)
        return {
            "price": charged,
            "currency_id": currency.id,
            "currency": currency.name,
            "steps": steps,
        }

    def _b2b_add_hand_steps(self, steps, charged):
        """Put what the list does not explain in front of the result."""
        result = steps[-1]
        currency = self.currency_id
        if result["amount"] is not None and not currency.compare_amounts(
            result["amount"], charged
        ):
            return steps
        step = self.env["product.pricelist"]._b2b_step
        difference = charged - (result["amount"] or 0.0)
        label = (
            self.env._("Discount")
            if difference < 0
            else self.env._("Agreed for the order")
        )
        return [
            *steps[:-1],
            step("discount", label, "", difference, currency),
            step("result", result["label"], "", charged, currency),
        ]
