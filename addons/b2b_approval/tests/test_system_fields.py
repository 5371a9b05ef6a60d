from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestSystemFields(ApprovalCase):
    """What the gate rests on is written by the system, by whatever way it is tried."""

    def _create(self, context=None, **values):
        order = self._make_order(quantity=30)
        given = {"b2b_seat_id": self.buyer.id, "user_id": self.rep.id}
        values = {**order.copy_data()[0], **given, **values}
        orders = self.env["sale.order"].with_user(self.rep)
        return orders.with_context(**(context or {})).create(values)

    def test_defaults_of_the_context_say_nothing(self):
        forged = self._make_order(quantity=30)._b2b_snapshot()
        order = self._create(
            {
                "default_b2b_gate_pass": forged,
                "default_b2b_historical": True,
                "default_b2b_submit_state": "done",
                "default_b2b_orderer_id": self.manager.id,
                "default_b2b_prepayment_received": 1e6,
            }
        ).sudo()
        self.assertFalse(order.b2b_gate_pass)
        self.assertFalse(order.b2b_historical)
        self.assertFalse(order.b2b_orderer_id)
        self.assertFalse(order.b2b_prepayment_received)
        self.assertEqual(order.b2b_submit_state, "none")

    def test_a_forged_pass_confirms_nothing(self):
        forged = self._make_order(quantity=30)._b2b_snapshot()
        with self.assertRaises(GateBlocked):
            self._create({"default_b2b_gate_pass": forged}, state="sale")
            self.env.flush_all()

    def test_a_stored_default_says_nothing(self):
        defaults = self.env["ir.default"].with_user(self.rep)
        defaults.set("sale.order", "b2b_historical", True, user_id=True)
        self.assertFalse(self._create().b2b_historical)

    def test_totals_and_party_are_not_written(self):
        order = self._create()
        for name in ("amount_total", "amount_untaxed", "b2b_party_id"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                order.write({name: 1})
        for name, value in (
            ("price_total", 1),
            ("price_subtotal", 1),
            ("invoice_lines", [(5, 0, 0)]),
            ("qty_delivered", -5),
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                order.order_line.write({name: value})
        with self.assertRaises(AccessError):
            order.transaction_ids = [(5, 0, 0)]

    def test_currency_of_a_confirmed_order_stays(self):
        order = self._submitted(quantity=1)
        self.assertEqual(order.state, "sale")
        other = self.env["res.currency"].create({"name": "XB2", "symbol": "x"})
        with self.assertRaisesRegex(UserError, "currency cannot change"):
            order.with_user(self.manager).currency_id = other
        order.with_user(self.manager).currency_id = order.currency_id

    def test_another_seat_has_other_limits(self):
        order = self._submitted(quantity=30, seat=self.approver)
        self.assertEqual(order.state, "sale")
        with self.assertRaisesRegex(GateBlocked, "may order up to"):
            order.b2b_seat_id = self.buyer
            self.env.flush_all()

    def test_a_rule_needs_a_rate(self):
        other = self.env["res.currency"].create({"name": "XB2", "symbol": "x"})
        with self.assertRaisesRegex(UserError, "no exchange rate for XB2"):
            self._make_rule(currency_id=other.id)

    # -- who decides ---------------------------------------------------------------

    def _held_by_credit(self):
        order = self._make_order(quantity=1)
        order.b2b_orderer_id = self.buyer.user_id
        order._b2b_hold([self._finding()])
        return order

    def test_staff_of_another_company_decides_nothing(self):
        hold = self._held_by_credit().b2b_open_hold_ids
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = new_test_user(
            self.env,
            "b2b_test_foreign_credit",
            "b2b_party.group_credit",
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
        with self.assertRaises(AccessError):
            hold.with_user(foreign).action_release("mine")
        self.assertEqual(hold.state, "open")

    def test_who_decides_may_check_again(self):
        order = self._held_by_credit()
        credit = new_test_user(self.env, "b2b_test_credit_2", "b2b_party.group_credit")
        pricing = new_test_user(
            self.env, "b2b_test_pricing_2", "b2b_party.group_pricing"
        )
        with self.assertRaises(AccessError):
            order.with_user(pricing).action_b2b_check_again()
        order.with_user(credit).action_b2b_check_again()
        self.assertEqual(order.state, "sale")
