from datetime import datetime

import pytz

from odoo import models

from ..rules import supplier_net as rules


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _b2b_priced_variant(self):
        """The variant whose suppliers speak for a template."""
        return self.product_variant_id


class ProductProduct(models.Model):
    """What one unit of an article costs us; nothing for an empty recordset."""

    _inherit = "product.product"

    def _b2b_priced_variant(self):
        return self

    def _b2b_net(self, quantity, uom, date, currency):
        """The supplier's net price, else the cost: :class:`NetPrice` or None.

        For pricing code only: nobody but those who may read cost gets to see it.

        :param quantity: in ``uom``; decides which of the supplier's prices counts
        :param date: of the order; decides validity and exchange rate
        """
        # sudo: the price is the customer's right, what stands behind it is not.
        product = self.sudo()
        return rules.choose_net(
            product._b2b_seller_net(quantity, uom, date, currency),
            product._b2b_cost(uom, date, currency),
        )

    def _b2b_seller_net(self, quantity, uom, date, currency):
        """``(amount, seller)`` of the supplier that Odoo would choose, or None."""
        if not self:
            return None
        seller = self._select_seller(
            # A return is priced like the sale that it undoes.
            quantity=abs(quantity),
            date=self._b2b_price_day(date),
            uom_id=uom,
        )
        if not seller:
            return None
        # Odoo's discounted price is that of the product's own unit.
        amount = self.uom_id._compute_price(seller.price_discounted, uom)
        return self._b2b_in(amount, seller.currency_id, currency, date), seller

    def _b2b_cost(self, uom, date, currency):
        """Cost of the product, in a unit and currency."""
        if not self:
            return 0.0
        amount = self.uom_id._compute_price(self.standard_price, uom)
        return self._b2b_in(amount, self.cost_currency_id, currency, date)

    def _b2b_in(self, amount, source, currency, date):
        if source == currency:
            return amount
        return source._convert(amount, currency, self.env.company, date, round=False)

    def _b2b_price_day(self, date):
        """The day of a moment where the company is: prices of suppliers have days.

        Not the zone of the user: a buyer abroad pays what our rep sees.
        """
        if not isinstance(date, datetime):
            return date
        zone = pytz.timezone(self.env.company.partner_id.tz or "UTC")
        return pytz.utc.localize(date.replace(tzinfo=None)).astimezone(zone).date()

    def _b2b_seller_breaks(self):
        """Quantities, in the product's unit, from which another price may count."""
        self.ensure_one()
        return {
            seller.product_uom_id._compute_quantity(
                seller.min_qty, self.uom_id, round=False, raise_if_failure=False
            )
            # sudo: quantities alone, no price leaves this method.
            for seller in self.sudo()._prepare_sellers()
            if seller.min_qty > 0
        }
