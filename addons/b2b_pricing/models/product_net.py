from odoo import api, models


class ProductProduct(models.Model):
    """Prices without tax, where those of the lists include it."""

    _inherit = "product.product"

    @api.model
    def _b2b_lists_include_tax(self, company):
        """Whether any tax of a company is part of its prices."""
        return self.env["account.tax"]._b2b_any_included(company.id)

    def _b2b_net_price(self, price, quantity, currency, company, position):
        """The price of a piece without tax, as a line of an order comes to it.

        :param float price: of the list, for one piece
        :param float quantity: that is ordered; a line rounds its own sum
        :param currency: res.currency of the price
        :param company: res.company that sells
        :param position: account.fiscal.position of the order, may be empty
        :return: float; the price itself where no tax is included
        """
        self.ensure_one()
        # sudo: as above; only the resulting price is told.
        product = self.sudo()
        own = product.taxes_id._filter_taxes_by_company(company)
        if not price or not own.flatten_taxes_hierarchy().filtered("price_include"):
            return price
        taxes = position.sudo().map_tax(own) if position else own
        unit = product._get_tax_included_unit_price_from_price(
            price, product_taxes=own, product_taxes_after_fp=taxes
        )
        quantity = quantity or 1.0
        if not taxes:
            return unit
        sums = taxes.compute_all(unit, currency, quantity, product)
        return sums["total_excluded"] / quantity
