from datetime import timedelta

from .common import PricingCase


class SupplierCase(PricingCase):
    """An article from a supplier with breaks, discount, unit and currency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env["res.partner"].create({"name": "Meridian Ceramics"})
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.product.standard_price = 5.0
        cls.net_list = cls._make_net_list(50)

    @classmethod
    def _make_net_list(cls, surcharge, **values):
        rule = {
            "applied_on": "3_global",
            "compute_price": "formula",
            "base": "b2b_supplier_net",
            "price_markup": surcharge,
            **values,
        }
        return cls._make_list("Net plus", rules=[rule])

    @classmethod
    def _make_seller(cls, price, product=None, **values):
        product = product or cls.product
        return cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.supplier.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "price": price,
                "currency_id": cls.currency.id,
                **values,
            }
        )

    def _price(self, quantity=1, pricelist=None, **call):
        pricelist = pricelist or self.net_list
        return pricelist._get_product_price(self.product, quantity, **call)

    def _day(self, days):
        return self.today + timedelta(days=days)
