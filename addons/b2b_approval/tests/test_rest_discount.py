from odoo import Command
from odoo.tests import tagged

from .test_rest import RestCase


@tagged("post_install", "-at_install")
class TestRestDiscount(RestCase):
    """A discount on the whole order follows the goods that came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.high, cls.low = (
            cls.env["account.tax"].create(
                {"name": f"Test {rate} %", "amount": rate, "type_tax_use": "sale"}
            )
            for rate in (20.0, 5.0)
        )
        cls.product.write(
            {"taxes_id": [Command.set(cls.high.ids)], "invoice_policy": "delivery"}
        )
        cls.book = cls.env["product.product"].create(
            {
                "name": "Book",
                "type": "consu",
                "invoice_policy": "delivery",
                "list_price": 10.0,
                "taxes_id": [Command.set(cls.low.ids)],
            }
        )
        cls.env.company.sale_discount_product_id = cls.env["product.product"].create(
            {"name": "Discount", "type": "service", "invoice_policy": "order"}
        )

    def _discount(self, order, **values):
        """As the salesperson's dialog gives it."""
        dialog = self.env["sale.order.discount"].create(
            {"sale_order_id": order.id, **values}
        )
        dialog.action_apply_discount()
        return order.order_line.filtered(lambda line: line._is_global_discount())

    def _two_taxes(self):
        """10 at 10.00 with 20 % and 10 at 10.00 with 5 %, 10 % off the order."""
        order = self._make_order(quantity=10)
        line = {"product_id": self.book.id, "product_uom_qty": 10, "price_unit": 10}
        order.write({"order_line": [Command.create(line)]})
        discounts = self._discount(
            order, discount_type="so_discount", discount_percentage=0.1
        )
        self.assertEqual(discounts.mapped("price_subtotal"), [-10.0, -10.0])
        # 180 net; 90 * 20 % + 90 * 5 % = 22.50
        self.assertEqual((order.amount_untaxed, order.amount_total), (180.0, 202.5))
        order.action_confirm()
        return order, discounts

    def _came(self, line, quantity):
        line.move_ids.write({"quantity": quantity, "picked": True})
        line.move_ids._action_done()

    def test_each_tax_group_keeps_its_percentage(self):
        order, discounts = self._two_taxes()
        goods, books = (order.order_line - discounts).sorted("id")
        self._came(goods, 6)
        self._came(books, 10)
        self._close(order)
        by_tax = {line.tax_ids: line.price_subtotal for line in discounts}
        self.assertEqual(by_tax, {self.high: -6.0, self.low: -10.0})
        # 60 - 6 = 54 with 20 %, 100 - 10 = 90 with 5 %: 144 + 10.80 + 4.50
        self.assertEqual(
            (order.amount_untaxed, order.amount_tax, order.amount_total),
            (144.0, 15.3, 159.3),
        )

    def test_the_discount_goes_on_when_the_order_is_changed_later(self):
        order, discounts = self._two_taxes()
        goods, books = (order.order_line - discounts).sorted("id")
        self._came(goods, 6)
        self._came(books, 10)
        self._close(order)
        self.assertEqual(order.b2b_gate_pass["total"], 159.3)
        # Less is covered: nobody is asked again because a discount has shrunk.
        books.price_unit = 9.0
        self.env.flush_all()
        self.assertEqual(order.state, "sale")

    def test_a_fixed_amount_loses_its_share(self):
        order = self._make_order(quantity=10)
        self.product.taxes_id = False
        order.order_line.tax_ids = False
        discount = self._discount(order, discount_type="amount", discount_amount=30.0)
        order.action_confirm()
        self._came(order.order_line - discount, 6)
        self._close(order)
        self.assertEqual(discount.price_subtotal, -18.0)
        self.assertEqual(order.amount_total, 42.0)

    def test_twice_is_once(self):
        order, discounts = self._two_taxes()
        goods, books = (order.order_line - discounts).sorted("id")
        self._came(goods, 6)
        self._came(books, 10)
        for _time in range(2):
            order._b2b_close_rest(order.order_line, "gone", "staff")
        self.assertEqual(order.amount_total, 159.3)

    def test_what_is_invoiced_stays_as_it_was_billed(self):
        order, discounts = self._two_taxes()
        goods, books = (order.order_line - discounts).sorted("id")
        self._came(goods, 6)
        self._came(books, 4)
        order._create_invoices().action_post()
        self.assertTrue(all(line.qty_invoiced for line in discounts))
        self._close(order)
        self.assertEqual(sum(discounts.mapped("price_subtotal")), -20.0)

    def test_the_discount_of_a_line_stays_with_the_line(self):
        self.product.taxes_id = False
        order = self._make_order(quantity=10)
        order.order_line.write({"discount": 10.0, "tax_ids": False})
        order.action_confirm()
        self._came(order.order_line, 6)
        self._close(order)
        # 6 at 9.00
        self.assertEqual(order.amount_untaxed, 54.0)
