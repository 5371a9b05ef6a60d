from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestPots(BudgetCase):
    """An order counts in exactly one pot, and in all limits besides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._make_budget(amount=1000, name="Limit")
        cls.window = cls._make_budget(name="Window", use="pot")

    def test_the_only_pot_is_taken_without_a_question(self):
        order = self._make_order(quantity=7)
        self._submit(order)
        self.assertEqual(order.b2b_budget_id, self.window)
        self.assertBooked(self.window, 70.0)
        self.assertBooked(self.limit, 70.0)

    def test_of_several_one_must_be_chosen_then_it_is_proposed(self):
        event = self._make_budget(name="Event", use="pot")
        order = self._make_order(quantity=7)
        with self.assertRaises(GateBlocked) as caught:
            self._submit(order)
        self.assertEqual(caught.exception.findings[0].code, "budget_pot")
        order.b2b_budget_id = event
        self._submit(order)
        self.assertBooked(event, 70.0)
        self.assertBooked(self.window, 0.0)
        self.assertEqual(self._make_order()._b2b_preset_pot(), event)

    def test_the_pot_of_the_same_address_is_proposed_before_the_last_one(self):
        event = self._make_budget(name="Event", use="pot", amount=1000)
        shop = self.env["res.partner"].create(
            {"name": "Leeds", "parent_id": self.party.id, "type": "delivery"}
        )
        first = self._make_order(partner_shipping_id=shop.id, b2b_budget_id=event.id)
        home = {"partner_shipping_id": self.party.id}
        last = self._make_order(b2b_budget_id=self.window.id, **home)
        (first | last).action_confirm()
        here = self._make_order(**home)
        there = self._make_order(partner_shipping_id=shop.id)
        self.assertEqual(here._b2b_preset_pot(), self.window)
        self.assertEqual(there._b2b_preset_pot(), event)

    def test_moving_an_order_to_another_pot_moves_the_money(self):
        event = self._make_budget(name="Event", use="pot", amount=60)
        order = self._make_order(quantity=5, b2b_budget_id=self.window.id)
        self._submit(order)
        order.b2b_budget_id = event
        self.assertBooked(self.window, 0.0)
        self.assertBooked(event, 50.0)

    def test_a_new_pot_takes_no_order_that_was_there_before(self):
        self.window.action_archive()
        order = self._make_order(quantity=5)
        self._submit(order)
        event = self._make_budget(name="Event", use="pot", start_date="2020-01-01")
        self.assertBooked(event, 0.0)

    def test_no_path_around_the_pot(self):
        order = self._make_order(quantity=5)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.state = "sale"
        order.b2b_budget_id = self.window
        order.state = "sale"
        self.assertBooked(self.window, 50.0)

    def test_a_strangers_pot_is_refused(self):
        theirs = self._make_budget(
            name="Lindner", party_id=self.rival_party.id, use="pot", supervisor_ids=[]
        )
        with self.assertRaises(UserError):
            self._make_order(b2b_budget_id=theirs.id)
        with self.assertRaises(UserError):
            self._make_order(b2b_budget_id=self.limit.id)
