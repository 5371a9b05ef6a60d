"""Delivery methods: who may use them, what they bring along, what they demand."""

from datetime import datetime
from html import unescape

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import MONDAY_MORNING, DeliveryCase, utc


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestMethods(DeliveryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.uk = cls.env.ref("base.uk")
        cls.address.write({"country_id": cls.uk.id, "zip": "SW1A 1AA"})
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.van_method = cls.method("Van", 12.0)
        cls.parcel = cls.method("Parcel", 9.0)

    @classmethod
    def method(cls, name, price=0.0, **values):
        product = cls.env["product.product"].create(
            {"name": name, "type": "service", "list_price": price}
        )
        values = {
            "name": name,
            "product_id": product.id,
            "delivery_type": "fixed",
            "fixed_price": price,
            **values,
        }
        return cls.env["delivery.carrier"].create(values)

    def pickup(self, **values):
        hours = self.make_schedule("Counter", lead_days=0, cutoff_hour=9)
        return self.method(
            "Collect",
            b2b_kind="pickup",
            b2b_warehouse_id=self.warehouse.id,
            b2b_schedule_id=hours.id,
            **values,
        )

    def end_customer(self, **values):
        return self.env["res.partner"].create(
            {
                "name": "Hotel Severn",
                "parent_id": self.party.id,
                "type": "other",
                "b2b_end_customer": True,
                "street": "Clifton Road 4",
                "country_id": self.uk.id,
                **values,
            }
        )

    def codes(self, order):
        return [(f.code, f.severity) for f in order._b2b_findings()]

    # -- who may use what ------------------------------------------------------------

    def test_named_for_others_or_bound_to_others(self):
        order = self.order()
        both = self.van_method | self.parcel
        self.assertEqual(order._b2b_methods() & both, both)
        other = self.party.copy({"name": "Other"})
        self.parcel.b2b_party_ids = other
        self.assertEqual(order._b2b_methods() & both, self.van_method)
        self.parcel.b2b_party_ids |= self.party
        self.assertEqual(order._b2b_methods() & both, both)
        self.party.b2b_method_ids = self.parcel
        self.assertEqual(order._b2b_methods() & both, self.parcel)

    def test_groups_count_on_the_day(self):
        group = self.env["b2b.customer.group"].create({"name": "Shops"})
        self.parcel.b2b_customer_group_ids = group
        order = self.order()
        self.assertNotIn(self.parcel, order._b2b_methods())
        self.party.b2b_customer_group_id = group
        self.assertIn(self.parcel, order._b2b_methods())
        members = self.env["b2b.party.group"].create({"name": "Buying group"})
        self.van_method.b2b_party_group_ids = members
        self.assertNotIn(self.van_method, order._b2b_methods())
        members.member_ids = [Command.create({"partner_id": self.party.id})]
        self.assertIn(self.van_method, order._b2b_methods())

    def test_zone_and_odoos_own_rules_hold_both(self):
        self.parcel.b2b_zone_ids = [
            Command.create({"country_id": self.uk.id, "zip_prefix": "sw1"})
        ]
        order = self.order()
        self.assertIn(self.parcel, order._b2b_methods())
        self.parcel.country_ids = self.env.ref("base.de")
        self.assertNotIn(self.parcel, order._b2b_methods())
        self.parcel.country_ids = False
        self.address.zip = "BS2 0TH"
        self.assertNotIn(self.parcel, order._b2b_methods())

    def test_odoos_dialog_offers_only_these(self):
        self.parcel.b2b_party_ids = self.party.copy({"name": "Other"})
        order = self.order()
        dialog = self.env["choose.delivery.carrier"].create(
            {"order_id": order.id, "carrier_id": self.van_method.id}
        )
        self.assertIn(self.van_method, dialog.available_carrier_ids)
        self.assertNotIn(self.parcel, dialog.available_carrier_ids)

    def test_our_team_is_warned_and_told_why(self):
        order = self.order()
        order._b2b_set_method(self.parcel)
        self.assertNotIn(("delivery_method", "warn"), self.codes(order))
        self.party.b2b_method_ids = self.van_method
        self.assertIn(("delivery_method", "warn"), self.codes(order))
        rows = {
            m: (may, why)
            for m, may, why in self.party._b2b_method_rows(
                self.parcel | self.van_method
            )
        }
        self.assertTrue(rows[self.van_method][0])
        self.assertEqual(
            rows[self.parcel], (False, "the party uses other methods only")
        )
        self.assertIn("uses other methods only", self.party.b2b_method_table)

    def test_one_delivery_line_whatever_is_chosen(self):
        order = self.order()
        for carrier in (self.parcel, self.van_method, self.van_method):
            order._b2b_set_method(carrier)
            lines = order.order_line.filtered("is_delivery")
            self.assertEqual(lines.mapped("price_unit"), [carrier.fixed_price])
        order._b2b_set_method(order.carrier_id.browse())
        self.assertFalse(order.order_line.filtered("is_delivery"))
        self.assertFalse(order.carrier_id)

    # -- collected -------------------------------------------------------------------

    def test_a_pickup_needs_warehouse_and_hours(self):
        with self.assertRaises(ValidationError):
            self.method("Collect", b2b_kind="pickup")

    def test_collected_at_the_warehouse_in_its_hours(self):
        # Received on Thursdays only: says nothing about when he collects.
        self.party.b2b_delivery_weekdays = "3"
        order = self.order()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 08:00"))
        collect = self.pickup()
        order._b2b_set_method(collect)
        self.assertTrue(order.b2b_pickup)
        self.assertEqual(order.warehouse_id, self.warehouse)
        # 09:47 is past the cut-off of 9: packed tomorrow, handed over from 12.
        self.assertEqual(order.b2b_slot_start, utc("2026-11-24 12:00"))
        self.assertEqual(order._b2b_supply_place(), self.warehouse.partner_id)
        # The schedule checker says the same.
        slot = self.first_slot(carrier=collect, company=self.company)
        self.assertEqual(slot.start, utc("2026-11-24 12:00"))
        self.assertEqual(collect._b2b_hours_text(), "Mon–Thu 8–12, 12–16, Fri 8–12")
        order._b2b_set_method(self.parcel)
        self.assertFalse(order.b2b_pickup)
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 08:00"))
        self.assertEqual(order._b2b_supply_place(), self.address)

    def test_goods_made_to_order_are_collected_when_they_are_there(self):
        self.goods.b2b_availability_schedule_id = self.make_schedule(
            "Workshop",
            lead_days=3,
            frame_ids=[
                Command.create({"weekday": "4", "hour_from": 17, "hour_to": 18})
            ],
        )
        order = self.order()
        order._b2b_set_method(self.pickup())
        # Ready on Friday at 17, when the counter is closed: Monday at 8.
        self.assertEqual(order.b2b_slot_start, utc("2026-11-30 08:00"))
        self.assertEqual(order.b2b_slot_schedule_id, order.carrier_id.b2b_schedule_id)

    def test_a_closed_warehouse_hands_over_nothing(self):
        self.env["b2b.delivery.closure"].create(
            {
                "scope": "warehouse",
                "warehouse_id": self.warehouse.id,
                "date_from": "2026-11-24",
                "name": "Stocktaking",
            }
        )
        order = self.order()
        order._b2b_set_method(self.pickup())
        self.assertEqual(order.b2b_slot_start.date().isoformat(), "2026-11-25")

    # -- own transport ---------------------------------------------------------------

    def test_own_transport_on_the_days_of_the_zone(self):
        order = self.order()
        self.van_method.write(
            {
                "b2b_kind": "own",
                "b2b_zone_ids": [
                    Command.create({"country_id": self.uk.id, "weekdays": "4"}),
                    Command.create(
                        {
                            "country_id": self.uk.id,
                            "zip_prefix": "SW",
                            "weekdays": "3",
                        }
                    ),
                ],
            }
        )
        order._b2b_set_method(self.van_method)
        self.assertEqual(order.b2b_slot_start, utc("2026-11-26 08:00"))
        self.address.zip = "BS2"
        order._b2b_set_method(self.parcel)
        order._b2b_set_method(self.van_method)
        self.assertEqual(order.b2b_slot_start, utc("2026-11-27 08:00"))
        # The schedule checker knows as well.
        slot = self.first_slot(carrier=self.van_method)
        self.assertEqual(slot.start, utc("2026-11-27 08:00"))

    def test_hours_of_a_method_are_not_archived(self):
        collect = self.pickup()
        with self.assertRaisesRegex(ValidationError, "hours of the method “Collect”"):
            collect.b2b_schedule_id.active = False
        collect.active = False
        collect.b2b_schedule_id.active = False

    def test_a_zone_twice_is_refused(self):
        zone = Command.create({"country_id": self.uk.id, "zip_prefix": "SW"})
        twice = Command.create({"country_id": self.uk.id, "zip_prefix": "s w"})
        with self.assertRaisesRegex(ValidationError, "twice"):
            self.van_method.b2b_zone_ids = [zone, twice]

    # -- end customers ---------------------------------------------------------------

    def test_an_end_customer_needs_the_method_for_it(self):
        drop = self.method("To end customers", 20.0, b2b_kind="dropship")
        order = self.order()
        self.assertNotIn(drop, order._b2b_methods())
        order.partner_shipping_id = self.end_customer()
        self.assertEqual(order._b2b_methods() & (drop | self.parcel), drop)
        self.assertIn(("delivery_method", "warn"), self.codes(order))
        order._b2b_set_method(self.parcel)
        self.assertIn(("delivery_method", "warn"), self.codes(order))
        order._b2b_set_method(drop)
        self.assertNotIn(("delivery_method", "warn"), self.codes(order))
        # Tax follows the goods; the invoice stays with the party.
        self.assertEqual(order._b2b_supply_place(), order.partner_shipping_id)
        self.assertEqual(order.partner_invoice_id.commercial_partner_id, self.party)

    def test_the_buyers_doors_are_not_the_end_customers(self):
        self.party.b2b_delivery_weekdays = "4"
        self.company.b2b_default_schedule_id = self.van
        order = self.order()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-27 08:00"))
        order.partner_shipping_id = self.end_customer()
        self.assertEqual(order.b2b_slot_start, utc("2026-11-25 08:00"))

    def test_an_end_customer_has_no_mail_address(self):
        with self.assertRaisesRegex(ValidationError, "no mail"):
            self.end_customer(email="guest@hotel.example")
        with self.assertRaisesRegex(ValidationError, "other"):
            self.end_customer(type="delivery")

    def test_the_slip_names_the_buyer_and_no_price(self):
        self.goods.write({"default_code": "OURS-1", "list_price": 4321.0})
        drop = self.method("To end customers", 20.0, b2b_kind="dropship")
        order = self.order(client_order_ref="PO 99")
        order.partner_shipping_id = self.end_customer()
        order._b2b_set_method(drop)
        order.action_confirm()
        picking = order.picking_ids
        self.assertTrue(picking.b2b_neutral)
        text = self.slip(picking)
        for words in (
            self.party.name,
            "Hotel Severn",
            "Cake stand",
            "PO 99",
            "Clifton",
        ):
            self.assertIn(words, text)
        day = picking.scheduled_date
        self.assertIn(f"{day:%B} {day.day}, {day.year}", text)
        for words in ("4321", "4,321", "OURS-1", self.company.name, order.name):
            self.assertNotIn(words, text)
        own = self.order()
        own.action_confirm()
        self.assertIn(own.name, self.slip(own.picking_ids))

    def slip(self, picking):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "stock.action_report_delivery", picking.ids
        )
        return unescape(html.decode())

    def test_the_end_customer_hears_nothing(self):
        self.company.stock_move_email_validation = True
        self.party.email = "buyer@brightwell.example"
        drop = self.method("To end customers", 20.0, b2b_kind="dropship")
        order = self.order()
        order.partner_shipping_id = end = self.end_customer(phone="0117 496 0555")
        order._b2b_set_method(drop)
        order.action_confirm()
        for move in order.picking_ids.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        order.picking_ids.with_context(skip_sms=True).button_validate()
        self.assertEqual(order.picking_ids.state, "done")
        told = self.env["mail.notification"].search([("res_partner_id", "=", end.id)])
        self.assertFalse(told)
        mails = self.env["mail.mail"].search([])
        self.assertNotIn(end, mails.recipient_ids)

    # -- conditions ------------------------------------------------------------------

    def test_a_published_version_stays_as_it_is(self):
        conditions = self.env["b2b.delivery.conditions"]
        first = conditions.create({"carrier_id": self.parcel.id, "text": "<p>Sign</p>"})
        self.assertFalse(self.parcel.b2b_conditions_id)
        first.action_publish()
        self.assertEqual(self.parcel.b2b_conditions_id, first)
        for change in (
            lambda: first.write({"text": "<p>Other</p>"}),
            lambda: first.update_field_translations("text", {"en_US": {"Sign": "x"}}),
            first.unlink,
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                change()
        second = conditions.browse(first.action_new_version()["res_id"])
        self.assertEqual((second.text, second.state), (first.text, "draft"))
        second.text = "<p>Sign and check</p>"
        self.assertEqual(self.parcel.b2b_conditions_id, first)
        second.action_publish()
        self.assertEqual(second.version, 2)
        self.assertEqual(self.parcel.b2b_conditions_id, second)
        second.active = False
        self.assertEqual(self.parcel.b2b_conditions_id, first)

    def test_nobody_publishes_by_a_call(self):
        planner = new_test_user(
            self.env, "b2b_planner", "b2b_party.group_delivery_planner"
        )
        conditions = self.env["b2b.delivery.conditions"].with_user(planner)
        values = {"carrier_id": self.parcel.id, "text": "<p>x</p>"}
        made = conditions.create({**values, "state": "published", "version": 9})
        self.assertEqual((made.state, made.version), ("draft", 0))
        for name in ("state", "version", "published_at"):
            with self.assertRaises(UserError):
                made.write({name: False})
        by_context = conditions.with_context(default_state="published").create(values)
        self.assertEqual(by_context.state, "draft")
        empty = conditions.create({**values, "text": "<p><br></p>"})
        with self.assertRaisesRegex(UserError, "Write the conditions"):
            empty.action_publish()

    def test_evidence_is_never_changed(self):
        text = self.env["b2b.delivery.conditions"].create(
            {"carrier_id": self.parcel.id, "text": "<p>Sign</p>"}
        )
        text.action_publish()
        order = self.order()
        order._b2b_set_method(self.parcel)
        order._b2b_record_acceptance(self.env.user, self.env["b2b.seat"])
        self.assertFalse(order.b2b_acceptance_ids)
        order.b2b_conditions_id = text
        for _twice in range(2):
            order._b2b_record_acceptance(self.env.user, self.env["b2b.seat"])
        proof = order.b2b_acceptance_ids
        self.assertEqual(len(proof), 1)
        self.assertEqual(proof.accepted_at, datetime(2026, 11, 23, 9, 47))
        self.assertIn("Version 1 accepted by", order.b2b_acceptance_text)
        for change in (lambda: proof.write({"lang": "xx"}), proof.unlink):
            with self.assertRaises(UserError):
                change()
