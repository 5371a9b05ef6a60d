from unittest.mock import patch

from odoo.tests import tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestSegmentJob(PartyCase):
    """The button asks for the refresh, the job does it step by step."""

    def setUp(self):
        super().setUp()
        self.env["b2b.party.segment"].search([]).active = False
        values = [{"name": name} for name in ("Key account", "Loyal", "Sleeping")]
        self.segments = self.env["b2b.party.segment"].create(values)
        self.segments[0].condition_ids = [
            (0, 0, {"figure": "order_count_12m", "operator": "ge", "number": 1})
        ]
        self.cron = self.env.ref("b2b_party.cron_refresh_segments")

    def test_the_button_asks_and_does_not_compute(self):
        before = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.segments[0].with_user(self.manager).action_refresh()
        self.assertEqual(set(self.segments.mapped("refresh_state")), {"waiting"})
        self.assertEqual(self.segments[1].refresh_percent, 0)
        self.assertEqual(self.segments[1].refresh_progress, "it begins in a moment")
        after = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertEqual(len(after - before), 1)

    def test_the_job_refreshes_figures_then_segments_and_reports(self):
        self._make_order(quantity=7).action_confirm()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.party.b2b_order_count_12m, 1)
        self.assertEqual(self.segments[0].partner_ids, self.party)
        self.assertEqual(set(self.segments.mapped("refresh_state")), {"done"})
        self.assertEqual(self.segments[0].last_added, 1)
        self.assertTrue(self.segments[2].refreshed_at)
        self.assertFalse(self.segments[0].refresh_progress)

    def test_who_asked_is_told_once_when_it_is_done(self):
        self.segments[0].with_user(self.manager).action_refresh()
        self.env.flush_all()
        told = []

        def remember(users, kind, message, **_kwargs):
            told.append((users, kind, message["message"]))

        with (
            patch.object(type(self.env["res.users"]), "_bus_send", remember),
            self.enter_registry_test_mode(),
        ):
            self.cron.method_direct_trigger()
            self.cron.method_direct_trigger()
        [(user, kind, text)] = told
        self.assertEqual(user.id, self.manager.id)
        self.assertEqual(kind, "simple_notification")
        self.assertEqual(text, "Refreshed: 3. Came in: 0, went out: 0.")
        self.env.invalidate_all()
        self.assertFalse(self.segments.refresh_asked_id)

    def test_progress_shows_the_figures_as_half_of_the_way(self):
        self.segments.refresh_state = "waiting"
        progress = self.env["ir.cron.progress"].create(
            {"cron_id": self.cron.id, "done": 0, "remaining": 4}
        )
        self.assertEqual(self.segments[0].refresh_percent, 0)
        self.assertIn("sales figures", self.segments[0].refresh_progress)
        progress.write({"done": 1, "remaining": 3})
        self.env.invalidate_all()
        self.assertEqual(self.segments[0].refresh_percent, 50)
        # A run of last night says nothing about one that was asked for just now.
        progress.write({"done": 4, "remaining": 0})
        self.env.invalidate_all()
        self.assertEqual(self.segments[0].refresh_percent, 0)

    def test_progress_names_what_is_done(self):
        self.segments.refresh_state = "waiting"
        self.segments[0]._b2b_refresh_step()
        self.env.invalidate_all()
        self.assertEqual(self.segments[1].refresh_progress, "segments: 1 of 3")
        self.assertEqual(self.segments[1].refresh_percent, 66)
        self.assertEqual(self.segments[0].refresh_percent, 100)
