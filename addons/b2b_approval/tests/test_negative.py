from datetime import timedelta
from unittest.mock import patch

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

    def test_an_order_of_nothing_is_no_order(self):
        order = self._make_order(quantity=0)
        freight = self.env["product.product"].create(
            {"name": "Freight", "type": "service", "list_price": 9.0}
        )
        row = Command.create({"product_id": freight.id, "name": "Delivery"})
        order.order_line = [row]
        delivery = type(order.order_line)._is_delivery
        is_freight = patch.object(
            type(order.order_line),
            "_is_delivery",
            lambda line: line.product_id == freight or delivery(line),
        )
        with is_freight:
            for way in (order.action_confirm, order._b2b_submit):
                with self.assertRaisesRegex(GateBlocked, "orders nothing"):
                    way()
            order.order_line[0].product_uom_qty = 2
            order.action_confirm()
            # What is confirmed may be closed to nothing; delivery cost stays.
            order.order_line[0].product_uom_qty = 0
        self.assertEqual(order.state, "sale")

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

    def test_to_check_again_after_the_time_ends_the_order(self):
        order = self._submitted(quantity=30)
        self.buyer.role_id.order_limit = 1000.0
        order.b2b_keep_until = fields.Datetime.now() - timedelta(minutes=1)
        order.with_user(self.manager).action_b2b_check_again()
        self.assertRecordValues(
            order, [{"state": "draft", "b2b_gate_state": "expired"}]
        )

    def test_what_expired_is_confirmed_at_prices_of_today(self):
        order, typed = self._submitted(quantity=30), self._submitted(quantity=31)
        typed.order_line.price_unit = 9.0
        (order | typed).sudo()._b2b_expire()
        self.buyer.role_id.order_limit = 1000.0
        self.product.list_price = 12.0
        order = order.with_user(self.manager)
        action = order.with_context(b2b_ask=True).action_confirm()
        # Nothing is changed before somebody took note.
        self.assertRecordValues(order, [{"state": "draft", "amount_untaxed": 300.0}])
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertRegex(dialog.message, "today's prices.*360.*instead of.*300")
        dialog.with_user(self.manager).action_confirm()
        self.assertRecordValues(order, [{"state": "sale", "amount_untaxed": 360.0}])
        row = order.sudo().b2b_decision_ids[:1]
        self.assertEqual((row.hold_id.code, row.verdict), ("repriced", "acknowledged"))
        # What somebody typed is no price of the list.
        typed.with_user(self.manager).with_context(b2b_ask=True).action_confirm()
        self.assertRecordValues(typed, [{"state": "sale", "amount_untaxed": 279.0}])

    def test_without_a_screen_an_expired_order_gets_prices_of_today(self):
        ended, not_yet = self._submitted(quantity=30), self._submitted(quantity=31)
        ended.sudo()._b2b_expire()
        # The hourly job that ends it has not come yet.
        not_yet.b2b_keep_until = fields.Datetime.now() - timedelta(minutes=1)
        self.buyer.role_id.order_limit = 1000.0
        self.product.list_price = 12.0
        for order, total in ((ended, 360.0), (not_yet, 372.0)):
            order.action_confirm()
            now = {"state": "sale", "amount_untaxed": total}
            self.assertRecordValues(order, [now])
            verdicts = order.b2b_decision_ids.mapped("verdict")
            self.assertIn("not_acknowledged", verdicts)
