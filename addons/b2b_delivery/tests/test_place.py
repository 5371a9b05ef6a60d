from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import MONDAY_MORNING, DeliveryCase, utc

WEDNESDAY, THURSDAY, FRIDAY = (utc(f"2026-11-{day} 08:00") for day in (25, 26, 27))


class PlaceCase(DeliveryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gb, cls.de = cls.env.ref("base.uk"), cls.env.ref("base.de")
        cls.house = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.house.partner_id.country_id = cls.gb
        cls.party.write({"country_id": cls.de.id, "zip": "10115"})
        cls.post = cls.env["delivery.carrier"].create(
            {"name": "Parcel post", "product_id": cls.service.id}
        )

    def close(self, first, last=None, **vals):
        return self.env["b2b.delivery.closure"].create(
            {"date_from": first, "date_to": last or first, **vals}
        )

    def close_house(self, *days):
        return self.close(*days, scope="warehouse", warehouse_id=self.house.id)

    def close_country(self, country, *days, **vals):
        return self.close(*days, scope="country", country_id=country.id, **vals)

    def close_receiver(self, partner, *days):
        return self.close(*days, scope="partner", partner_id=partner.id, name="Fair")

    def transit(self, days=1, **vals):
        return self.env["b2b.delivery.transit"].create({"days": days, **vals})


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestClosures(PlaceCase):
    def test_a_closed_warehouse_sends_nothing(self):
        closure = self.close_house("2026-11-25")
        self.assertEqual(closure.company_id, self.company)
        self.assertEqual(self.first_slot().start, THURSDAY)
        order = self.order()
        self.assertEqual(order.warehouse_id, self.house)
        self.assertEqual(order.b2b_slot_start, THURSDAY)
        closure.date_from = "2026-11-26"
        self.assertEqual(self.first_slot().start, WEDNESDAY)

    def test_another_warehouse_is_not_closed(self):
        north = self.env["stock.warehouse"].create({"name": "North", "code": "NOR"})
        self.close_house("2026-11-25")
        self.assertEqual(self.first_slot(warehouse=north).start, WEDNESDAY)
        order = self.order(warehouse_id=north.id)
        self.assertEqual(order.b2b_slot_start, WEDNESDAY)
        order.warehouse_id = self.house
        self.assertEqual(order.b2b_slot_start, THURSDAY)

    def test_receiver_closed_at_the_address_or_the_party(self):
        other = self.env["res.partner"].create(
            {"name": "Other", "type": "delivery", "parent_id": self.party.id}
        )
        closure = self.close_receiver(other, "2026-11-25")
        self.assertEqual(self.first_slot().start, WEDNESDAY)
        closure.partner_id = self.address
        self.assertEqual(self.first_slot().start, THURSDAY)
        closure.partner_id = self.party
        self.assertEqual(self.first_slot().start, THURSDAY)

    def test_a_point_is_closed_with_the_address_above(self):
        point = self.env["res.partner"].create(
            {"name": "Gate 2", "type": "delivery", "parent_id": self.address.id}
        )
        self.close_receiver(self.address, "2026-11-25")
        slot = self.env["b2b.delivery.schedule"]._b2b_first_slot(self.party, point)
        self.assertEqual(slot.start, THURSDAY)

    def test_public_holidays_of_both_sides(self):
        self.close_country(self.de, "2026-11-25")
        self.assertEqual(self.first_slot().start, THURSDAY)
        self.address.country_id = self.gb
        self.assertEqual(self.first_slot().start, WEDNESDAY)
        self.address.country_id = self.de
        # here nothing is packed on Tuesday: Wednesday is a holiday there
        self.close_country(self.gb, "2026-11-24")
        self.assertEqual(self.first_slot().start, THURSDAY)

    def test_a_holiday_of_a_state_is_one_there_only(self):
        berlin, bavaria = self.env["res.country.state"].search(
            [("country_id", "=", self.de.id)], limit=2
        )
        self.close_country(self.de, "2026-11-25", state_id=berlin.id)
        self.assertEqual(self.first_slot().start, WEDNESDAY)
        self.address.write({"country_id": self.de.id, "state_id": bavaria.id})
        self.assertEqual(self.first_slot().start, WEDNESDAY)
        self.address.state_id = berlin
        self.assertEqual(self.first_slot().start, THURSDAY)

    def test_closed_days_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        closure = self.close_country(self.de, "2026-11-25", company_id=other.id)
        self.assertEqual(self.first_slot().start, WEDNESDAY)
        closure.company_id = False
        self.assertEqual(self.first_slot().start, THURSDAY)

    def test_receiving_hours_of_address_before_party(self):
        self.party.write({"b2b_receive_from": 13, "b2b_receive_to": 15})
        self.assertEqual(self.first_slot().start, utc("2026-11-25 13:00"))
        self.address.write({"b2b_receive_from": 9.5, "b2b_receive_to": 15})
        self.assertEqual(self.order().b2b_slot_text, "Wed 25 Nov, 9:30–12")

    def test_a_point_answers_as_the_address_above(self):
        point = self.env["res.partner"].create(
            {"name": "Dock B", "type": "delivery", "parent_id": self.address.id}
        )
        schedules = self.env["b2b.delivery.schedule"]

        def start():
            return schedules._b2b_first_slot(self.party, point).start

        self.assertEqual(start(), WEDNESDAY)
        self.address.b2b_delivery_weekdays = "4"  # Friday
        self.address.write({"b2b_receive_from": 9.0, "b2b_receive_to": 17.0})
        self.address.property_delivery_carrier_id = self.post
        self.assertEqual(start(), FRIDAY.replace(hour=9))
        self.assertEqual(start(), self.first_slot().start)
        self.assertEqual(schedules._b2b_default_carrier(point, self.company), self.post)
        own = self.make_schedule("Dock", lead_days=4)
        point.b2b_schedule_ids = own
        self.assertGreater(start(), FRIDAY.replace(hour=9))

    def test_a_closed_day_loses_the_slot_of_an_order(self):
        order = self.order()
        self.close_receiver(self.address, "2026-11-25", "2026-11-26")
        check = order._b2b_slot_check()
        self.assertIn("Fri 27 Nov, 8–12", check.finding.message)

    def test_the_reason_names_the_closure(self):
        self.close_receiver(self.address, "2026-11-25")
        days = self.env["b2b.delivery.schedule"]
        place = days._b2b_place(self.party, self.address)
        answers = self.van._b2b_days(utc(MONDAY_MORNING[:16]), place)
        self.assertEqual(
            self.van._b2b_refusal_text(answers[2][1].reasons), "receiver closed: Fair"
        )

    def test_bad_closures_are_refused(self):
        self.close_house("2026-12-24", "2026-12-26")
        house = {"scope": "warehouse", "warehouse_id": self.house.id}
        for vals, words in (
            # the same dates twice
            ({"date_from": "2026-12-26", **house}, "already closed on"),
            ({"date_from": "2026-12-05", "date_to": "2028-01-01", **house}, "366"),
            ({"date_from": "2026-12-05", "scope": "warehouse"}, "name the one"),
            ({"date_from": "2026-12-05", "scope": "country"}, "name the one"),
            (
                {"date_from": "2026-12-05", **house, "country_id": self.de.id},
                "name the one",
            ),
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(ValidationError, words),
                self.cr.savepoint(),
            ):
                self.env["b2b.delivery.closure"].create(vals)
        single = self.env["b2b.delivery.closure"].create(
            {"date_from": "2026-12-05", **house}
        )
        self.assertEqual(str(single.date_to), "2026-12-05")

    def test_own_parties_only_sees_no_closed_days_of_others(self):
        closure = self.close_receiver(self.address, "2026-11-25")
        mine = self.env["res.partner"].create(
            {"name": "Mine", "is_company": True, "b2b_customer_type": "trade"}
        )
        rep = new_test_user(self.env, "closure_rep", "b2b_party.group_rep")
        rep.b2b_own_parties_only = True
        mine.b2b_rep_ids = rep
        own = self.close_receiver(mine, "2026-11-25")
        holiday = self.close_country(self.de, "2026-12-25")
        found = self.env["b2b.delivery.closure"].with_user(rep).search([])
        self.assertIn(own, found)
        self.assertIn(holiday, found)
        self.assertNotIn(closure, found)


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestTransit(PlaceCase):
    def test_days_on_the_way_by_zone(self):
        self.transit(country_id=self.de.id)
        self.assertEqual(self.first_slot().start, THURSDAY)
        self.address.country_id = self.gb
        self.assertEqual(self.first_slot().start, WEDNESDAY)

    def test_method_of_the_order(self):
        self.transit(2, carrier_id=self.post.id)
        order = self.order()
        self.assertEqual(order.b2b_slot_start, WEDNESDAY)
        order.carrier_id = self.post
        # leaves on Wednesday, Thursday, Friday
        self.assertEqual(order.b2b_slot_start, FRIDAY)

    def test_usual_method_of_the_party(self):
        self.transit(1, carrier_id=self.post.id)
        self.party.property_delivery_carrier_id = self.post
        self.assertEqual(self.first_slot().start, THURSDAY)
        self.assertEqual(self.order().b2b_slot_start, THURSDAY)

    def test_carriers_own_days(self):
        self.transit(0, carrier_id=self.post.id, work_weekdays="4")
        order = self.order(carrier_id=self.post.id)
        self.assertEqual(order.b2b_slot_start, FRIDAY)

    def test_unknown_zone_promises_nothing_and_says_so(self):
        self.transit(1, carrier_id=self.post.id, country_id=self.gb.id)
        order = self.order(carrier_id=self.post.id)
        self.assertFalse(order.b2b_slot_start)
        finding = order._b2b_slot_check().finding
        self.assertIn("Parcel post has no transit time to this place", finding.message)
        self.assertIn("ask us for a date", finding.message)
        self.assertEqual(order.b2b_slot_note, finding.message)

    def test_a_change_counts_at_once(self):
        transit = self.transit(1, country_id=self.de.id)
        self.assertEqual(self.first_slot().start, THURSDAY)
        transit.days = 2
        self.assertEqual(self.first_slot().start, FRIDAY)
        transit.unlink()
        self.assertEqual(self.first_slot().start, WEDNESDAY)

    def test_of_another_company_it_does_not_count(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.transit(1, country_id=self.de.id, company_id=other.id)
        self.assertEqual(self.first_slot().start, WEDNESDAY)

    def test_bad_transit_is_refused(self):
        self.transit(1, country_id=self.de.id, zip_prefix="10 1")
        french = self.env["res.country.state"].search(
            [("country_id", "!=", self.de.id)], limit=1
        )
        for vals, words in (
            ({"days": 400}, "400 days of transit; enter 0 to 60"),
            ({"days": -1}, "enter 0 to 60"),
            ({"work_weekdays": ""}, "no working day"),
            ({"work_weekdays": "Mon"}, "no working day"),
            ({"zip_prefix": "10"}, "name the country"),
            ({"country_id": self.de.id, "state_id": french.id}, "is not in"),
            ({"country_id": self.de.id, "zip_prefix": "101"}, "already has a transit"),
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(ValidationError, words),
                self.cr.savepoint(),
            ):
                self.env["b2b.delivery.transit"].create(vals)

    def test_checker_takes_method_and_says_why(self):
        self.transit(1, carrier_id=self.post.id, work_weekdays="01234")
        check = self.env["b2b.delivery.check"].create(
            {
                "party_id": self.party.id,
                "address_id": self.address.id,
                "carrier_id": self.post.id,
            }
        )
        check.action_check()
        self.assertIn("Thu 26 Nov, 8–12", check.answer)
        texts = {line.day_text: line.text for line in check.line_ids}
        self.assertIn("Parcel post delivers only on Mon", texts["Sat 28 Nov"])

    def test_nothing_within_the_horizon_asks(self):
        self.van.frame_ids = [Command.clear()]
        refusal = self.first_slot()
        self.assertEqual(
            self.van._b2b_ask_text(refusal),
            "There is no delivery within 13 weeks (the schedule has no frames). "
            "Please ask us for a date.",
        )
