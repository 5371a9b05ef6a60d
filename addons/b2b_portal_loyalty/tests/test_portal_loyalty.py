from odoo.tests import tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestPortalLoyalty(TradeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["b2b.loyalty.program"].search([]).active = False
        cls.program = cls.env["b2b.loyalty.program"].create(
            {"name": "Harbour points", "points": 1, "per_amount": 1.0}
        )

    def setUp(self):
        super().setUp()
        self.sign_in(self.buyer)

    def test_cart_and_checkout_say_what_the_order_earns(self):
        self._make_cart(quantity=3)
        for path in ("/trade/cart", "/trade/checkout"):
            page = self.page(path).text
            self.assertIn("30 points", page, path)

    def test_page_of_the_company(self):
        self.assertIn("No points yet", self.page("/trade/points").text)
        order = self._make_order(quantity=5)
        order.action_confirm()
        page = self.page("/trade/points").text
        self.assertIn(order.name, page)
        self.assertIn("pending", page)
        self.assertIn("+50", page)
        self.sign_in(self.owner)
        self.assertIn(order.name, self.page("/trade/points").text)
        self.sign_in(self.rival)
        page = self.page("/trade/points").text
        self.assertNotIn(order.name, page)
        self.assertNotIn("+50", page)

    def test_roles(self):
        for seat in (self.viewer, self.finance):
            self.sign_in(seat)
            self.assertRefused(self.page("/trade/points"), 403)
            self.assertNotIn("/trade/points", self.page("/trade").text)

    def test_pages_without_a_cart(self):
        self.env["sale.order"].search([("b2b_is_cart", "=", True)]).unlink()
        for path in ("/trade", "/trade/cart"):
            self.assertEqual(self.page(path).status_code, 200, path)

    def test_no_program_no_entry(self):
        self.program.active = False
        self.assertNotIn("/trade/points", self.page("/trade").text)
        self.assertEqual(self.page("/trade/points").status_code, 200)

    def test_queries(self):
        for __ in range(12):
            self._make_order(quantity=1).action_confirm()
        self.page("/trade/points")
        with self.assertQueryCount(40):
            self.page("/trade/points")
