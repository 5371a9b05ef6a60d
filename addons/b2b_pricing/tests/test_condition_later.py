from odoo.tests import tagged

from .condition_common import ConditionCase

STEPS = ((500.0, 2.0), (1000.0, 3.0))


@tagged("post_install", "-at_install")
class TestConditionsLater(ConditionCase):
    """After the order: nothing gets worse, nothing is charged again."""

    def _ordered(self, quantity=100):
        order = self._cart_of((self.ten, quantity))
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        return order

    def _deliver(self, order, quantity):
        move = order.picking_ids.move_ids.filtered(lambda m: m.state != "done")
        move.quantity = quantity
        move.picked = True
        move.picking_id.with_context(skip_backorder=True)._action_done()

    def test_nothing_is_worked_out_while_it_waits(self):
        delivery = self._make_condition("delivery", charge=12.5, threshold=500.0)
        self._make_condition("minimum", threshold=9000.0, below="check")
        order = self._cart_of((self.ten, 10))
        order.action_confirm()
        self.assertEqual(order.b2b_submit_state, "waiting")
        delivery.charge = 99.0
        self._make_condition("discount", steps=((0.0, 5.0),))
        order.action_b2b_check_again()
        self.assertEqual(self.amounts(order), {"delivery": 12.5})
        # corrected upward it may lose a charge, but gets none
        order.order_line[0].product_uom_qty = 60
        self.assertEqual(self.amounts(order), {})
        order.order_line[0].product_uom_qty = 10
        self.assertEqual(self.amounts(order), {})
        order.action_b2b_withdraw()
        order._b2b_settle_lines()
        self.assertEqual(self.amounts(order), {"delivery": 99.0, "discount": -5.0})

    def test_a_step_is_not_taken_back(self):
        self._make_condition("discount", steps=STEPS)
        self._make_condition("delivery", charge=12.5, threshold=800.0)
        order = self._ordered()
        self.assertEqual(self.amounts(order), {"discount": -30.0})
        # 400.00 is delivered, the rest closed: 3 % of it stays, delivery is free
        self._deliver(order, 40)
        order._b2b_close_rest(order.order_line[0], "Sold out.", "staff")
        self.assertEqual(order.order_line[0].product_uom_qty, 40)
        self.assertEqual(self.amounts(order), {"discount": -12.0})
        self.assertEqual(order.amount_untaxed, 388.0)

    def test_a_confirmed_order_that_grows_reaches_the_next_step(self):
        self._make_condition("discount", steps=STEPS)
        self._make_condition("delivery", charge=12.5, threshold=800.0)
        order = self._ordered(60)
        self.assertEqual(self.amounts(order), {"discount": -12.0, "delivery": 12.5})
        order.order_line[0].product_uom_qty = 100
        self.assertEqual(self.amounts(order), {"discount": -30.0})

    def test_delivery_is_charged_once(self):
        self._make_condition("delivery", charge=12.5)
        order = self._ordered(60)
        first = order._create_invoices()
        first.action_post()
        self.assertEqual(first.amount_untaxed, 612.5)
        order.order_line[0].product_uom_qty = 70
        second = order._create_invoices()
        self.assertEqual(second.amount_untaxed, 100.0)
        self.assertEqual(self.amounts(order), {"delivery": 12.5})

    def test_more_discount_after_the_invoice_is_a_line_of_its_own(self):
        self._make_condition("discount", steps=STEPS)
        order = self._ordered(60)
        order._create_invoices().action_post()
        order.order_line[0].product_uom_qty = 100
        lines = self.condition_lines(order)["discount"]
        self.assertEqual([net for net, _taxes in lines], [-12.0, -18.0])
        # 3 % was reached and stays: of 600.00 that is 18.00, of which 12.00 invoiced
        order.order_line[0].product_uom_qty = 60
        self.assertEqual(self.amounts(order), {"discount": -18.0})

    def test_orders_of_before_are_left_alone(self):
        order = self._ordered(60)
        self._make_condition("discount", steps=STEPS)
        order.order_line[0].product_uom_qty = 100
        self.assertEqual(self.amounts(order), {})

    def test_a_release_covers_a_smaller_discount(self):
        self._make_condition("discount", steps=STEPS)
        order = self._ordered()
        gate_pass = order.b2b_gate_pass
        # blocked since: a change that needs the gate again would be refused
        self.party.b2b_state = "blocked"
        order.order_line[0].product_uom_qty = 50
        self.assertEqual(self.amounts(order), {"discount": -15.0})
        self.assertEqual(order.b2b_gate_pass, gate_pass)

    def test_all_limits_count_them(self):
        self._make_condition("delivery", charge=12.5)
        self._make_condition("discount", steps=((0.0, 10.0),))
        order = self._cart_of((self.ten, 10))
        self.assertEqual(order._b2b_limit_amount(), 102.5)

    def test_a_carriers_price_is_not_doubled(self):
        if "delivery.carrier" not in self.env:
            self.skipTest("delivery is not installed")
        fee = self._make_article("Van", 0.0, self.tax)
        fee.type = "service"
        carrier = self.env["delivery.carrier"].create(
            {"name": "Van", "product_id": fee.id, "fixed_price": 9.0}
        )
        condition = self._make_condition("delivery", charge=12.5, threshold=500.0)
        order = self._cart_of((self.ten, 10))
        self.assertEqual(self.amounts(order), {"delivery": 12.5})
        order.set_delivery_line(carrier, 9.0)
        # the carrier's price stands
        self.assertEqual(self.amounts(order), {})
        self.assertEqual(order.amount_untaxed, 109.0)
        condition.replaces_carrier = True
        order._b2b_settle_lines()
        self.assertEqual(order.amount_untaxed, 112.5)
        order.order_line[0].product_uom_qty = 50
        self.assertEqual(order.amount_untaxed, 500.0)
        # agreed no more: the carrier's own price comes back
        condition.active = False
        order._b2b_settle_lines()
        self.assertEqual(order.amount_untaxed, 509.0)
