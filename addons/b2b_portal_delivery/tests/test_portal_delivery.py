from datetime import datetime

from lxml import html

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase

#: Monday, 09:47 in London.
NOW = "2026-11-23 09:47:00"
TOKEN = "0123456789abcdef" * 2
WEDNESDAY = datetime(2026, 11, 25, 8)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPortalDelivery(TradeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frames = [
            Command.create(
                {"weekday": str(day), "hour_from": hour, "hour_to": hour + 4}
            )
            for day in range(4)
            for hour in (8, 12)
        ]
        cls.van = cls.env["b2b.delivery.schedule"].create(
            {
                "name": "Van",
                "tz": "Europe/London",
                "lead_days": 1,
                "cutoff_hour": 12,
                "frame_ids": frames,
            }
        )
        cls.party.b2b_schedule_ids = cls.van

    def setUp(self):
        super().setUp()
        self.cart = self._make_cart()
        self.sign_in(self.buyer)

    def send(self, **values):
        values = {
            "token": TOKEN,
            "cart_id": self.cart.id,
            "seen": self.cart._b2b_seen(),
            **values,
        }
        return self.form("/trade/checkout", **values)

    def test_the_countdown_has_its_words_in_the_buyers_language(self):
        names = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertIn("b2b_portal_delivery", names)

    def test_first_slot_on_home_cart_and_checkout(self):
        for path in ("/trade", "/trade/cart", "/trade/checkout"):
            page = self.page(path).text
            self.assertIn("Wed 25 Nov" if path != "/trade/checkout" else "25 Nov", page)
            self.assertIn("2 h 13 min", page)

    def test_a_short_line_is_promised_for_days_of_delivery(self):
        self.product.is_storable = True
        self.product.invalidate_recordset()
        house = self.cart.warehouse_id
        stock = self.env["stock.quant"]
        stock._update_available_quantity(self.product, house.lot_stock_id, 1)
        supplier = self.env.ref("stock.stock_location_suppliers")
        receipt = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 9,
                "location_id": supplier.id,
                "location_dest_id": house.lot_stock_id.id,
                "picking_type_id": house.in_type_id.id,
            }
        )
        receipt._action_confirm(merge=False)
        # On Friday it is received; packed on Monday, there on Wednesday.
        receipt.date = datetime(2026, 11, 27, 10)
        words = "1 on Wed 25 Nov, 1 on Wed 2 Dec"
        for path in ("/trade/cart", "/trade/checkout"):
            self.assertIn(words, self.page(path).text, path)
        # Who is delivered later anyway gets it all at once.
        self.cart._b2b_set_slot(datetime(2026, 12, 2, 8))
        self.assertNotIn("1 on ", self.page("/trade/cart").text)

    def test_pages_without_a_cart(self):
        self.env["sale.order"].search([("b2b_is_cart", "=", True)]).unlink()
        for path in ("/trade", "/trade/cart"):
            self.assertEqual(self.page(path).status_code, 200, path)

    def test_picker_names_what_is_impossible(self):
        page = self.page("/trade/checkout").text
        self.assertIn('role="radiogroup"', page)
        for words in ("packing", "closed", "first", "free", "8–12", "12–16"):
            self.assertIn(words, page)
        self.assertIn('value="2026-11-25T08:00:00" checked="checked"', page)

    def test_a_frame_has_one_row_as_the_receiver_gets_it(self):
        self.party.write({"b2b_receive_from": 10.0, "b2b_receive_to": 12.0})
        page = html.fromstring(self.page("/trade/checkout").text)
        rows = page.xpath("//span[@class='o_b2b_slot_hours']/text()")
        self.assertEqual(rows, ["10–12 h"])
        closed = "//*[contains(@class, 'is-closed')]//b/following-sibling::text()"
        cells = page.xpath(closed)
        self.assertEqual([cell.strip() for cell in cells][:2], ["packing", "packing"])

    def test_frames_of_all_schedules_of_an_address_are_offered(self):
        evening = {"weekday": "3", "hour_from": 17, "hour_to": 20}
        self.party.b2b_schedule_ids += self.van.copy(
            {"name": "Evenings", "frame_ids": [Command.create(evening)]}
        )
        page = html.fromstring(self.page("/trade/checkout").text)
        offered = page.xpath("//input[@name='slot']/@value")
        self.assertIn("2026-11-26T17:00:00", offered)
        self.assertIn("2026-11-25T08:00:00", offered)
        rows = page.xpath("//span[@class='o_b2b_slot_hours']/text()")
        self.assertEqual(rows, ["8–12 h", "12–16 h", "17–20 h"])
        self.assertEqual(self.send(slot="2026-11-26T17:00:00").status_code, 303)

    def test_the_chosen_slot_is_kept_on_the_order(self):
        answer = self.send(slot="2026-11-26T12:00:00")
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        self.assertEqual(self.cart.b2b_slot_start, datetime(2026, 11, 26, 12))
        page = self.page(f"/trade/orders/{self.cart.id}").text
        self.assertIn("Delivery Thu 26 Nov, 12–16", page)

    def test_a_later_day_is_chosen_from_the_list(self):
        page = html.fromstring(self.page("/trade/checkout").text)
        values = page.xpath("//select[@name='slot_later']//option/@value")
        across = page.xpath("//input[@name='slot']/@value")
        self.assertEqual(values[:2], ["", "2026-12-01T08:00:00"])
        self.assertFalse(set(values) & set(across))
        self.assertEqual(values[-1], "2027-02-22T12:00:00")
        form = {"slot": across[0], "slot_later": "2026-12-09T12:00:00"}
        answer = self.json(
            "/trade/checkout/update",
            cart_id=self.cart.id,
            seen=self.cart._b2b_seen(),
            form=form,
        )
        self.assertEqual(answer.json()["result"]["errors"], {})
        self.assertEqual(self.cart.b2b_slot_start, datetime(2026, 12, 9, 12))
        page = html.fromstring(self.page("/trade/checkout").text)
        checked = page.xpath("//input[@name='slot'][@checked]/@value")
        self.assertEqual(checked, ["2026-12-09T12:00:00"])
        self.assertEqual(self.send(slot=checked[0], slot_later="").status_code, 303)
        self.assertEqual(self.cart.b2b_slot_start, datetime(2026, 12, 9, 12))

    def test_a_later_day_that_is_none(self):
        # Friday: nothing goes out; beyond the weeks that are looked ahead.
        for start in ("2026-12-11T08:00:00", "2027-06-01T08:00:00"):
            answer = self.send(slot_later=start)
            self.assertRefused(answer, 400, "can no longer be reached")
        for garbage in ("x" * 99, "[]", "0001-01-01T00:00:00"):
            self.send(slot_later=garbage)
            self.assertIn(self.cart.b2b_slot_start, (WEDNESDAY,))

    def test_a_replacement_behind_the_days_across_is_shown_below(self):
        self.cart._b2b_set_slot(datetime(2026, 11, 30, 12))
        self.env["b2b.delivery.exception"].create(
            {"schedule_id": self.van.id, "date": "2026-11-30", "kind": "closed"}
        )
        page = html.fromstring(self.page("/trade/checkout").text)
        (below,) = page.xpath("//label[@class='o_b2b_check'][input[@name='slot']]")
        self.assertIn("Tue 1 Dec, 8–12, instead of the lost one", below.text_content())
        (choice,) = below.xpath("input")
        self.assertEqual(choice.get("value"), "2026-12-01T08:00:00")
        self.assertFalse(page.xpath("//input[@name='slot'][@checked]"))

    def test_slots_that_cannot_be_had(self):
        gone = ("2026-11-24T08:00:00", "2026-11-27T08:00:00", "2020-01-01T08:00:00")
        for start in gone:
            answer = self.send(slot=start)
            self.assertRefused(answer, 400, "can no longer be reached")
        self.assertTrue(self.cart.b2b_is_cart)
        self.assertEqual(self.cart.b2b_slot_start, WEDNESDAY)

    def test_garbage_keeps_the_first_slot(self):
        self.assertEqual(self.send(slot="x" * 99).status_code, 303)
        self.assertEqual(self.cart.b2b_slot_start, WEDNESDAY)

    def test_without_the_right_the_first_slot_is_taken(self):
        self.buyer.role_id = self.small
        self.small.choose_delivery = False
        page = self.page("/trade/checkout").text
        self.assertNotIn('name="slot"', page)
        self.assertIn("Wed 25 Nov, 8–12", page)
        self.assertEqual(self.send(slot="2026-11-26T12:00:00").status_code, 303)
        self.assertEqual(self.cart.b2b_slot_start, WEDNESDAY)

    def test_another_address_gives_another_first_slot(self):
        self.shop.b2b_delivery_weekdays = "3"
        form = {"address_id": str(self.shop.id), "slot": "2026-11-25T08:00:00"}
        answer = self.json(
            "/trade/checkout/update",
            cart_id=self.cart.id,
            seen=self.cart._b2b_seen(),
            form=form,
        )
        sections = answer.json()["result"]["sections"]
        self.assertIn("not received", sections["delivery"])
        self.assertEqual(self.cart.b2b_slot_start, datetime(2026, 11, 26, 8))

    def test_nothing_within_the_horizon_asks_with_the_reason(self):
        self.party.b2b_delivery_weekdays = "6"
        self.cart.partner_shipping_id = self.party
        self.env.flush_all()
        self.assertFalse(self.cart.b2b_slot_start)
        for path in ("/trade", "/trade/cart"):
            page = self.page(path).text
            self.assertIn("Ask us for a date", page, path)
            self.assertIn("received only on Sun", page, path)
        page = self.page("/trade/checkout").text
        self.assertNotIn('name="slot"', page)
        self.assertIn("within 13 weeks (received only on Sun", page)
        self.assertIn("Please ask us for a date", page)

    def test_a_lost_slot_without_another_is_not_shown_as_kept(self):
        self.assertEqual(self.cart.b2b_slot_start, WEDNESDAY)
        self.env["b2b.delivery.closure"].create(
            {
                "scope": "partner",
                "partner_id": self.party.id,
                "date_from": "2026-11-23",
                "date_to": "2027-06-30",
                "name": "Refurbishment",
            }
        )
        page = self.page("/trade/checkout").text
        self.assertNotIn("o_b2b_slot_fixed", page)
        self.assertIn("within 13 weeks (receiver closed: Refurbishment", page)

    def test_a_lost_slot_is_no_choice_any_more(self):
        with freeze_time("2026-11-23 12:01:00"):
            page = self.page("/trade/checkout").text
            cart = self.page("/trade/cart").text
            refused = self.send()
        self.assertRefused(refused, 400, "can no longer be reached")
        for text in (page, refused.text):
            self.assertIn("can no longer be reached", text)
            self.assertNotIn("2026-11-25T08:00:00", text)
            slots = html.fromstring(text).xpath("//input[@name='slot']")
            self.assertFalse([slot for slot in slots if slot.get("checked")])
            # What comes in its place is marked, and chosen with the tick only.
            marked = [s for s in slots if "is-instead" in s.getparent().get("class")]
            self.assertEqual([s.get("value") for s in marked], ["2026-11-26T08:00:00"])
        # The cart says so as well.
        self.assertIn("Wed 25 Nov, 8–12 can no longer be reached", cart)

    def test_a_lost_slot_within_the_days_shown_is_no_choice_either(self):
        self.cart._b2b_set_slot(datetime(2026, 11, 26, 8))
        self.env["b2b.delivery.exception"].create(
            {"schedule_id": self.van.id, "date": "2026-11-26", "kind": "closed"}
        )
        page = html.fromstring(self.page("/trade/checkout").text)
        self.assertFalse(page.xpath("//input[@name='slot'][@checked]"))
        marked = page.xpath("//label[contains(@class, 'is-instead')]/input/@value")
        self.assertEqual(marked, ["2026-11-30T08:00:00"])
        self.assertEqual(len(page.xpath("//label[contains(@class, 'is-instead')]")), 1)

    def test_after_a_refusal_the_chosen_slot_is_marked(self):
        self.party.b2b_po_policy = "required"
        answer = self.send(slot="2026-11-26T12:00:00")
        self.assertRefused(answer, 400, "")
        marked = html.fromstring(answer.text).xpath("//input[@name='slot'][@checked]")
        self.assertEqual([s.get("value") for s in marked], ["2026-11-26T12:00:00"])

    def test_the_latest_line_decides_in_the_picker(self):
        # Cut to order: three days; Mondays 9 to 11.
        workshop = self.env["b2b.delivery.schedule"].create(
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
        made = self.other_product
        made.b2b_availability_schedule_id = workshop
        self.cart.order_line = [
            Command.create({"product_id": made.id, "product_uom_qty": 1})
        ]
        self.env.flush_all()
        self.assertEqual(self.cart.b2b_slot_text, "Mon 30 Nov, 9–11")
        picker = self.env["b2b.portal.delivery"]
        schedules = self.env["b2b.delivery.schedule"]
        shown = picker._b2b_shown_together(
            schedules,
            self.cart._b2b_slot_facts()[0],
            datetime(2026, 11, 23, 9, 47),
            self.cart._b2b_slot_facts()[1],
            "Europe/London",
        )
        self.assertEqual(shown.first.start, datetime(2026, 11, 30, 9))
        page = self.page("/trade/checkout").text
        self.assertIn('value="2026-11-30T09:00:00" checked="checked"', page)
        self.assertIn("other goods", page)
        self.assertNotIn('name="slot" value="2026-11-25T08:00:00"', page)
        self.assertRefused(
            self.send(slot="2026-11-25T08:00:00"), 400, "can no longer be reached"
        )
        # Later the van's frames will do as well.
        self.cart._b2b_set_slot(datetime(2026, 12, 1, 8))
        self.assertIn(
            'value="2026-12-01T08:00:00" checked="checked"',
            self.page("/trade/checkout").text,
        )

    def test_queries(self):
        self.page("/trade/checkout")
        with self.assertQueryCount(40):
            self.page("/trade/checkout")
        self.page("/trade/cart")
        with self.assertQueryCount(40):
            self.page("/trade/cart")

    def test_what_was_delivered_tells_the_true_day(self):
        self.assertEqual(self.send().status_code, 303)
        self.assertIn("Wed 25 Nov, 8", self.cart._b2b_delivery_fact())
        for move in self.cart.picking_ids.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        self.cart.picking_ids.with_context(skip_sms=True).button_validate()
        self.assertEqual(self.cart.delivery_status, "full")
        self.assertEqual(self.cart._b2b_delivery_fact(), "Mon 23 Nov")

    def wait(self, **values):
        """The cart is sent and waits for an approval."""
        self.buyer.role_id = self.small
        self.cart.order_line.product_uom_qty = 30
        self.assertEqual(self.send(**values).status_code, 303)
        self.assertEqual(self.cart.b2b_submit_state, "waiting")

    def test_the_slot_that_the_buyer_accepted_is_kept_while_it_waits(self):
        self.assertEqual(self.cart.b2b_slot_start, WEDNESDAY)
        self.env.flush_all()
        self.van.lead_days = 2
        answer = self.send()
        self.assertRefused(answer, 400, "the next delivery is Thu 26 Nov, 8–12")
        self.wait(ack_slot="1")
        self.assertEqual(self.cart.b2b_slot_start, datetime(2026, 11, 26, 8))
        page = self.page(f"/trade/orders/{self.cart.id}").text
        self.assertIn("Delivery Thu 26 Nov, 8–12", page)
        self.assertIn("kept until Mon 23 Nov 12:00", page)
        self.assertNotIn("Delivery Wed 25 Nov", page)
        # What happened names what was taken note of, to its reader only.
        self.assertIn("took note: Wed 25 Nov, 8–12 can no longer be reached", page)
        hold = self.cart.b2b_hold_ids.filtered(lambda hold: hold.code == "slot")
        (taken,) = hold.decision_ids
        hold.sudo().write({"side": "seller", "buyer_message": False})
        self.assertNotIn("Wed 25 Nov", taken._b2b_timeline_text())

    def test_past_the_cutoff_the_buyer_reads_old_and_new_date(self):
        self.wait()
        path = f"/trade/orders/{self.cart.id}"
        with freeze_time("2026-11-23 13:47:00"):
            page = self.page(path).text
            self.assertIn("Delivery Thu 26 Nov, 8–12", page)
            self.assertIn(
                "instead of Wed 25 Nov, 8–12, which can no longer be reached; kept "
                "until Tue 24 Nov 12:00",
                page,
            )
            self.assertNotIn("kept until Mon 23 Nov 12:00", page)
            # Looking moves nothing.
            self.assertEqual(self.cart.b2b_slot_start, WEDNESDAY)
            self.cart.b2b_open_hold_ids._b2b_close(
                "released", "released", self.approver.user_id
            )
            self.cart._b2b_after_decision("released")
            self.assertEqual(self.cart.state, "sale")
            page = self.page(path).text
            self.assertIn("Delivery moved: Wed 25 Nov, 8–12 can no longer", page)

    def test_kept_until_is_what_the_schedule_says_now(self):
        self.wait(slot="2026-11-26T08:00:00")
        path = f"/trade/orders/{self.cart.id}"
        self.assertIn("kept until Tue 24 Nov 12:00", self.page(path).text)
        self.van.lead_days = 2
        self.assertIn("kept until Mon 23 Nov 12:00", self.page(path).text)

    def test_waiting_order_says_until_when_the_slot_is_kept(self):
        self.buyer.role_id = self.small
        self.cart.order_line.product_uom_qty = 30
        self.assertEqual(self.send().status_code, 303)
        page = self.page(f"/trade/order/{self.cart.id}/thanks").text
        self.assertIn("kept until Mon 23 Nov 12:00", page)
        self.sign_in(self.approver)
        page = self.page(f"/trade/approvals/{self.cart.id}").text
        self.assertIn("decide by Mon 23 Nov 12:00 to keep it", page)
        self.cart.sudo()._b2b_expire()
        self.sign_in(self.buyer)
        page = self.page(f"/trade/orders/{self.cart.id}").text
        self.assertNotIn("kept until", page)
