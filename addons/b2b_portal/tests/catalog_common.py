from .common import TradeHttpCase


class CatalogCase(TradeHttpCase):
    """A small range with a pack, breaks, stock and an article that is hidden."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        cls.category = cls.env["product.category"].create({"name": "Trade bags"})
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Net", "currency_id": company.currency_id.id}
        )
        cls.bag = cls._make_article("JUMBO BAG RED", "T850", 2.0, b2b_multiple=10)
        cls.tin = cls._make_article("CAKE TIN", "T227", 4.0)
        cls.hidden = cls._make_article("SECRET LAMP", "T999", 9.0)
        cls._price(cls.bag, 2.0, 1)
        cls._price(cls.bag, 1.5, 100)
        cls._price(cls.tin, 4.0, 1)
        cls.env["b2b.catalog"].search([]).active = False
        cls.catalog = cls.env["b2b.catalog"].create(
            {
                "name": "All but lamps",
                "audience": "trade",
                "whole_range": True,
                "excluded_product_ids": [(4, cls.hidden.product_tmpl_id.id)],
            }
        )
        cls.agreement = cls._make_agreement("30 days net", is_default=True)
        cls.prepaid = cls._make_agreement("Prepaid", pricelist_id=False)
        cls.env["b2b.product.code"].create(
            {"party_id": cls.party.id, "product_id": cls.bag.id, "code": "BW-2201"}
        )
        cls._stock(cls.bag, 8765)
        cls._stock(cls.tin, 7)

    @classmethod
    def _make_article(cls, name, code, price, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "default_code": code,
                "list_price": price,
                "categ_id": cls.category.id,
                "taxes_id": False,
                "is_storable": True,
                **values,
            }
        )

    @classmethod
    def _price(cls, product, price, quantity):
        cls.env["product.pricelist.item"].create(
            {
                "pricelist_id": cls.pricelist.id,
                "applied_on": "1_product",
                "product_tmpl_id": product.product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": price,
                "min_quantity": quantity,
            }
        )

    @classmethod
    def _make_agreement(cls, name, **values):
        agreement = cls.env["b2b.agreement"].create(
            {
                "name": name,
                "party_id": cls.party.id,
                "pricelist_id": cls.pricelist.id,
                **values,
            }
        )
        agreement.state = "running"
        return agreement

    @classmethod
    def _stock(cls, product, quantity):
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.warehouse.lot_stock_id, quantity
        )

    def context_of(self, seat):
        return self.env["b2b.portal.context"].with_user(seat.user_id)._b2b_build()

    def cart_of(self, seat):
        return self.env["sale.order"]._b2b_cart_find(seat, self.env.company)

    def lines_of(self, seat):
        return {
            line.product_id: line.product_uom_qty
            for line in self.cart_of(seat)._b2b_cart_lines()
        }
