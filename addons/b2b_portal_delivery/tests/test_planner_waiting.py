from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.b2b_party.tests.common import PartyCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-23 09:47:00")
class TestPlannerWaiting(PartyCase):
    """The week planner counts what waits, apart from what is confirmed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["b2b.delivery.schedule"].search([]).active = False
        cls.van = cls.schedule("Wednesdays", "2", 1)
        cls.workshop = cls.schedule("Cut to order", "0", 3)
        cls.party.b2b_schedule_ids = cls.van
        cls.planner = new_test_user(
            cls.env, "waiting_planner", "b2b_party.group_delivery_planner"
        )

    @classmethod
    def schedule(cls, name, weekday, lead):
        frame = {"weekday": weekday, "hour_from": 8, "hour_to": 12}
        return cls.env["b2b.delivery.schedule"].create(
            {
                "name": name,
                "tz": "UTC",
                "lead_days": lead,
                "cutoff_hour": 12,
                "frame_ids": [Command.create(frame)],
            }
        )

    def waiting(self, **vals):
        order = self._make_order(quantity=2)
        order.order_line.price_unit = 50.0
        order.sudo().write({"b2b_submit_state": "waiting", **vals})
        self.env.flush_all()
        return order

    def week(self, date="2026-11-25"):
        schedules = self.env["b2b.delivery.schedule"].with_user(self.planner)
        return schedules.b2b_week(date)

    def frame(self, schedule, number, **kwargs):
        rows = {row["id"]: row for row in self.week(**kwargs)["rows"]}
        return rows[schedule.id]["cells"][number]["frames"][0]

    def money(self, amount):
        return f"{amount:.2f}"

    def test_waiting_orders_stand_beside_the_confirmed_ones(self):
        confirmed = self._make_order(quantity=1)
        confirmed.action_confirm()
        one, two = self.waiting(), self.waiting()
        self._make_order()  # a draft that nobody sent
        frame = self.frame(self.van, 2)
        self.assertEqual((frame["stops"], frame["orders"]), (1, 1))
        self.assertEqual(frame["waiting"]["orders"], 2)
        self.assertIn(self.money(200), frame["waiting"]["net"])
        self.assertEqual(frame["waiting"]["ids"], sorted((one + two).ids))
        self.assertEqual(self.week()["waiting"]["orders"], 2)
        self.assertEqual(self.week("2026-12-02")["waiting"]["orders"], 0)

    def test_past_its_cutoff_an_order_has_no_frame(self):
        self.waiting()
        with freeze_time("2026-11-23 12:00:30"):
            self.assertEqual(self.frame(self.van, 2)["waiting"]["orders"], 1)
        with freeze_time("2026-11-23 12:01:00"):
            self.assertEqual(self.frame(self.van, 2)["waiting"]["orders"], 0)

    def test_amounts_are_in_the_currency_of_the_company(self):
        order = self.waiting()
        self.env.cr.execute(
            "UPDATE sale_order SET currency_rate = 4 WHERE id = %s", [order.id]
        )
        order.invalidate_recordset(["currency_rate"])
        self.assertIn(self.money(25), self.frame(self.van, 2)["waiting"]["net"])

    def test_each_part_of_an_order_stands_in_its_own_frame(self):
        made = self.env["product.product"].create(
            {"name": "Made", "b2b_availability_schedule_id": self.workshop.id}
        )
        line = {"product_uom_qty": 2, "price_unit": 50.0}
        lines = [
            Command.create({**line, "product_id": self.product.id}),
            Command.create({"product_id": made.id, "price_unit": 7.0}),
        ]
        order = self._make_order(order_line=lines)
        order.sudo().write({"b2b_split_delivery": True, "b2b_submit_state": "waiting"})
        self.env.flush_all()
        self.assertEqual(len(order._b2b_parts()), 2)
        frame = self.frame(self.van, 2)
        self.assertIn(self.money(100), frame["waiting"]["net"])
        # The other part comes a week later, though the order begins before.
        frame = self.frame(self.workshop, 0, date="2026-11-30")
        self.assertEqual(frame["waiting"]["ids"], order.ids)
        self.assertIn(self.money(7), frame["waiting"]["net"])

    def test_who_reads_no_orders_counts_none(self):
        self.waiting()
        reader = new_test_user(self.env, "waiting_nobody", "base.group_user")
        schedules = self.env["b2b.delivery.schedule"].with_user(reader)
        week = schedules.b2b_week("2026-11-25")
        self.assertEqual(week["waiting"]["orders"], 0)

    def test_another_companys_orders_are_not_counted(self):
        order = self.waiting()
        other = self.env["res.company"].create({"name": "Somewhere else"})
        self.env.cr.execute(
            "UPDATE sale_order SET company_id = %s WHERE id = %s", [other.id, order.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self.week()["waiting"]["orders"], 0)

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.week()
            return self.env.cr.sql_log_count - before

        self.waiting()
        count()
        one = count()
        for _number in range(4):
            self.waiting()
        self.assertEqual(count(), one)
