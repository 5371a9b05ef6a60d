import re
from datetime import datetime

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .test_portal_delivery import NOW, TestPortalDelivery

WEDNESDAY, MONDAY = datetime(2026, 11, 25, 8), datetime(2026, 11, 30, 9)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSplitCheckout(TestPortalDelivery):
    """The van brings most of it on Wednesday, what is cut to order on Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workshop = cls.env["b2b.delivery.schedule"].create(
            {
                "name": "Cut to order",
                "tz": "Europe/London",
                "lead_days": 3,
                "cutoff_hour": 12,
                "frame_ids": [
                    Command.create({"weekday": "0", "hour_from": 9, "hour_to": 11})
                ],
            }
        )
        cls.party.b2b_split_delivery = "allowed"

    def cut_to_order(self):
        self.other_product.b2b_availability_schedule_id = self.workshop
        self.cart.order_line = [
            Command.create({"product_id": self.other_product.id, "product_uom_qty": 1})
        ]
        self.env.flush_all()

    def test_both_ways_are_offered_with_their_days(self):
        self.assertNotIn('name="split"', self.page("/trade/checkout").text)
        self.cut_to_order()
        page = self.page("/trade/checkout").text
        self.assertIn('name="split" value="one" checked="checked"', page)
        self.assertIn("As each part is ready", page)
        self.assertIn("Wed 25 Nov, 8–12: 1 line", page)
        self.assertIn("Mon 30 Nov, 9–11: 1 line", page)

    def test_parts_are_ordered_and_told_everywhere(self):
        self.cut_to_order()
        self.assertEqual(self.send(split="parts").status_code, 303)
        self.assertEqual(self.cart.state, "sale")
        self.assertEqual(
            sorted(self.cart.picking_ids.mapped("b2b_slot_start")), [WEDNESDAY, MONDAY]
        )
        pages = (f"/trade/order/{self.cart.id}/thanks", f"/trade/orders/{self.cart.id}")
        for path in pages:
            page = self.page(path).text
            self.assertIn("Delivery Wed 25 Nov, 8–12", page, path)
            self.assertIn("Delivery Mon 30 Nov, 9–11", page, path)
            self.assertIn('class="o_b2b_line_slot"', page, path)
        paper = str(self.cart._b2b_document_html())
        self.assertIn("1 line Wed 25 Nov, 8–12 · 1 line Mon 30 Nov, 9–11", paper)
        self.assertIn("<small>Mon 30 Nov, 9–11</small>", paper)

    def test_the_slot_of_one_delivery_is_not_taken_for_parts(self):
        self.cut_to_order()
        answer = self.send(split="parts", slot="2026-12-01T08:00:00")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.cart.b2b_slot_start, WEDNESDAY)
        self.assertTrue(self.cart.b2b_slot_parts)

    def update(self, **form):
        return self.json(
            "/trade/checkout/update",
            cart_id=self.cart.id,
            seen=self.cart._b2b_seen(),
            form=form,
        )

    def test_the_choice_is_kept_on_the_cart_and_taken_back(self):
        self.cut_to_order()
        self.update(split="parts")
        self.assertTrue(self.cart.b2b_slot_parts)
        page = self.page("/trade/checkout").text
        self.assertIn('name="split" value="parts" checked="checked"', page)
        # What one delivery would be is there to go back to.
        self.assertIn('value="2026-11-30T09:00:00" checked="checked"', page)
        self.update(split="one", slot="2026-12-01T08:00:00")
        self.assertFalse(self.cart.b2b_slot_parts)
        self.assertEqual(self.cart.b2b_slot_start, datetime(2026, 12, 1, 8))

    def test_two_zones_are_told_in_one(self):
        self.van.tz = "America/New_York"
        self.cut_to_order()
        page = self.page("/trade/checkout").text
        hours = re.findall(r'class="o_b2b_slot_hours">([^<]*)<', page)
        self.assertEqual(len(hours), 3, hours)
        for row, words in zip(hours, ("4–6", "8–12", "12–16"), strict=True):
            self.assertIn(words, row)
        self.assertIn("All times are those of New York", page)
        self.assertIn("planned in London", page)
        self.assertIn("Mon 30 Nov, 4–6 (New York)", page)
        # Elsewhere the slot is told as planned, with its zone.
        self.assertIn("Mon 30 Nov, 9–11 (London)", self.page("/trade/cart").text)

    def test_garbage_changes_nothing(self):
        self.cut_to_order()
        for word in ("x" * 99, "", "PARTS"):
            self.update(split=word)
            self.assertFalse(self.cart.b2b_split_delivery)

    def test_where_nothing_is_to_split_it_is_said(self):
        self.assertRefused(self.send(split="parts"), 400, "nothing to split")
        self.assertTrue(self.cart.b2b_is_cart)

    def test_a_party_that_may_not_is_neither_asked_nor_heard(self):
        self.party.b2b_split_delivery = "refused"
        self.cut_to_order()
        self.assertNotIn('name="split"', self.page("/trade/checkout").text)
        self.assertEqual(self.send(split="parts").status_code, 303)
        self.assertFalse(self.cart.b2b_slot_parts)
        self.assertEqual(self.cart.b2b_slot_start, MONDAY)

    def test_without_the_right_there_is_no_choice(self):
        self.cut_to_order()
        self.buyer.role_id = self.small
        self.small.choose_delivery = False
        self.assertNotIn('name="split"', self.page("/trade/checkout").text)
        self.assertEqual(self.send(split="parts").status_code, 303)
        self.assertFalse(self.cart.b2b_slot_parts)

    def test_a_lost_part_is_ticked_before_it_is_sent(self):
        self.cut_to_order()
        self.update(split="parts")
        with freeze_time("2026-11-23 12:01:00"):
            answer = self.send(split="parts")
            self.assertRefused(answer, 400, "1 line now Thu 26 Nov, 8–12")
            self.assertTrue(self.cart.b2b_is_cart)

    def test_a_rival_reaches_neither_cart_nor_choice(self):
        self.cut_to_order()
        self.sign_in(self.rival)
        answer = self.send(split="parts")
        self.assertNotEqual(answer.status_code, 303)
        self.assertFalse(self.cart.b2b_split_delivery)

    def test_queries(self):
        self.cut_to_order()
        self.update(split="parts")
        super().test_queries()
