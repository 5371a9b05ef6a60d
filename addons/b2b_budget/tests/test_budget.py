from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestBudget(BudgetCase):
    def test_defaults_come_from_the_party(self):
        self.party.b2b_limit_basis = "total"
        self.party.tz = "Europe/Zurich"
        budget = self.env["b2b.budget"].create(
            {"name": "New", "party_id": self.party.id, "amount": 5}
        )
        self.assertEqual(
            (budget.tax_basis, budget.tz, budget.period, budget.action),
            ("total", "Europe/Zurich", "month", "authorize"),
        )
        self.assertEqual(
            budget.currency_id,
            self.party.b2b_currency_id or self.env.company.currency_id,
        )

    def test_form(self):
        with Form(self.env["b2b.budget"].with_user(self.manager)) as form:
            form.name = "Shop floor"
            form.party_id = self.party
            form.amount = 6000
        self.assertEqual(form.record.left, 6000)

    def test_form_of_a_budget_with_history(self):
        with freeze_time("2026-11-22 12:00:00"):
            budget = self._make_budget(amount=200)
            self._submit(self._make_order(quantity=5))
            with Form(budget.with_user(self.manager)) as form:
                form.amount = 300
                self.assertEqual((form.used, form.left), (50, 250))
            self.assertEqual(budget.left, 250)
            form = Form(budget.with_user(self.manager))
            form.period = "quarter"
            self.assertEqual(form.period_label, "quarter 4")
            with self.assertRaisesRegex(UserError, "Period of Shop floor cannot"):
                form.save()
        self.assertEqual(budget.period, "month")

    def test_bad_values_are_refused(self):
        contact = self.buyer.user_id.partner_id
        for values in (
            {"amount": 0},
            {"period": "one_off"},
            {"period": "one_off", "date_from": "2026-02-01", "date_to": "2026-01-01"},
            {"alert_percent": 101},
            {"alert_percents": "50, many"},
            {"alert_percents": "0"},
            {"party_id": contact.id, "supervisor_ids": []},
            {"seat_ids": self.rival.ids},
            {"supervisor_ids": self.rival.ids},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(ValidationError),
                self.env.cr.savepoint(),
            ):
                self._make_budget(**values)

    @mute_logger("odoo.sql_db")
    def test_negative_amounts_are_refused(self):
        for name in ("amount", "max_order_amount"):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self._make_budget(**{name: -1})

    def test_amounts_that_nobody_means_and_names_of_blanks(self):
        budget = self._make_budget()
        for name in ("amount", "max_order_amount"):
            with self.assertRaisesRegex(ValidationError, "at most 999,999,999,999"):
                self._make_budget(**{name: 1e300})
            with self.assertRaisesRegex(ValidationError, "at most 999,999,999,999"):
                budget[name] = 1e12
        with self.assertRaisesRegex(ValidationError, "Enter a name"):
            budget.name = "  "

    def test_status(self):
        with freeze_time("2026-11-22 12:00:00"):
            budget = self._make_budget(amount=200)
            self._submit(self._make_order(quantity=5))
            status = budget._b2b_status()
            budget.invalidate_recordset()
            self.assertEqual(
                status,
                {
                    "amount": 200.0,
                    "used": 50.0,
                    "pending": 0.0,
                    "left": 150.0,
                    "percent": 25.0,
                    "currency": self.currency,
                    "period_label": "November",
                    "date_from": date(2026, 11, 1),
                    "date_to": date(2026, 11, 30),
                },
            )
            self.assertEqual((budget.left, budget.percent), (150.0, 25.0))
            self.assertEqual(budget._b2b_status(date(2026, 12, 1))["used"], 0.0)

    def test_queries_do_not_grow_with_the_budgets(self):
        budgets = self.env["b2b.budget"].union(
            *(self._make_budget(name=f"B{number}") for number in range(5))
        )
        self.env.cr.flush()

        def count(budgets):
            self.env.invalidate_all()
            self.env["b2b.budget.period"]._b2b_moved()
            before = self.env.cr.sql_log_count
            budgets._b2b_statuses()
            return self.env.cr.sql_log_count - before

        count(budgets)
        self.assertEqual(count(budgets[0]), count(budgets))

    def test_labels(self):
        with freeze_time("2026-11-22 12:00:00"):
            for period, label in (
                ("week", "week 47"),
                ("month", "November"),
                ("quarter", "quarter 4"),
                ("year", "2026"),
            ):
                budget = self._make_budget(period=period)
                self.assertEqual(budget.period_label, label)
            last = budget._b2b_shown_period(date(2025, 5, 5))
            budget = self._make_budget(period="month")
            last = budget._b2b_shown_period(date(2025, 5, 5))
            self.assertEqual(budget._b2b_period_label(last), "May 2025")

    def test_one_off_counts_its_days_only(self):
        budget = self._make_budget(
            period="one_off", date_from="2026-11-10", date_to="2026-11-20"
        )
        for day, used in (("09", 0.0), ("10", 50.0), ("21", 50.0)):
            with freeze_time(f"2026-11-{day} 12:00:00"):
                self._submit(self._make_order(quantity=5))
                self.assertBooked(budget, used)

    def test_changed_amount_holds_for_the_running_period_only(self):
        with freeze_time("2026-10-20 12:00:00"):
            budget = self._make_budget()
            self._submit(self._make_order(quantity=7))
        with freeze_time("2026-11-20 12:00:00"):
            self._submit(self._make_order(quantity=7))
            budget.amount = 150
            self._submit(self._make_order(quantity=8))
            self.assertBooked(budget, 150.0)
        amounts = {p.date_from.month: p.amount for p in budget.period_ids}
        self.assertEqual(amounts, {10: 100.0, 11: 150.0})

    def test_what_bookings_rest_on_is_fixed(self):
        budget = self._make_budget()
        budget.write({"period": "week", "tax_basis": "total"})
        self._submit(self._make_order(quantity=7))
        foreign = self.env["res.currency"].search(
            [("id", "!=", self.currency.id)], limit=1
        )
        for values in (
            {"period": "month"},
            {"tax_basis": "untaxed"},
            {"currency_id": foreign.id},
            {"party_id": self.rival_party.id},
            {"use": "pot"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                budget.write(values)
        budget.write({"period": "week", "amount": 300, "action": "warn"})

    def test_orders_before_the_start_do_not_count(self):
        with freeze_time("2026-11-10 12:00:00"):
            early = self._make_order(quantity=7)
            self._submit(early)
        with freeze_time("2026-11-12 12:00:00"):
            late = self._make_order(quantity=6)
            self._submit(late)
        with freeze_time("2026-11-20 12:00:00"):
            budget = self._make_budget(start_date="2026-11-11")
            self.assertBooked(budget, 60.0)
            self.assertEqual(self._entries(budget).order_id, late)
            early.order_line.product_uom_qty = 6
            self.assertBooked(budget, 60.0)
            # An earlier start counts them, even above the amount.
            budget.start_date = "2026-11-01"
            self.assertBooked(budget, 120.0)
            self.assertEqual(self._entries(budget)[-1].permission, "before")
            # What is booked stays booked.
            budget.start_date = "2026-11-20"
            early.order_line.product_uom_qty = 5
            self.assertBooked(budget, 110.0)

    def test_booked_orders_stay_when_the_seats_change(self):
        budget = self._make_budget(seat_ids=(self.buyer | self.owner).ids)
        order = self._make_order(quantity=7)
        self._submit(order)
        budget.seat_ids = self.owner
        order.order_line.product_uom_qty = 5
        self.assertBooked(budget, 50.0)
        budget.action_archive()
        order.order_line.product_uom_qty = 4
        self.assertBooked(budget, 40.0)
        order._action_cancel()
        self.assertBooked(budget, 0.0)

    def test_archived_budget_counts_no_new_orders(self):
        budget = self._make_budget()
        budget.action_archive()
        self._submit(self._make_order(quantity=70))
        self.assertBooked(budget, 0.0)

    def test_budget_without_movements_can_go(self):
        budget = self._make_budget()
        budget.unlink()
        self.assertFalse(budget.exists())
        self._submit(self._make_order(quantity=70))

    def test_periods_open_before_they_are_needed(self):
        with freeze_time("2026-11-29 12:00:00"):
            budget = self._make_budget()
            self.assertEqual(budget.period_ids.date_from, date(2026, 11, 1))
            self.env["b2b.budget"]._cron_b2b_open_periods()
            self.assertEqual(len(budget.period_ids), 1)
            budget.period = "week"
            self.assertEqual(budget.period_ids.date_from, date(2026, 11, 23))
            self.env["b2b.budget"]._cron_b2b_open_periods()
            budget.invalidate_recordset()
            self.assertEqual(
                budget.period_ids.mapped("date_from"),
                [date(2026, 11, 30), date(2026, 11, 23)],
            )
            budget.amount = 70
            self.assertEqual(budget.period_ids.mapped("amount"), [70.0, 70.0])

    def test_dashboard_shows_budgets_near_their_end(self):
        budget = self._make_budget()
        self._make_budget(name="Plenty", amount=1000)
        self._submit(self._make_order(quantity=9))
        data = self.env["b2b.dashboard"].with_user(self.manager).get_data()
        section = next(s for s in data["sections"] if s["id"] == "budgets_near_end")
        (row,) = [r for r in section["rows"] if r["domain"] == [("id", "=", budget.id)]]
        self.assertEqual((row["cells"]["left"], row["tone"]), (10.0, "warn"))
        self.assertAlmostEqual(row["cells"]["used"], 0.9)
        self.assertFalse(
            [r for r in section["rows"] if "Plenty" in r["cells"]["budget"]]
        )

    def test_merged_parties_keep_their_budgets(self):
        double = self._make_party("Brightwell and Sons")
        budget = self._make_budget(party_id=double.id, supervisor_ids=[])
        self._submit(self._make_order(quantity=2))
        self.assertBooked(budget, 0.0)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((double | self.party).ids, self.party)
        budget.invalidate_recordset()
        self.assertEqual(budget.party_id, self.party)
        self._submit(self._make_order(quantity=3))
        # The orders of both are the party's now.
        self.assertBooked(budget, 50.0)

    def test_smart_buttons(self):
        budget, order = self._make_budget(), self._make_order(quantity=7)
        self._submit(order)
        self.assertEqual(self.party.b2b_budget_count, 1)
        self.assertEqual(order.b2b_budget_entry_count, 1)
        action = self.party.action_b2b_budgets()
        self.assertEqual(self.env["b2b.budget"].search(action["domain"]), budget)
        action = order.action_b2b_budget_entries()
        self.assertEqual(
            self.env["b2b.budget.entry"].search(action["domain"]).order_id, order
        )
