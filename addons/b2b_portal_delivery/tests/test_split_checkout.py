import re
from datetime import datetime

from lxml import html

from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

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
        each, together = page.split('<div class="o_b2b_at_once">')
        hours = re.findall(r'class="o_b2b_slot_hours">([^<]*)<', together)
        self.assertEqual(len(hours), 3, hours)
        for row, words in zip(hours, ("4–6", "8–12", "12–16"), strict=True):
            self.assertIn(words, row)
        hours = re.findall(r'class="o_b2b_slot_hours">([^<]*)<', each)
        self.assertEqual([words.split(" ")[0] for words in hours][-1], "4–6")
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

    def test_each_part_has_days_of_its_own(self):
        self.cut_to_order()
        van, made = self.product.id, self.other_product.id
        page = html.fromstring(self.page("/trade/checkout").text)
        for good, start in ((van, WEDNESDAY), (made, MONDAY)):
            chosen = page.xpath(f"//input[@name='part_{good}'][@checked]/@value")
            self.assertEqual(chosen, [start.isoformat()])
        days = page.xpath(f"//input[@name='part_{made}']/@value")
        self.assertEqual({start[:10] for start in days}, {"2026-11-30"})
        days = page.xpath(f"//input[@name='part_{van}']/@value")
        self.assertIn("2026-11-26T12:00:00", days)
        self.assertNotIn("2026-11-24T08:00:00", days)

    def test_a_part_is_given_another_slot_and_keeps_it(self):
        self.cut_to_order()
        van, thursday = f"part_{self.product.id}", datetime(2026, 11, 26, 12)
        answer = self.update(split="parts", **{van: "2026-11-26T12:00:00"})
        section = answer.json()["result"]["sections"]["delivery"]
        self.assertIn("Thu 26 Nov, 12–16", section)
        self.assertEqual(self.cart.b2b_slot_start, thursday)
        # Another article changes nothing of it.
        self.cart.order_line[0].product_uom_qty = 5
        self.cart.order_line = [
            Command.create({"product_id": self.other_product.id, "product_uom_qty": 3})
        ]
        self.env.flush_all()
        self.assertEqual(self.send(split="parts").status_code, 303)
        self.assertEqual(self.cart.state, "sale")
        pickings = self.cart.picking_ids.grouped("b2b_slot_start")
        self.assertEqual(set(pickings), {thursday, MONDAY})
        self.assertEqual(pickings[thursday].move_ids.product_id, self.product)
        self.assertIn("1 line Thu 26 Nov, 12–16", self.cart.b2b_slot_text)

    def test_without_scripts_choice_and_slots_come_at_once(self):
        self.cut_to_order()
        slots = {
            f"part_{self.product.id}": "2026-11-30T08:00:00",
            f"part_{self.other_product.id}": MONDAY.isoformat(),
        }
        self.assertEqual(self.send(split="parts", **slots).status_code, 303)
        self.assertEqual(
            sorted(self.cart.picking_ids.mapped("b2b_slot_start")),
            [datetime(2026, 11, 30, 8), MONDAY],
        )

    def test_a_part_takes_no_slot_of_another_part(self):
        self.cut_to_order()
        made = f"part_{self.other_product.id}"
        for start in ("2026-11-25T08:00:00", "2020-01-01T08:00:00"):
            answer = self.send(split="parts", **{made: start})
            self.assertRefused(answer, 400, "can no longer be reached")
            self.assertTrue(self.cart.b2b_is_cart)
        starts = [part.slot.start for part in self.cart._b2b_parts()]
        self.assertEqual(starts, [WEDNESDAY, MONDAY])

    def test_garbage_for_a_part_changes_nothing(self):
        self.cut_to_order()
        self.update(split="parts")
        before = self.cart.b2b_slot_parts
        stranger = self.env["product.product"].create({"name": "X", "type": "consu"})
        for name in ("part_", "part_x", "part_-1", f"part_{stranger.id}", "part_²"):
            self.update(split="parts", **{name: "2026-11-26T12:00:00"})
            self.assertEqual(self.cart.b2b_slot_parts, before, name)
        self.update(split="parts", **{f"part_{self.product.id}": "x" * 99})
        self.assertEqual(self.cart.b2b_slot_parts, before)

    def test_a_chosen_part_that_is_lost_comes_next_and_the_other_stays(self):
        self.cut_to_order()
        made = self.other_product.id
        later = datetime(2026, 12, 7, 9)
        self.update(split="parts")
        self.cart._b2b_set_part(made, later)
        self.env.flush_all()
        with freeze_time("2026-11-23 12:01:00"):
            page = html.fromstring(self.page("/trade/checkout").text)
            words = "Not every delivery can be reached as promised"
            for path in ("/trade/checkout", "/trade/cart"):
                self.assertIn(words, self.page(path).text, path)
            lost = page.xpath(f"//p[@id='b2b_part_{self.product.id}']//s/text()")
            self.assertEqual(lost, ["Wed 25 Nov, 8–12"])
            # What replaces it is shown, and taken with the tick only.
            grid = f"//input[@name='part_{self.product.id}']"
            self.assertFalse(page.xpath(grid + "[@checked]"))
            marked = page.xpath("//label[contains(@class, 'is-instead')]" + grid)
            self.assertEqual(marked[0].get("value"), "2026-11-26T08:00:00")
            self.assertRefused(self.send(split="parts"), 400, words)
            self.assertEqual(self.cart.b2b_slot_start, WEDNESDAY)
            answer = self.send(split="parts", ack_slot="1")
            self.assertEqual(answer.status_code, 303, answer.text[:300])
        self.assertEqual(
            sorted(self.cart.picking_ids.mapped("b2b_slot_start")),
            [datetime(2026, 11, 26, 8), later],
        )
        told = "".join(self.cart.message_ids.mapped("body"))
        self.assertIn("Delivery moved from", told)

    def accepted_as_one(self):
        """In parts, but everything comes on Monday; sent, and waits."""
        self.cut_to_order()
        self.update(split="parts")
        self.van.lead_days = 4  # from Monday noon on: there on Monday as well
        answer = self.send(split="parts")
        self.assertRefused(answer, 400, "Mon 30 Nov, 9–11")
        self.wait(ack_slot="1", split="parts")
        self.assertTrue(self.cart.b2b_split_delivery)
        self.assertFalse(self.cart.b2b_slot_parts)
        self.assertEqual(self.cart.b2b_slot_start, MONDAY)

    def release(self):
        self.cart.b2b_open_hold_ids._b2b_close(
            "released", "released", self.approver.user_id
        )
        self.cart._b2b_after_decision("released")
        self.assertEqual(self.cart.state, "sale")

    def test_only_the_lost_part_of_a_waiting_order_is_told_as_lost(self):
        self.cut_to_order()
        self.update(split="parts")
        self.wait(split="parts")
        with freeze_time("2026-11-23 12:30:00"):
            page = html.fromstring(self.page(f"/trade/orders/{self.cart.id}").text)
        lines = page.xpath("//small[@class='o_b2b_line_slot']")
        told = [line.text_content().strip() for line in lines]
        page = " ".join(page.text_content().split())
        self.assertEqual(page.count("which can no longer be reached"), 1)
        self.assertIn("instead of Wed 25 Nov, 8–12, which", page)
        self.assertNotIn("instead of Mon 30 Nov", page)
        self.assertEqual(told, ["Thu 26 Nov, 8–12", "Mon 30 Nov, 9–11"])

    def test_each_part_is_kept_until_its_own_cut_off(self):
        self.cut_to_order()
        self.update(split="parts")
        self.wait(split="parts")
        page = self.page(f"/trade/orders/{self.cart.id}").text
        self.assertIn("kept until Mon 23 Nov 12:00", page)
        self.assertIn("kept until Tue 24 Nov 12:00", page)

    def test_lines_of_an_order_that_came_together_meanwhile_name_no_parts(self):
        self.cut_to_order()
        self.update(split="parts")
        self.wait(split="parts")
        self.van.lead_days = 4  # there on Monday as well
        page = self.page(f"/trade/orders/{self.cart.id}").text
        self.assertIn("Delivery Mon 30 Nov, 9–11", page)
        self.assertNotIn("o_b2b_line_slot", page)

    def same_slot(self):
        """Both parts chosen, for Thursday and Monday; then both come on Monday."""
        self.workshop.frame_ids.write({"hour_from": 8, "hour_to": 12})
        self.cut_to_order()
        self.update(split="parts")
        self.cart._b2b_set_part(self.product.id, datetime(2026, 11, 26, 8))
        self.van.lead_days = 4
        self.env.flush_all()

    def test_a_finding_counts_the_lines_that_move(self):
        self.same_slot()
        words = "1 line now Mon 30 Nov, 8–12 instead of Thu 26 Nov, 8–12"
        self.assertRefused(self.send(split="parts"), 400, words)

    def test_parts_in_one_slot_read_as_one_delivery(self):
        self.same_slot()
        page = html.fromstring(self.page("/trade/checkout").text)
        choice = page.xpath("//input[@value='parts']/following-sibling::span/small")
        told = [small.text_content() for small in choice]
        self.assertEqual(told, ["Mon 30 Nov, 8–12: 2 lines"])

    def test_a_date_moved_by_our_people_is_told_in_what_happened(self):
        self.cut_to_order()
        self.assertEqual(self.send(split="parts").status_code, 303)
        path = f"/trade/orders/{self.cart.id}"
        self.assertNotIn("Delivery moved", self.page(path).text)
        rep = new_test_user(
            self.env, "moving_rep", "b2b_party.group_sales_manager", name="Vera Moves"
        )
        self.cart.with_user(rep).commitment_date = datetime(2026, 11, 26, 8)
        self.env.flush_all()
        page = self.page(path).text
        words = "Delivery moved from Wed 25 Nov, 8–12 to Thu 26 Nov, 8–12."
        self.assertEqual(page.count(words), 1)
        self.assertNotIn("Vera Moves", page)

    def test_one_slot_that_was_accepted_stays_though_parts_could_be_earlier(self):
        self.accepted_as_one()
        self.van.lead_days = 1
        page = self.page(f"/trade/orders/{self.cart.id}").text
        self.assertIn("Delivery Mon 30 Nov, 9–11", page)
        self.assertNotIn("Delivery Wed 25 Nov", page)
        self.release()
        self.assertEqual(self.cart.picking_ids.mapped("b2b_slot_start"), [MONDAY])

    def test_a_line_that_falls_behind_the_accepted_slot_is_told(self):
        self.accepted_as_one()
        path = f"/trade/orders/{self.cart.id}"
        self.workshop.lead_days = 6  # a week later
        page = self.page(path).text
        self.assertIn("Delivery Mon 7 Dec, 9–11", page)
        self.assertIn("instead of Mon 30 Nov, 9–11", page)
        self.release()
        self.assertIn("1 line Mon 7 Dec, 9–11", self.cart.b2b_slot_text)
        told = "".join(self.cart.message_ids.mapped("body"))
        self.assertIn("Delivery moved from Mon 30 Nov, 9–11", told)
        self.assertIn("Delivery moved:", self.page(path).text)

    def test_back_to_one_delivery_forgets_the_slots_of_the_parts(self):
        self.cut_to_order()
        self.update(split="parts", **{f"part_{self.product.id}": "2026-11-30T08:00:00"})
        self.update(split="one")
        self.assertFalse(self.cart.b2b_slot_parts)
        self.assertEqual(self.cart.b2b_slot_start, MONDAY)

    def test_what_is_left_of_parts_is_one_delivery_in_its_slot(self):
        self.cut_to_order()
        self.update(split="parts", **{f"part_{self.product.id}": "2026-11-26T12:00:00"})
        self.cart.order_line[-1].unlink()
        self.env.flush_all()
        self.assertFalse(self.cart.b2b_slot_parts)
        self.assertEqual(self.cart.b2b_slot_start, datetime(2026, 11, 26, 12))
        self.assertIn(
            'value="2026-11-26T12:00:00" checked="checked"',
            self.page("/trade/checkout").text,
        )

    def test_queries(self):
        self.cut_to_order()
        self.update(split="parts")
        super().test_queries()
