from odoo import Command
from odoo.tests import tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestRestOrderDiscount(PricingCase):
    """Our own discount on the order follows the goods that came, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public.item_ids.unlink()
        cls.high, cls.low = (
            cls.env["account.tax"].create(
                {"name": f"Rest {rate} %", "amount": rate, "type_tax_use": "sale"}
            )
            for rate in (20.0, 5.0)
        )
        cls.product.write(
            {"taxes_id": [Command.set(cls.high.ids)], "invoice_policy": "delivery"}
        )
        cls.book = cls.env["product.product"].create(
            {
                "name": "Book",
                "list_price": 10.0,
                "is_storable": True,
                "invoice_policy": "delivery",
                "taxes_id": [Command.set(cls.low.ids)],
            }
        )

    def _partly(self, **discount):
        """10 at 10.00 of each tax; 6 of the first and all of the second came."""
        order = self._make_order(quantity=10)
        order.write(
            {
                "order_line": [
                    Command.create({"product_id": self.book.id, "product_uom_qty": 10})
                ]
            }
        )
        order.write(discount)
        order._b2b_submit()
        for hold in order.b2b_open_hold_ids:
            hold.sudo()._b2b_close("released", "released", self.env.user, "yes")
        if order.state != "sale":
            order._b2b_after_decision("released")
        self.assertEqual(order.state, "sale", order.b2b_hold_ids.mapped("message"))
        for line, came in zip(self._goods(order), (6.0, 10.0), strict=True):
            line.move_ids.write({"quantity": came, "picked": True})
            line.move_ids._action_done()
        return order

    def _goods(self, order):
        return order.order_line.filtered(lambda ln: not ln.b2b_order_discount)

    def _by_tax(self, order):
        rows = order.order_line.filtered("b2b_order_discount")
        return {row.tax_ids: row.price_subtotal for row in rows}

    def test_a_percentage_for_each_tax_also_when_locked(self):
        for locked in (False, True):
            with self.subTest(locked=locked):
                order = self._partly(
                    b2b_order_discount_kind="percent", b2b_order_discount_percent=10.0
                )
                self.assertEqual(
                    self._by_tax(order), {self.high: -10.0, self.low: -10.0}
                )
                order.locked = locked
                order._b2b_close_rest(order.order_line, "gone", "staff")
                self.assertEqual(
                    self._by_tax(order), {self.high: -6.0, self.low: -10.0}
                )
                # 54 with 20 % and 90 with 5 %: 144 + 10.80 + 4.50
                self.assertEqual(order.amount_total, 159.3)
                self.assertEqual(order.b2b_gate_pass["total"], 159.3)

    def test_a_fixed_amount_loses_its_share_for_good(self):
        order = self._partly(
            b2b_order_discount_kind="amount", b2b_order_discount_amount=30.0
        )
        order._b2b_close_rest(order.order_line, "gone", "staff")
        # 160 of 200 came: 24 of 30, shared 60 : 100
        self.assertEqual(order.b2b_order_discount_amount, 24.0)
        self.assertEqual(self._by_tax(order), {self.high: -9.0, self.low: -15.0})
        self._goods(order)[0].price_unit = 9.9
        self.assertEqual(order.b2b_order_discount_amount, 24.0)

    def test_who_closes_gives_no_discount(self):
        order = self._partly(
            b2b_order_discount_kind="percent", b2b_order_discount_percent=10.0
        )
        before = order.order_line.mapped("b2b_discount_by_id")
        giver = order.b2b_order_discount_by_id
        order.with_user(self.manager)._b2b_close_rest(order.order_line, "gone", "staff")
        self.assertEqual(order.order_line.mapped("b2b_discount_by_id"), before)
        self.assertEqual(order.b2b_order_discount_by_id, giver)
