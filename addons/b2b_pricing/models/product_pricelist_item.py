from odoo import api, models


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    def _compute_price(self, product, quantity, uom, date, currency=None, **kwargs):
        # Amounts of a rule are in the currency of its list; the original hands them
        # out as if they were in the asked currency.
        own = self.currency_id
        if (
            not self
            or not currency
            or currency == own
            or self.compute_price not in ("fixed", "formula")
            or not self._b2b_converts_currency()
        ):
            return super()._compute_price(
                product, quantity, uom, date, currency=currency, **kwargs
            )
        price = super()._compute_price(
            product, quantity, uom, date, currency=own, **kwargs
        )
        return own._convert(price, currency, self.env.company, date, round=False)

    @api.model
    def _b2b_converts_currency(self):
        """Setting: convert amounts of rules, or keep Odoo's behaviour."""
        value = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("b2b_pricing.convert_rule_currency", "True")
        )
        return value not in ("False", "0", "")
