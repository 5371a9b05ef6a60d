from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestNegative(ApprovalCase):
    """Nothing below zero makes room, nothing is taken along, nothing comes too late."""

    def _row(self, quantity, **values):
        row = {"product_id": self.product.id, "product_uom_qty": quantity, **values}
        return Command.create(row)

    def test_an_order_gives_no_goods_back(self):
        with self.assertRaisesRegex(GateBlocked, "quantity is below zero"):
            self._make_order(quantity=-5)._b2b_submit()
        order = self._make_order(quantity=1)
        order.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": 1,
                    "price_unit": -500.0,
                }
            )
        ]
        with self.assertRaisesRegex(GateBlocked, "credit note"):
            order.action_confirm()

    def test_a_line_below_zero_makes_no_room_for_another(self):
        order = self._submitted(quantity=5)
        self.assertEqual(order.state, "sale")
        with self.assertRaisesRegex(GateBlocked, "quantity is below zero"):
            order.order_line = [self._row(500), self._row(-500)]
            self.env.flush_all()

    def test_a_down_payment_orders_nothing(self):
        order = self._submitted(quantity=5)
        with self.assertRaisesRegex(ValidationError, "orders no goods"):
            order.order_line = [self._row(500, is_downpayment=True)]

    def test_a_contact_with_orders_stays_with_its_company(self):
        order = self._submitted(quantity=5)
        other = self._make_party("Elsewhere Ltd")
        contact = order.partner_id
        with self.assertRaisesRegex(ValidationError, "orders or a seat"):
            contact.with_user(self.manager).parent_id = other
        fresh = self.env["res.partner"].create(
            {"name": "New", "parent_id": self.party.id}
        )
        fresh.with_user(self.manager).parent_id = other
        self.assertEqual(fresh.commercial_partner_id, other)

    def test_nobody_says_yes_after_the_time(self):
        order = self._submitted(quantity=30)
        hold = order.b2b_open_hold_ids.with_user(self.approver.user_id)
        order.b2b_keep_until = fields.Datetime.now() - timedelta(minutes=1)
        with self.assertRaisesRegex(UserError, "submitted again"):
            hold.action_release()
        hold.action_refuse("Too late.")
        self.assertEqual(order.b2b_gate_state, "refused")
