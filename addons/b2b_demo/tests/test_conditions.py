from odoo.tests import tagged

from ..builder.conditions import CONDITIONS
from .common import DemoCase


@tagged("post_install", "-at_install")
class TestConditions(DemoCase):
    def test_the_buyers_cart_shows_what_is_missing(self):
        cart = self.get("order_cart")
        lines = cart.order_line.filtered("b2b_condition_kind")
        self.assertEqual(lines.mapped("b2b_condition_kind"), ["delivery"])
        texts = [hint["text"] for hint in cart._b2b_condition_hints()]
        self.assertRegex(texts[0], r"Add £[\d.]+ to get free delivery")
        self.assertRegex(texts[1], r"Add £[\d.]+ to get 2 % off the order")
        for key in CONDITIONS:
            self.assertTrue(self.get(f"condition_{key}").terms_text)

    def test_orders_of_before_keep_their_sum(self):
        orders = self.env["sale.order"].search([("b2b_is_cart", "=", False)])
        self.assertFalse(orders.order_line.filtered("b2b_condition_kind"))

    def test_an_address_abroad_is_export(self):
        cart = self.get("order_cart")
        self.assertGreater(cart.amount_tax, 0)
        cart.partner_shipping_id = self.get("address_brightwell_dublin")
        self.assertEqual(cart.amount_tax, 0)
