from odoo.tests import tagged

from .catalog_common import CatalogCase


@tagged("post_install", "-at_install")
class TestTaxIncluded(CatalogCase):
    """Lists whose prices include tax: every page shows what the lines show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Tax = cls.env["account.tax"]
        shared = {"amount_type": "percent", "type_tax_use": "sale"}
        cls.included = Tax.create(
            {
                **shared,
                "name": "20 % in it",
                "amount": 20.0,
                "price_include_override": "tax_included",
            }
        )
        cls.abroad = cls.env["account.fiscal.position"].create({"name": "Abroad"})
        Tax.create(
            {
                **shared,
                "name": "0 % abroad",
                "amount": 0.0,
                "fiscal_position_ids": [(4, cls.abroad.id)],
                "original_tax_ids": [(4, cls.included.id)],
            }
        )
        cls.tin.taxes_id = cls.included

    def _row(self, quantity=0):
        context = self.context_of(self.buyer)
        quantities = {self.tin.id: quantity} if quantity else {}
        return context, self.env["b2b.portal.rows"]._b2b_rows(
            context, self.tin, quantities
        )[0]

    def _fill(self, quantity=3):
        context = self.context_of(self.buyer)
        rows = [(self.tin.id, quantity)]
        self.env["sale.order"]._b2b_cart_set_lines(context, rows, "set")
        return self.cart_of(self.buyer)

    def test_the_row_is_without_tax(self):
        _context, row = self._row()
        self.assertEqual(row["price"], 3.33)
        _context, row = self._row(3)
        self.assertEqual(row["price"], 3.33)
        self.assertEqual(self._row()[1]["breaks"], row["breaks"])

    def test_the_cart_asks_about_no_change(self):
        cart = self._fill()
        self.assertEqual(cart.order_line.price_unit, 4.0)
        self.assertEqual(cart.amount_untaxed, 10.0)
        context = self.context_of(self.buyer)
        values = self.env["b2b.portal.cart"]._b2b_values(context, context.cart)
        self.assertIsNone(values["rows"][0]["change"])
        self.assertFalse([f for f in values["findings"] if f["code"] == "price"])
        changed = self.env["b2b.portal.cart"]._b2b_checkout_changed
        self.assertEqual(changed(context, context.cart), [])

    def test_a_changed_price_is_told_without_tax(self):
        self._fill()
        item = self.pricelist.item_ids.filtered(
            lambda item: item.product_tmpl_id == self.tin.product_tmpl_id
        )
        item.fixed_price = 4.8
        context = self.context_of(self.buyer)
        values = self.env["b2b.portal.cart"]._b2b_values(context, context.cart)
        self.assertEqual(values["rows"][0]["change"]["after"], 4.0)
        (finding,) = [f for f in values["findings"] if f["code"] == "price"]
        self.assertRegex(finding["text"], r"3\.33 to .*4\.00")

    def test_another_position_brings_its_own_net_price(self):
        cart = self._fill()
        cart.fiscal_position_id = self.abroad
        cart._recompute_taxes()
        cart._recompute_prices()
        context, row = self._row(3)
        self.assertEqual(context.fiscal_position, self.abroad)
        self.assertEqual(row["price"], 3.33)
        self.assertAlmostEqual(cart.order_line.price_unit, 3.33, 2)
        values = self.env["b2b.portal.cart"]._b2b_values(context, context.cart)
        self.assertIsNone(values["rows"][0]["change"])

    def test_order_page_and_history_are_without_tax(self):
        cart = self._fill()
        cart.write({"b2b_is_cart": False, "b2b_orderer_id": self.buyer.user_id.id})
        cart.state = "sale"
        self.env.flush_all()
        self.assertAlmostEqual(cart.order_line._b2b_net_unit(), 10 / 3)
        history = self.env["b2b.portal.product"]._b2b_history(
            self.context_of(self.buyer), self.tin
        )
        self.assertIn("3.33", history["last"])

    def test_why_this_price_names_the_tax(self):
        self.sign_in(self.buyer)
        answer = self.json("/trade/price/why", product_id=self.tin.id, quantity=3)
        html = answer.json()["result"]["html"]
        for words in ("Price with tax", "4.00", "Tax in it", "0.67", "3.33"):
            self.assertIn(words, html)

    def test_without_such_taxes_nothing_is_asked_of_products(self):
        self.assertTrue(
            self.env["product.product"]._b2b_lists_include_tax(self.env.company)
        )
        self.included.active = False
        self.assertFalse(
            self.env["product.product"]._b2b_lists_include_tax(self.env.company)
        )
