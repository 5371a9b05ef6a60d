from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import DeliveryCase


@tagged("post_install", "-at_install")
class TestProblems(DeliveryCase):
    """What is wrong is said while it is typed, before anything is saved."""

    def problems(self, **vals):
        return self.env["b2b.delivery.schedule"].new({"name": "New", **vals})

    def test_a_good_schedule_has_none(self):
        self.assertFalse(self.van.problem_text)

    def test_overlapping_frames_and_frames_over_midnight(self):
        schedule = self.problems(
            frame_ids=[
                Command.create({"weekday": "1", "hour_from": 8, "hour_to": 12}),
                Command.create({"weekday": "1", "hour_from": 11, "hour_to": 13}),
                Command.create({"weekday": "2", "hour_from": 22, "hour_to": 2}),
                Command.create({"weekday": "3", "hour_from": 8, "hour_to": 12}),
            ]
        )
        overlap, midnight = schedule.problem_text.split("\n")
        self.assertEqual(overlap, "Tuesday 11–13 overlaps with 8–12.")
        self.assertIn("Wednesday 22–2", midnight)
        self.assertIn("make two frames", midnight)

    def test_dates_twice_long_lead_and_no_working_day(self):
        schedule = self.problems(
            lead_days=400,
            work_weekdays="",
            exception_ids=[
                Command.create({"date": "2026-12-25"}),
                Command.create({"date": "2026-12-25"}),
            ],
        )
        self.assertEqual(
            schedule.problem_text.split("\n"),
            [
                "Working days to pack: enter 0 to 60.",
                "Packed on: mark at least one working day.",
                "Exceptions: Fri 25 Dec stands twice; keep one.",
            ],
        )

    def test_shown_on_the_form_before_saving(self):
        form = Form(self.van)
        form.lead_days = 400
        self.assertIn("enter 0 to 60", form.problem_text)
