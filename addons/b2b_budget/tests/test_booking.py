from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.b2b_budget.exceptions import BudgetExceeded
from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestBooking(BudgetCase):
    """One order, from submission to the end."""

    def test_confirmed_order_is_booked_once(self):
        budget, order = self._make_budget(), self._make_order(quantity=7)
        self.assertEqual(self._submit(order)["state"], "done")
        self.assertBooked(budget, 70.0)
        order._b2b_sync_budgets()
        order.sudo().write({"b2b_submit_state": "done"})
        self.assertEqual(len(self._entries(budget)), 1)
        self.assertBooked(budget, 70.0)

    def test_cart_books_nothing(self):
        budget, order = self._make_budget(), self._make_order(quantity=7)
        order.order_line.product_uom_qty = 8
        self.assertBooked(budget, 0.0)

    def test_block_refuses_and_changes_nothing(self):
        budget, order = self._make_budget(), self._make_order(quantity=11)
        with self.assertRaises(GateBlocked) as caught:
            self._submit(order)
        self.assertEqual([f.code for f in caught.exception.findings], ["budget"])
        self.assertEqual((order.state, order.b2b_submit_state), ("draft", "none"))
        self.assertBooked(budget, 0.0)

    def test_exactly_the_rest_fits(self):
        budget = self._make_budget()
        self._submit(self._make_order(quantity=3))
        self._submit(self._make_order(quantity=7))
        self.assertBooked(budget, 100.0)
        order = self._make_order(quantity=0.01)
        with self.assertRaises(GateBlocked):
            self._submit(order)

    def test_cancelled_order_gives_back_once(self):
        budget, order = self._make_budget(), self._make_order(quantity=7)
        self._submit(order)
        order._action_cancel()
        self.assertBooked(budget, 0.0)
        order._action_cancel()
        self.assertEqual(self._entries(budget).mapped("amount"), [70.0, -70.0])
        order.action_draft()
        self.assertBooked(budget, 0.0)
        self._submit(order)
        self.assertBooked(budget, 70.0)

    def test_order_held_by_its_budget_reserves_nothing(self):
        budget = self._make_budget(action="authorize")
        order, other = self._make_order(quantity=11), self._make_order(quantity=9)
        result = self._submit(order)
        self.assertEqual(result["state"], "waiting")
        self.assertEqual(result["holds"].mapped("code"), ["budget"])
        self.assertEqual(result["holds"].decider_ids, self.approver.user_id)
        self.assertBooked(budget, 0.0)
        self._submit(other)
        self.assertBooked(budget, 90.0)
        # The release is the permission to go above, whatever was booked meanwhile.
        self._decide(result["holds"])
        self.assertEqual(order.state, "sale")
        self.assertBooked(budget, 200.0)
        entry = self._entries(budget)[-1]
        self.assertEqual(
            (entry.permission, entry.hold_id), ("release", result["holds"])
        )
        self.assertEqual(entry.left_after, -100.0)

    def test_refused_order_books_nothing(self):
        budget = self._make_budget(action="authorize")
        result = self._submit(self._make_order(quantity=11))
        self._decide(result["holds"], verdict="refuse", comment="too much")
        self.assertBooked(budget, 0.0)

    def test_order_held_by_something_else_is_reserved(self):
        budget = self._make_budget(action="authorize")
        asks = self._make_budget(amount=10, name="Small", action="authorize")
        order = self._make_order(quantity=7)
        result = self._submit(order)
        self.assertEqual(result["holds"].mapped("key"), [str(asks.id)])
        self.assertBooked(budget, 0.0, 70.0)
        self.assertBooked(asks, 0.0)
        with self.assertRaises(GateBlocked):
            # What waits counts for others.
            budget.action = "block"
            self._submit(self._make_order(quantity=4))
        self._decide(result["holds"])
        self.assertBooked(budget, 70.0)
        self.assertBooked(asks, 70.0)
        kinds = [(e.kind, e.amount) for e in self._entries(budget)]
        self.assertEqual(kinds, [("pending", 70), ("pending", -70), ("used", 70)])

    def test_expired_order_frees_what_it_reserved(self):
        budget = self._make_budget()
        self._make_budget(amount=10, name="Small", action="authorize")
        order = self._make_order(quantity=7)
        self._submit(order)
        self.assertBooked(budget, 0.0, 70.0)
        order.sudo()._b2b_expire()
        self.assertBooked(budget, 0.0, 0.0)

    def test_release_of_one_hold_reserves_while_another_is_open(self):
        olive = self._make_seat(self.party, "Olive", "approver")
        first = self._make_budget(amount=10, name="First", action="authorize")
        second = self._make_budget(
            amount=20, name="Second", action="authorize", supervisor_ids=olive.ids
        )
        holds = self._submit(self._make_order(quantity=7))["holds"]
        self.assertEqual(len(holds), 2)
        self._decide(holds.filtered(lambda h: h.key == str(first.id)))
        self.assertBooked(first, 0.0, 70.0)
        self.assertBooked(second, 0.0, 0.0)
        self._decide(holds.filtered(lambda h: h.key == str(second.id)), olive)
        self.assertBooked(first, 70.0)
        self.assertBooked(second, 70.0)

    def test_warning_is_acknowledged_and_recorded(self):
        budget, order = self._make_budget(action="warn"), self._make_order(quantity=11)
        with self.assertRaises(GateBlocked):
            self._submit(order)
        self.assertBooked(budget, 0.0)
        result = self._submit(order, acknowledged=("budget",))
        self.assertEqual(result["state"], "done")
        self.assertBooked(budget, 110.0)
        self.assertEqual(self._entries(budget).permission, "release")
        self.assertEqual(self._entries(budget).hold_id.severity, "warn")

    def test_all_budgets_of_an_order_are_booked_or_none(self):
        wide = self._make_budget(amount=1000, name="Party")
        seat = self._make_budget(amount=50, name="Seat", seat_ids=self.buyer.ids)
        other = self._make_budget(amount=50, name="Other", seat_ids=self.owner.ids)
        with self.assertRaises(GateBlocked):
            self._submit(self._make_order(quantity=7))
        for budget in (wide, seat, other):
            self.assertBooked(budget, 0.0)
        self._submit(self._make_order(quantity=5))
        self.assertBooked(wide, 50.0)
        self.assertBooked(seat, 50.0)
        self.assertBooked(other, 0.0)

    def test_historical_orders_are_skipped(self):
        budget = self._make_budget(amount=10)
        order = (
            self.env["sale.order"]
            .sudo()
            ._b2b_create_historical(
                [
                    {
                        "partner_id": self.party.id,
                        "date_order": datetime.now() - timedelta(days=1),
                        "order_line": [
                            (
                                0,
                                0,
                                {"product_id": self.product.id, "product_uom_qty": 9},
                            )
                        ],
                    }
                ]
            )
        )
        self.assertEqual(order.state, "sale")
        self.assertBooked(budget, 0.0)

    def test_another_party_is_not_concerned(self):
        budget = self._make_budget(amount=10)
        self._submit(self._make_order(seat=self.rival, quantity=9))
        self.assertBooked(budget, 0.0)

    # -------------------------------------------------------------- period, rate

    def test_period_is_the_one_of_the_submission_for_ever(self):
        with freeze_time("2026-01-20 10:00:00"):
            budget, order = self._make_budget(), self._make_order(quantity=7)
            self._submit(order)
        with freeze_time("2026-02-03 10:00:00"):
            self.assertBooked(budget, 0.0)
            order.order_line.product_uom_qty = 5
            self.assertBooked(budget, 0.0)
            self.assertBooked(budget, 50.0, date=datetime(2026, 1, 20).date())
            with self.assertRaises(UserError), self.env.cr.savepoint():
                order.order_line.product_uom_qty = 11
                self.env.flush_all()
            self.env.invalidate_all()
            order._action_cancel()
            self.assertBooked(budget, 0.0, date=datetime(2026, 1, 20).date())

    def test_approval_in_the_next_period_books_in_that_of_the_submission(self):
        with freeze_time("2026-01-30 10:00:00"):
            budget = self._make_budget(action="authorize")
            order = self._make_order(quantity=11)
            holds = self._submit(order)["holds"]
        with freeze_time("2026-02-02 10:00:00"):
            self._decide(holds)
            self.assertEqual(order.state, "sale")
            self.assertBooked(budget, 0.0)
            self.assertBooked(budget, 110.0, date=datetime(2026, 1, 30).date())

    def test_the_zone_of_the_budget_decides_the_period(self):
        east = self._make_budget(name="East", tz="Europe/Kyiv")
        west = self._make_budget(name="West", tz="America/New_York")
        with freeze_time("2026-01-31 23:30:00"):
            self._submit(self._make_order(quantity=7).with_context(tz="Asia/Tokyo"))
        for budget, first in (
            (east, datetime(2026, 2, 1)),
            (west, datetime(2026, 1, 1)),
        ):
            self.assertEqual(self._entries(budget).period_id.date_from, first.date())

    def test_rate_of_the_first_booking_is_kept(self):
        foreign = self.env["res.currency"].create(
            {"name": "XXA", "symbol": "A", "rounding": 0.01}
        )
        Rate = self.env["res.currency.rate"]
        today = datetime.now().date()
        Rate.create({"currency_id": foreign.id, "name": today, "company_rate": 2.0})
        budget = self._make_budget(currency_id=foreign.id, amount=200)
        order = self._make_order(quantity=7)
        self._submit(order)
        self.assertBooked(budget, 140.0)
        foreign.rate_ids.company_rate = 3.0
        order.order_line.product_uom_qty = 5
        self.assertBooked(budget, 100.0)
        entry = self._entries(budget)[-1]
        self.assertEqual((entry.rate, entry.order_amount), (2.0, -20.0))
        self.assertEqual(entry.order_currency_id, order.currency_id)
        order._action_cancel()
        self.assertBooked(budget, 0.0)
        self._submit(self._make_order(quantity=6))
        self.assertBooked(budget, 180.0)

    # ------------------------------------------------------------ kept for ever

    def test_movements_and_counters_cannot_be_changed(self):
        budget, order = self._make_budget(), self._make_order(quantity=7)
        self._submit(order)
        entry, period = self._entries(budget), budget.period_ids
        for record in (entry, period):
            with self.assertRaises(UserError):
                record.sudo().write({"create_date": False})
            with self.assertRaises(UserError):
                record.sudo().create({"budget_id": budget.id})
        with self.assertRaises(UserError):
            entry.sudo().unlink()
        order._action_cancel()
        with self.assertRaises(UserError):
            order.unlink()
        with self.assertRaises(UserError):
            budget.unlink()

    def test_nightly_check_sees_a_wrong_counter(self):
        budget = self._make_budget()
        self._submit(self._make_order(quantity=7))
        self.env.cr.execute("UPDATE b2b_budget_period SET used = used + 1")
        with self.assertLogs("odoo.addons.b2b_budget", "ERROR") as logs:
            budget.period_ids._cron_b2b_check_counters()
        self.assertIn("Shop floor", logs.output[0])

    def test_refusal_is_our_own_class(self):
        budget, order = self._make_budget(), self._make_order(quantity=11)
        order.sudo().b2b_submit_state = "none"
        with self.assertRaises(BudgetExceeded) as caught, self.env.cr.savepoint():
            order.sudo().b2b_submit_state = "waiting"
        self.assertEqual(caught.exception.finding.code, "budget")
        self.assertBooked(budget, 0.0)
