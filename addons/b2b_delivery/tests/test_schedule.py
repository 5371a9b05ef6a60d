from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MONDAY_MORNING, DeliveryCase, utc


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestSchedule(DeliveryCase):
    def test_first_slot_of_the_party_schedule(self):
        slot = self.first_slot()
        self.assertEqual(slot.start, utc("2026-11-25 08:00"))
        self.assertEqual(slot.end, utc("2026-11-25 12:00"))
        self.assertEqual(slot.cutoff_at, utc("2026-11-23 12:00"))
        frame = self.env["b2b.delivery.frame"].browse(slot.frame_id)
        self.assertEqual((frame.weekday, frame.hour_from), ("2", 8))

    def test_ready_at_counts_instead_of_now(self):
        slot = self.first_slot(ready_at=utc("2026-11-27 12:01"))
        self.assertEqual(slot.start, utc("2026-12-02 08:00"))

    def test_address_wins_over_party_wins_over_company(self):
        late = self.make_schedule("Address tour", lead_days=3)
        other = self.make_schedule("Company tour", lead_days=5)
        schedules = self.env["b2b.delivery.schedule"]

        def used():
            return schedules._b2b_schedules_for(self.party, self.address, self.company)

        self.company.b2b_default_schedule_id = other
        self.assertEqual(used(), self.van)
        self.address.b2b_schedule_ids = late
        self.assertEqual(used(), late)
        self.address.b2b_schedule_ids = False
        self.party.b2b_schedule_ids = False
        self.assertEqual(used(), other)
        self.company.b2b_default_schedule_id = False
        self.assertFalse(used())
        refusal = self.first_slot()
        self.assertFalse(refusal)
        self.assertEqual(refusal.code, "no_schedule")

    def test_earliest_slot_of_several_schedules(self):
        express = self.env["b2b.delivery.schedule"].create(
            {
                "name": "Courier",
                "tz": "Europe/London",
                "lead_days": 0,
                "cutoff_hour": 10,
                "frame_ids": [
                    Command.create({"weekday": "0", "hour_from": 14, "hour_to": 18})
                ],
            }
        )
        self.party.b2b_schedule_ids = self.van | express
        slots = self.env["b2b.delivery.schedule"]._b2b_slots(
            self.party, self.address, limit=3
        )
        self.assertEqual(
            [slot.start for slot in slots],
            [
                utc("2026-11-23 14:00"),
                utc("2026-11-25 08:00"),
                utc("2026-11-25 12:00"),
            ],
        )

    def test_schedule_of_another_company_or_archived_is_not_used(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.van.company_id = other
        self.assertFalse(self.first_slot())
        self.van.company_id = self.company
        self.assertTrue(self.first_slot())
        self.van.active = False
        self.assertFalse(self.first_slot())

    def test_receiving_weekdays_of_address_before_party(self):
        self.party.b2b_delivery_weekdays = "4"
        self.assertEqual(self.first_slot().start, utc("2026-11-27 08:00"))
        self.address.b2b_delivery_weekdays = "3"
        self.assertEqual(self.first_slot().start, utc("2026-11-26 08:00"))

    def test_exceptions_of_the_schedule(self):
        self.van.exception_ids = [
            Command.create({"date": "2026-11-25", "kind": "closed", "name": "Fair"}),
            Command.create(
                {"date": "2026-11-28", "kind": "open", "hour_from": 9, "hour_to": 11}
            ),
        ]
        self.assertEqual(self.first_slot().start, utc("2026-11-26 08:00"))
        slot = self.first_slot(ready_at=utc("2026-11-26 12:00"))
        self.assertEqual((slot.day, slot.frame_id), (date(2026, 11, 28), None))

    def test_refusal_says_why_for_each_day(self):
        self.party.b2b_delivery_weekdays = "6"
        refusal = self.first_slot()
        self.assertEqual(refusal.code, "horizon")
        self.assertEqual(len({reason.day for reason in refusal.reasons}), 92)
        text = self.van._b2b_reason_text(refusal.reasons[0])
        self.assertEqual(text, "received only on Sun")

    def test_reasons_in_words(self):
        self.van.exception_ids = [
            Command.create({"date": "2026-11-26", "kind": "closed", "name": "Fair"})
        ]
        answers = self.van._b2b_days(utc("2026-11-23 09:47"), ())
        texts = [self.van._b2b_refusal_text(day.reasons) for _schedule, day in answers]
        self.assertEqual(
            texts[0],
            "8–12: already begun; 12–16: had to be ordered by Thu 19 Nov 12:00",
        )
        # both frames for the same reason
        self.assertEqual(texts[1], "had to be ordered by Fri 20 Nov 12:00")
        self.assertEqual(texts[3], "closed: Fair")
        self.assertEqual(texts[5], "no delivery on this day")

    def test_words_use_the_schedules_zone(self):
        schedules = self.env["b2b.delivery.schedule"]
        text = schedules._b2b_slot_text(
            utc("2026-07-01 06:30"), utc("2026-07-01 10:00"), "Europe/Berlin"
        )
        self.assertEqual(text, "Wed 1 Jul, 8:30–12")
        text = schedules._b2b_slot_text(
            utc("2026-07-01 18:00"), utc("2026-07-01 22:00"), "Europe/Berlin"
        )
        self.assertEqual(text, "Wed 1 Jul, 20–24")

    def test_overlapping_frames_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "overlaps"):
            self.van.frame_ids = [
                Command.create({"weekday": "1", "hour_from": 11, "hour_to": 13})
            ]

    def test_frames_may_touch(self):
        self.van.frame_ids = [
            Command.create({"weekday": "1", "hour_from": 16, "hour_to": 18})
        ]
        self.assertEqual(len(self.van.frame_ids), 10)

    @mute_logger("odoo.sql_db")
    def test_frame_over_midnight_is_refused(self):
        with self.assertRaises(IntegrityError):
            self.env["b2b.delivery.frame"].create(
                {
                    "schedule_id": self.van.id,
                    "weekday": "5",
                    "hour_from": 22,
                    "hour_to": 2,
                }
            )

    @mute_logger("odoo.sql_db")
    def test_exception_date_only_once(self):
        vals = {"schedule_id": self.van.id, "date": "2026-12-25", "kind": "closed"}
        self.env["b2b.delivery.exception"].create(vals)
        sentence = "Fri 25 Dec is already an exception of South England van"
        with self.assertRaisesRegex(ValidationError, sentence):
            self.env["b2b.delivery.exception"].create(vals)

    def test_terms_out_of_range_are_refused(self):
        for vals, words in (
            ({"lead_days": 400}, "400 working days"),
            ({"lead_days": -1}, "enter 0 to"),
            ({"cutoff_hour": 0}, "not a time of day"),
            ({"cutoff_hour": 25}, "not a time of day"),
            ({"work_weekdays": False}, "no working day"),
            ({"work_weekdays": "7"}, "no working day"),
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(ValidationError, words),
                self.cr.savepoint(),
            ):
                self.van.write(vals)
        with self.assertRaisesRegex(ValidationError, "not weekdays"):
            self.party.b2b_delivery_weekdays = "Mon"

    def test_unknown_zone_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "not a known time zone"):
            self.van.tz = "Mars/Olympus"

    def test_default_button(self):
        self.assertFalse(self.van.is_company_default)
        self.van.action_make_default()
        self.assertEqual(self.company.b2b_default_schedule_id, self.van)
        self.van.invalidate_recordset()
        self.assertTrue(self.van.is_company_default)

    def test_week_picture_shows_frames_and_free_days(self):
        html = str(self.van.week_html)
        self.assertEqual(html.count("o_b2b_week_frame"), 9)
        self.assertEqual(html.count("no delivery"), 2)
        self.assertIn("8–12 h", html)
        empty = self.env["b2b.delivery.schedule"].create({"name": "Empty"})
        self.assertIn("No frame yet", str(empty.week_html))

    def test_one_question_costs_few_queries(self):
        self.first_slot()
        self.env.flush_all()
        self.env.invalidate_all()
        # The partner and its parent, and which schedules they have.
        with self.assertQueryCount(3):
            self.first_slot()

    def test_a_change_of_any_part_counts_at_once(self):
        wednesday = self.van.frame_ids.filtered(lambda f: f.weekday == "2")

        def starts():
            return self.first_slot().start.strftime("%d %H")

        self.assertEqual(starts(), "25 08")
        wednesday[0].hour_from = 9
        self.assertEqual(starts(), "25 09")
        wednesday[0].unlink()
        self.assertEqual(starts(), "25 12")
        holiday = self.env["b2b.delivery.exception"].create(
            {"schedule_id": self.van.id, "date": "2026-11-25", "kind": "closed"}
        )
        self.assertEqual(starts(), "26 08")
        holiday.date = "2026-11-26"
        self.assertEqual(starts(), "25 12")
        holiday.unlink()
        self.van.lead_days = 2
        self.assertEqual(starts(), "26 08")
        self.van.active = False
        self.assertEqual(self.first_slot().code, "no_schedule")
