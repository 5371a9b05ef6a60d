from odoo.tests import tagged

from .gate_common import GateCase


@tagged("post_install", "-at_install")
class TestRestGivesBack(GateCase):
    """Closing a rest gives back once, discount and goods together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"invoice_policy": "delivery", "taxes_id": False})
        cls.env.company.sale_discount_product_id = cls.env["product.product"].create(
            {"name": "Discount", "type": "service", "taxes_id": False}
        )

    def _partly(self):
        """10 at 10.00 less 10 %; 6 came."""
        order = self._make_order(quantity=10)
        order.order_line.tax_ids = False
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        ).action_apply_discount()
        order.action_confirm()
        self.assertCounts(90.0)
        moves = order.order_line.move_ids
        moves.write({"quantity": 6.0, "picked": True})
        moves._action_done()
        return order

    def test_goods_and_discount_are_one_movement(self):
        order = self._partly()
        order._b2b_close_rest(order.order_line, "gone", "staff")
        self.assertEqual(order.amount_total, 54.0)
        self.assertCounts(54.0)
        amounts = self._entries(self.budget).mapped("amount")
        self.assertEqual(sum(amounts), 54.0)
        self.assertEqual([a for a in amounts if a < 0 and a != -90.0], [-36.0])

    def test_a_budget_lowered_meanwhile_does_not_stop_it(self):
        order = self._partly()
        # Between what the goods without (50) and with their discount (54) take.
        self.budget.amount = 52.0
        order._b2b_close_rest(order.order_line, "gone", "staff")
        self.assertCounts(54.0)
        self.assertEqual(order.state, "sale")
