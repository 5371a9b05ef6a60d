from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import MONDAY_MORNING, utc
from .test_split import SplitCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestZones(SplitCase):
    """Slots by several clocks, and of several schedules, are told apart."""

    def test_parts_of_two_zones_name_them(self):
        self.workshop.tz = "America/New_York"
        order = self.split_order().with_context(tz="Europe/London")
        self.assertEqual(
            order.b2b_slot_text,
            "2 lines Wed 25 Nov, 8–12 (London) · 1 line Mon 30 Nov, 9–11 (New York)",
        )
        self.assertEqual(order.order_line[0].b2b_slot_text, "Wed 25 Nov, 8–12 (London)")

    def test_a_slot_by_another_clock_than_the_receivers_names_it(self):
        self.party.b2b_schedule_ids.tz = "America/New_York"
        self.workshop.tz = "Europe/London"
        order = self.order(self.table).with_context(tz="Europe/London")
        self.assertEqual(order.b2b_slot_text, "Mon 30 Nov, 9–11 (London)")

    def test_a_clock_that_is_not_the_companys_is_named(self):
        self.env.company.partner_id.tz = "America/New_York"
        order = self.order().with_context(tz="Europe/London")
        self.assertEqual(order.b2b_slot_text, "Wed 25 Nov, 8–12 (London)")

    def test_choosing_a_slot_says_whose_it_is_and_refuses_none_it_offers(self):
        monday = {"weekday": "0", "hour_from": 8, "hour_to": 12}
        self.workshop.frame_ids = [Command.clear(), Command.create(monday)]
        order = self.split_order()
        order._b2b_set_split(False)
        action = order.action_b2b_choose_slot()
        check = self.env[action["res_model"]].browse(action["res_id"])
        self.assertTrue(check.several_schedules)
        first = check.line_ids.filtered(
            lambda line: line.day_text == "Mon 30 Nov" and line.hours == "8–12"
        )
        self.assertEqual(len(first), 1)
        for line in check.line_ids - first:
            if line.day_text == "Mon 30 Nov":
                self.assertNotIn("another line comes later", line.text)

    def test_another_clock_than_the_readers_is_named(self):
        night = {"weekday": "2", "hour_from": 20, "hour_to": 24}
        york = self.make_schedule(
            "Night tour", tz="America/New_York", frame_ids=[Command.create(night)]
        )
        self.party.b2b_schedule_ids = york
        order = self.order()
        # Cut-off at noon in New York is five o'clock in the afternoon in London.
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 01:00"))
        self.assertEqual(order.b2b_slot_cutoff, utc("2026-11-23 17:00"))
        london = order.with_context(tz="Europe/London")
        self.assertEqual(london.b2b_slot_text, "Wed 25 Nov, 20–24 (New York)")
        self.assertEqual(
            london.b2b_slot_note, "when confirmed by Mon 23 Nov 12:00 (New York)"
        )
        at_home = order.with_context(tz="America/New_York")
        self.assertEqual(at_home.b2b_slot_text, "Wed 25 Nov, 20–24")
        # Lisbon has the same time as London.
        self.party.b2b_schedule_ids = self.van
        order = self.order().with_context(tz="Europe/Lisbon")
        self.assertEqual(order.b2b_slot_text, "Wed 25 Nov, 8–12")

    def test_usual_orders_of_a_list_ask_nothing_more(self):
        self.party.b2b_schedule_ids.tz = "America/New_York"
        self.workshop.tz = "Europe/London"
        orders = self.env["sale.order"].union(*(self.order() for _time in range(6)))

        def ask(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("b2b_slot_text")
            return self.env.cr.sql_log_count - before

        ask(orders)
        self.assertEqual(ask(orders), ask(orders[:2]))
