from freezegun import freeze_time
from freezegun.api import real_perf_counter
from psycopg2 import IntegrityError

from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import MONDAY_MORNING, DeliveryCase, utc

LINES = 1000


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestAvailability(DeliveryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Made to order: three days, up to ten; Thursdays and Fridays 9 to 11.
        cls.workshop = cls.make_schedule(
            "Made to order",
            lead_days=3,
            cutoff_hour=10,
            frame_ids=[
                Command.create({"weekday": day, "hour_from": 9, "hour_to": 11})
                for day in "34"
            ],
        )
        cls.made = cls.env["product.product"].create(
            {"name": "Engraved bowl", "type": "consu", "list_price": 10.0}
        )
        cls.made.b2b_availability_schedule_id = cls.workshop

    def two_lines(self):
        order = self.order()
        order.order_line = [
            Command.create({"product_id": self.made.id, "product_uom_qty": 1})
        ]
        self.env.flush_all()
        return order

    def test_own_schedule_of_a_product_replaces_that_of_the_party(self):
        # Monday 9:47 is before ten: Tuesday, Wednesday, Thursday; Friday 9.
        order = self.order(self.made)
        self.assertEqual(order.b2b_slot_start, utc("2026-11-27 09:00"))
        self.assertEqual(order.b2b_slot_schedule_id, self.workshop)
        self.assertEqual(order.b2b_slot_cutoff, utc("2026-11-23 10:00"))

    def test_the_latest_line_decides(self):
        order = self.order()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))
        order.order_line = [
            Command.create({"product_id": self.made.id, "product_uom_qty": 1})
        ]
        self.env.flush_all()
        self.assertEqual(order.b2b_slot_text, "Fri 27 Nov, 9–11")
        order.order_line[1].unlink()
        self.env.flush_all()
        self.assertEqual(order.b2b_slot_text, "Wed 25 Nov, 8–12")

    def test_kept_until_the_first_line_would_be_late(self):
        order = self.two_lines()
        self.assertEqual(order.b2b_slot_cutoff, utc("2026-11-23 10:00"))
        with freeze_time("2026-11-23 10:01:00"):
            finding = order._b2b_slot_check().finding
            # Made goods next Thursday; the van's frame that day begins at 8.
            self.assertIn("Thu 3 Dec, 9–11", finding.message)

    def test_later_slots_of_either_schedule_can_be_chosen(self):
        order = self.two_lines()
        starts = [slot.start for slot in order._b2b_next_slots(limit=3)]
        self.assertEqual(
            starts,
            [utc("2026-11-27 09:00"), utc("2026-11-30 08:00"), utc("2026-11-30 12:00")],
        )
        order._b2b_set_slot(starts[1])
        self.assertTrue(order.b2b_slot_chosen)
        order.order_line = [
            Command.create({"product_id": self.service.id, "product_uom_qty": 1})
        ]
        self.env.flush_all()
        self.assertEqual(order.b2b_slot_start, starts[1])
        self.assertTrue(order._b2b_slot_check().kept)

    def test_a_chosen_slot_that_a_new_line_cannot_reach_moves(self):
        order = self.order()
        order._b2b_set_slot(utc("2026-11-26 12:00"))
        order.order_line = [
            Command.create({"product_id": self.made.id, "product_uom_qty": 1})
        ]
        self.env.flush_all()
        self.assertEqual(order.b2b_slot_text, "Fri 27 Nov, 9–11")
        self.assertFalse(order.b2b_slot_chosen)

    def test_receiver_always_holds(self):
        self.party.b2b_delivery_weekdays = "3"
        self.assertEqual(self.order(self.made).b2b_slot_start, utc("2026-12-03 09:00"))
        self.party.write({"b2b_receive_from": 10, "b2b_receive_to": 18})
        self.assertEqual(self.order(self.made).b2b_slot_start, utc("2026-12-03 10:00"))

    def test_category_and_the_one_above_count_after_the_product(self):
        above = self.env["product.category"].create({"name": "Made"})
        below = self.env["product.category"].create(
            {"name": "Bowls", "parent_id": above.id}
        )
        self.made.b2b_availability_schedule_id = False
        self.made.categ_id = below
        self.assertEqual(self.order(self.made).b2b_slot_schedule_id, self.van)
        above.b2b_availability_schedule_id = self.workshop
        self.assertEqual(self.order(self.made).b2b_slot_schedule_id, self.workshop)
        quick = self.make_schedule("Quick", lead_days=0)
        below.b2b_availability_schedule_id = quick
        self.assertEqual(self.order(self.made).b2b_slot_schedule_id, quick)
        self.made.b2b_availability_schedule_id = self.workshop
        self.assertEqual(self.order(self.made).b2b_slot_schedule_id, self.workshop)

    def test_archived_or_another_companys_schedule_does_not_count(self):
        self.workshop.active = False
        self.assertEqual(self.order(self.made).b2b_slot_schedule_id, self.van)
        self.workshop.active = True
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.workshop.company_id = other
        self.assertEqual(self.order(self.made).b2b_slot_schedule_id, self.van)

    def test_without_schedule_of_the_party_only_own_goods_are_promised(self):
        self.party.b2b_schedule_ids = False
        self.assertEqual(self.order(self.made).b2b_slot_schedule_id, self.workshop)
        # for one of the two lines nothing is promised, so for none
        self.assertFalse(self.two_lines().b2b_slot_start)

    def test_a_line_that_never_comes_asks_with_the_reason(self):
        self.workshop.frame_ids.unlink()
        order = self.two_lines()
        self.assertFalse(order.b2b_slot_start)
        message = order._b2b_slot_check().finding.message
        self.assertIn("within 13 weeks", message)
        self.assertIn("ask us for a date", message)

    def test_checker_takes_a_product(self):
        check = self.env["b2b.delivery.check"].create(
            {"party_id": self.party.id, "product_id": self.made.id}
        )
        check.action_check()
        self.assertEqual(
            check.answer,
            "First possible: Fri 27 Nov, 9–11, ordered by Mon 23 Nov 10:00",
        )
        check.product_id = self.goods
        check.action_check()
        self.assertIn("Wed 25 Nov, 8–12", check.answer)

    def test_checker_of_an_order_says_which_days_wait_for_another_line(self):
        order = self.two_lines()
        action = order.action_b2b_choose_slot()
        check = self.env["b2b.delivery.check"].browse(action["res_id"])
        wednesday = check.line_ids.filtered(lambda line: line.day_text == "Wed 25 Nov")
        self.assertTrue(wednesday)
        self.assertFalse(any(wednesday.mapped("possible")))
        self.assertIn("another line comes later", " ".join(wednesday.mapped("text")))
        friday = check.line_ids.filtered(
            lambda line: line.slot_start == utc("2026-11-27 09:00")
        )
        friday.action_take()
        self.assertEqual(order.b2b_slot_text, "Fri 27 Nov, 9–11")

    def test_a_schedule_in_use_is_archived_not_deleted(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.workshop.unlink()

    def test_buyers_see_no_schedules_of_goods(self):
        buyer = new_test_user(
            self.env, "avail_buyer", "base.group_portal,b2b_party.group_buyer"
        )
        self.assertNotIn(
            "b2b_availability_schedule_id",
            self.env["product.template"].with_user(buyer).fields_get(),
        )

    def test_a_thousand_lines(self):
        products = self.env["product.product"].create(
            [{"name": f"P{n}", "type": "consu"} for n in range(LINES - 1)]
        )
        products[::10].b2b_availability_schedule_id = self.workshop
        order = self.order()
        order.order_line = [
            Command.create({"product_id": p.id, "product_uom_qty": 1}) for p in products
        ]
        self.env.flush_all()
        order._b2b_slot_check()
        self.env.invalidate_all()
        # From the empty cache: order, lines, products, templates, partners, schedules.
        with self.assertQueryCount(10):
            order._b2b_slot_check()
        self.env.invalidate_all()
        order.order_line.product_id.mapped("name")
        seconds = []
        for _try in range(5):
            start = real_perf_counter()
            facts = order._b2b_slot_facts()
            order._b2b_next_slots(limit=None, facts=facts)
            seconds.append(real_perf_counter() - start)
        self.assertLess(min(seconds), 0.1, seconds)
