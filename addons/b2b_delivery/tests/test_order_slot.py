from dataclasses import replace
from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.b2b_party.rules.finding import BUYER, SELLER, WARN

from .common import MONDAY_MORNING, DeliveryCase, utc


def slot_findings(order):
    return [finding for finding in order._b2b_findings() if finding.code == "slot"]


def confirm(order):
    """Confirm behind the gate: what a released order does."""
    with order._b2b_inside_gate():
        order.action_confirm()


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestOrderSlot(DeliveryCase):
    def test_slot_is_computed_with_the_address_and_kept(self):
        order = self.order()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))
        self.assertEqual(order.b2b_slot_end, utc("2026-11-25 12:00"))
        self.assertEqual(order.b2b_slot_cutoff, utc("2026-11-23 12:00"))
        self.assertEqual(order.b2b_frame_id.weekday, "2")
        self.assertEqual(order.b2b_slot_schedule_id, self.van)
        self.assertEqual(order.b2b_slot_text, "Wed 25 Nov, 8–12")
        self.assertEqual(order.b2b_slot_note, "when confirmed by Mon 23 Nov 12:00")
        with freeze_time("2026-11-23 11:00:00"):
            order.order_line.product_uom_qty = 4
            self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))
            self.assertFalse(slot_findings(order))

    def test_the_slot_that_was_accepted_is_kept(self):
        order = self.order()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))
        self.van.lead_days = 2
        (finding,) = slot_findings(order)
        order._b2b_note_taken(replace(finding, key="slot:2026-12-01T08:00:00"))
        self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))
        order._b2b_note_taken(finding)
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 08:00"))
        self.assertFalse(order.commitment_date)
        self.assertFalse(slot_findings(order))
        self.assertIn("to Thu 26 Nov, 8–12", order.message_ids[0].body)

    def test_another_address_gets_its_own_slot(self):
        order = self.order()
        self.address.b2b_delivery_weekdays = "4"
        other = self.env["res.partner"].create(
            {
                "name": "Thursday shop",
                "type": "delivery",
                "parent_id": self.party.id,
                "b2b_delivery_weekdays": "3",
            }
        )
        order.partner_shipping_id = other
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 08:00"))

    def test_form_shows_the_slot_before_saving(self):
        form = Form(self.env["sale.order"])
        form.partner_id = self.party
        self.assertEqual(form.b2b_slot_text, "Wed 25 Nov, 8–12")
        self.assertEqual(form.save().b2b_slot_start, utc("2026-11-25 08:00"))

    def test_confirmation_writes_date_and_deadline_of_the_delivery(self):
        order = self.order()
        order.action_confirm()
        self.assertEqual(order.commitment_date, utc("2026-11-25 08:00"))
        picking = order.picking_ids
        self.assertEqual(len(picking), 1)
        self.assertEqual(picking.scheduled_date, utc("2026-11-25 08:00"))
        self.assertEqual(picking.date_deadline, utc("2026-11-25 08:00"))
        self.assertFalse(picking.has_deadline_issue)
        self.assertEqual(picking.b2b_slot_text, "Wed 25 Nov, 8–12")

    def test_lost_slot_is_a_warning_with_both_dates(self):
        order = self.order()
        with freeze_time("2026-11-23 12:01:00"):
            (finding,) = slot_findings(order)
            self.assertEqual((finding.severity, finding.side), (WARN, BUYER))
            self.assertEqual(
                finding.message,
                "Wed 25 Nov, 8–12 can no longer be reached; the next delivery is "
                "Thu 26 Nov, 8–12.",
            )
            self.assertEqual(finding.key, "slot:2026-11-26T08:00:00")
            check = order._b2b_slot_check()
            self.assertEqual(check.slot.start, utc("2026-11-26 08:00"))
            self.assertFalse(check.kept)
            # looking changes nothing
            self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))

    def test_confirming_a_lost_slot_moves_it_and_says_so(self):
        order = self.order()
        with freeze_time("2026-11-23 12:01:00"):
            confirm(order)
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 08:00"))
        self.assertEqual(order.commitment_date, utc("2026-11-26 08:00"))
        self.assertEqual(order.picking_ids.scheduled_date, utc("2026-11-26 08:00"))
        body = " ".join(order.message_ids.mapped("body"))
        self.assertIn("moved from Wed 25 Nov, 8–12 to Thu 26 Nov, 8–12", body)

    def test_schedule_change_loses_the_slot_too(self):
        order = self.order()
        self.van.exception_ids = [
            Command.create({"date": "2026-11-25", "kind": "closed"})
        ]
        (finding,) = slot_findings(order)
        self.assertIn("Thu 26 Nov, 8–12", finding.message)

    def test_confirmed_order_keeps_its_slot_without_finding(self):
        order = self.order()
        order.action_confirm()
        with freeze_time("2026-11-26 12:00:00"):
            self.assertFalse(slot_findings(order))
            self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))
            self.assertEqual(order.b2b_slot_note, "")

    def test_chosen_slot_survives_edits(self):
        order = self.order()
        slots = order._b2b_next_slots(limit=4)
        order._b2b_set_slot(slots[3].start)
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 12:00"))
        order.order_line.product_uom_qty = 7
        order.client_order_ref = "PO 1"
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 12:00"))
        order.action_confirm()
        self.assertEqual(order.commitment_date, utc("2026-11-26 12:00"))

    def test_choosing_a_gone_slot_names_the_next(self):
        order = self.order()
        with (
            freeze_time("2026-11-23 12:01:00"),
            self.assertRaisesRegex(UserError, "next one is Thu 26 Nov, 8–12"),
        ):
            order._b2b_set_slot(utc("2026-11-25 08:00"))
        with self.assertRaises(UserError):
            order._b2b_set_slot(utc("2026-11-25 09:00"))

    def test_slots_of_confirmed_orders_cannot_be_chosen(self):
        order = self.order()
        order.action_confirm()
        with self.assertRaises(UserError):
            order._b2b_set_slot(utc("2026-11-26 08:00"))

    def test_date_typed_by_staff_takes_the_slot_around_it(self):
        order = self.order()
        order.commitment_date = utc("2026-11-26 14:00")
        self.assertEqual(order.b2b_slot_text, "Thu 26 Nov, 12–16")
        self.assertFalse(slot_findings(order))
        order.commitment_date = False
        self.assertEqual(order.b2b_slot_text, "Wed 25 Nov, 8–12")

    def test_date_without_delivery_is_a_warning_and_stays_when_confirmed(self):
        order = self.order()
        order.commitment_date = utc("2026-11-28 10:00")
        self.assertFalse(order.b2b_slot_start)
        (finding,) = slot_findings(order)
        self.assertEqual((finding.severity, finding.side), (WARN, SELLER))
        self.assertIn("Sat 28 Nov 10:00", finding.message)
        self.assertIn("Wed 25 Nov, 8–12", finding.message)
        confirm(order)
        self.assertEqual(order.commitment_date, utc("2026-11-28 10:00"))
        self.assertFalse(order.b2b_slot_start)

    def test_later_date_moves_the_open_delivery(self):
        order = self.order()
        order.action_confirm()
        order.commitment_date = utc("2026-11-27 08:00")
        self.assertEqual(order.b2b_slot_text, "Fri 27 Nov, 8–12")
        picking = order.picking_ids
        self.assertEqual(picking.scheduled_date, utc("2026-11-27 08:00"))
        self.assertEqual(picking.date_deadline, utc("2026-11-27 08:00"))

    def test_nothing_possible_is_a_warning(self):
        self.party.b2b_delivery_weekdays = "6"
        order = self.order()
        self.assertFalse(order.b2b_slot_start)
        (finding,) = slot_findings(order)
        self.assertIn("no delivery to", finding.message)
        confirm(order)
        self.assertFalse(order.commitment_date)

    def test_without_schedule_nothing_is_promised(self):
        self.party.b2b_schedule_ids = False
        order = self.order()
        self.assertFalse(order.b2b_slot_start)
        self.assertEqual((order.b2b_slot_text, order.b2b_slot_note), ("", ""))
        self.assertFalse(slot_findings(order))
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.commitment_date)

    def test_services_need_no_slot(self):
        order = self.order(product=self.service)
        self.assertFalse(slot_findings(order))
        order.action_confirm()
        self.assertFalse(order.b2b_slot_start)
        self.assertFalse(order.commitment_date)

    def test_schedule_made_later_fixes_a_date_without_warning(self):
        self.party.b2b_schedule_ids = False
        order = self.order()
        self.party.b2b_schedule_ids = self.van
        self.assertFalse(slot_findings(order))
        order.action_confirm()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))

    def test_historical_orders_get_no_slot(self):
        order = self.env["sale.order"]._b2b_create_historical(
            [
                {
                    "partner_id": self.party.id,
                    "date_order": utc("2026-01-05 10:00"),
                    "order_line": [Command.create({"product_id": self.goods.id})],
                }
            ]
        )
        self.assertFalse(order.b2b_slot_start)
        self.assertFalse(slot_findings(order))

    def test_copy_promises_anew(self):
        order = self.order()
        order.action_confirm()
        with freeze_time("2026-12-01 09:00:00"):
            copy = order.copy()
            self.assertEqual(copy.b2b_slot_start, utc("2026-12-03 08:00"))

    def test_cancelled_and_reopened_order_is_checked_again(self):
        order = self.order()
        order.action_confirm()
        order._action_cancel()
        with freeze_time("2026-11-24 12:01:00"):
            order.action_draft()
            self.env.flush_all()
            (finding,) = slot_findings(order)
            self.assertIn("Fri 27 Nov, 8–12", finding.message)
            confirm(order)
        self.assertEqual(order.b2b_slot_start, utc("2026-11-27 08:00"))

    def test_deleted_frame_leaves_the_promise(self):
        order = self.order()
        order.action_confirm()
        order.b2b_frame_id.unlink()
        self.assertFalse(order.b2b_frame_id)
        self.assertEqual(order.b2b_slot_text, "Wed 25 Nov, 8–12")

    def test_slot_fields_are_written_by_the_system_only(self):
        rep = new_test_user(self.env, "slot_rep", "b2b_party.group_sales_manager")
        order = self.order().with_user(rep)
        for name in order._b2b_slot_fields():
            with self.subTest(name=name), self.assertRaises(AccessError):
                order.write({name: False})
        order.client_order_ref = "may be written"

    def test_a_date_that_nobody_plans_with_is_refused_in_one_sentence(self):
        order = self.order()
        for wild in ("0001-01-01 00:00:00", "9999-12-31 23:59:59", datetime.min):
            for save in (order.write, lambda vals: self.order(**vals)):
                with self.assertRaisesRegex(UserError, "from 2000 to 2199"):
                    save({"commitment_date": wild})
        for garbage in ("soon", [1], {"a": 1}, 7):
            with self.assertRaisesRegex(UserError, "is not a date"):
                order.write({"commitment_date": garbage})
        self.assertFalse(order.commitment_date)
        # In a form it is said when it is saved; typing alone breaks nothing.
        form = Form(order)
        form.commitment_date = datetime(9999, 12, 31, 23, 59)
        self.assertFalse(form.b2b_slot_text)
        with self.assertRaisesRegex(UserError, "from 2000 to 2199"):
            form.save()

    def test_another_way_leaves_the_chosen_slot_but_not_its_cutoff(self):
        order = self.order()
        order._b2b_set_slot(utc("2026-11-30 12:00"))
        self.assertEqual(order.b2b_slot_cutoff, utc("2026-11-26 12:00"))
        parcel = self.env["delivery.carrier"].create(
            {"name": "Parcel", "product_id": self.service.id}
        )
        self.env["b2b.delivery.transit"].create({"carrier_id": parcel.id, "days": 1})
        order.carrier_id = parcel
        self.env.flush_all()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-30 12:00"))
        self.assertTrue(order.b2b_slot_chosen)
        # It leaves a working day earlier.
        self.assertEqual(order.b2b_slot_cutoff, order._b2b_slot_check().slot.cutoff_at)
        self.assertLess(order.b2b_slot_cutoff, utc("2026-11-26 12:00"))

    def test_nobody_who_chose_a_day_is_served_earlier(self):
        order = self.order()
        order._b2b_set_slot(utc("2026-11-30 12:00"))
        self.van.exception_ids = [
            Command.create({"date": "2026-11-30", "kind": "closed"})
        ]
        (finding,) = slot_findings(order)
        self.assertIn("the next delivery is Tue 1 Dec, 8–12", finding.message)
        confirm(order)
        self.assertEqual(order.b2b_slot_start, utc("2026-12-01 08:00"))

    def test_a_date_beyond_the_horizon_says_so(self):
        order = self.order(commitment_date=utc("2027-03-29 09:00"))
        (finding,) = slot_findings(order)
        self.assertIn("more than 13 weeks ahead", finding.message)

    def test_the_whole_minute_of_the_cutoff_is_in_time(self):
        order = self.order()
        with freeze_time("2026-11-23 12:00:59"):
            self.assertFalse(slot_findings(order))
            self.assertEqual(self.order().b2b_slot_start, utc("2026-11-25 08:00"))
        with freeze_time("2026-11-23 12:01:00"):
            self.assertTrue(slot_findings(order))

    def test_order_of_a_thousand_lines_asks_once(self):
        order = self.order()
        order.order_line.copy({"order_id": order.id})
        self.env.flush_all()
        order._b2b_slot_check()
        self.env.invalidate_all()
        with self.assertQueryCount(16):
            order._b2b_slot_check()
