from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestEntrances(ApprovalCase):
    """No path around the gate: each of these is open in plain Odoo."""

    def assertRefused(self, action):
        with self.assertRaises(GateBlocked):
            action()
            self.env.flush_all()
        self.env.invalidate_all()

    def test_write_the_state(self):
        order = self._make_order(quantity=30)
        self.assertRefused(lambda: order.write({"state": "sale"}))

    def test_create_in_state_sale(self):
        self.assertRefused(lambda: self._make_order(quantity=30, state="sale"))

    def test_import_in_state_sale(self):
        fields = [
            "partner_id/.id",
            "b2b_seat_id/.id",
            "state",
            "order_line/product_id/.id",
            "order_line/product_uom_qty",
        ]
        row = [
            str(self.buyer.user_id.partner_id.id),
            str(self.buyer.id),
            "sale",
            str(self.product.id),
            "30",
        ]
        result = self.env["sale.order"].load(fields, [row])
        self.assertFalse(result["ids"])
        self.assertIn("may order up to", str(result["messages"]))

    def test_a_small_order_may_be_created_confirmed(self):
        order = self._make_order(state="sale")
        self.env.flush_all()
        self.assertEqual(order.b2b_gate_state, "clear")
        self.assertTrue(order.b2b_gate_pass)

    def _confirmed(self):
        order = self._submitted(quantity=10)
        self.assertEqual(order.state, "sale")
        return order

    def test_more_quantity(self):
        order = self._confirmed()
        self.assertRefused(lambda: order.order_line.write({"product_uom_qty": 11}))

    def test_higher_price(self):
        order = self._confirmed()
        self.assertRefused(lambda: order.order_line.write({"price_unit": 10.5}))

    def test_less_discount(self):
        order = self._make_order(quantity=11)
        order.order_line.discount = 50
        order._b2b_submit()
        self.assertRefused(lambda: order.order_line.write({"discount": 0}))

    def test_a_line_added_to_a_locked_order(self):
        order = self._confirmed()
        order.action_lock()
        line = {"order_id": order.id, "product_id": self.product.id}
        self.assertRefused(lambda: order.order_line.create(line))

    def test_a_tax_edited_later(self):
        self.party.b2b_limit_basis = "total"
        tax = self.env["account.tax"].create({"name": "T", "amount": 0.0})
        self.product.taxes_id = tax
        order = self._confirmed()

        def raise_tax():
            tax.amount = 20.0
            lines = order.order_line
            self.env.add_to_compute(lines._fields["price_total"], lines)
            self.env.add_to_compute(order._fields["amount_total"], order)

        self.assertRefused(raise_tax)

    def test_another_party_pays(self):
        order = self._confirmed()
        self.rival_party.b2b_state = "blocked"
        partner = self.rival.user_id.partner_id
        values = {"partner_id": partner.id, "b2b_seat_id": False}
        self.assertRefused(lambda: order.write(values))

    def test_less_is_covered(self):
        order = self._confirmed()
        order.order_line.product_uom_qty = 4
        order.order_line.discount = 10
        self.env.flush_all()
        self.assertEqual(order.state, "sale")

    def test_back_to_draft_passes_the_gate_again(self):
        order = self._confirmed()
        order.action_cancel()
        order.action_draft()
        self.assertFalse(order.b2b_gate_pass)
        order.order_line.product_uom_qty = 30
        order.action_confirm()
        self.assertEqual(order.b2b_submit_state, "waiting")

    def test_back_to_draft_and_behind_the_gate_in_one_transaction(self):
        order = self._confirmed()
        order.action_cancel()
        order.action_draft()
        order.order_line.product_uom_qty = 9
        order.write({"state": "sale"})
        self.env.flush_all()
        self.assertRecordValues(
            order, [{"b2b_submit_state": "done", "b2b_gate_state": "clear"}]
        )
        self.assertEqual(order.b2b_gate_pass["lines"][0][3], 9)

    def test_confirming_twice_is_refused_and_books_once(self):
        order = self._confirmed()
        with self.assertRaises(UserError):
            order.action_confirm()
        self.assertEqual(len(order.picking_ids), 1)
