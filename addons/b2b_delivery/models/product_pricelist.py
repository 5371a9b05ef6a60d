from odoo import models
from odoo.tools import ormcache


class Pricelist(models.Model):
    """List prices of delivery methods, for pages that show many of them."""

    _inherit = "product.pricelist"

    def _b2b_delivery_prices(self, product_ids):
        """``{product id: price}`` of delivery products, as they are now."""
        products = self.env["product.product"].browse(product_ids)
        return self._get_products_price(products, 1.0)

    @ormcache("self.id", "product_ids", "day")
    def _b2b_delivery_shown(self, product_ids, day):
        """The same, kept for a day at most; what is chosen is priced anew."""
        return dict(self._b2b_delivery_prices(product_ids))


class PricelistItem(models.Model):
    """A changed price is shown at once."""

    _name = "product.pricelist.item"
    _inherit = ["product.pricelist.item", "b2b.delivery.plan.part"]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"list_price", "taxes_id"}:
            self._b2b_forget_delivery()
        return result

    def _b2b_forget_delivery(self):
        """What is kept of delivery methods is read anew when one of them changed."""
        # sudo: whether it is the product of a method, whoever changes it.
        methods = self.env["delivery.carrier"].sudo().with_context(active_test=False)
        if methods.search_count([("product_id.product_tmpl_id", "in", self.ids)]):
            self.env.registry.clear_cache()


class AccountTax(models.Model):
    _inherit = "account.tax"

    def write(self, vals):
        result = super().write(vals)
        if "price_include_override" in vals:
            self.env.registry.clear_cache()
        return result
