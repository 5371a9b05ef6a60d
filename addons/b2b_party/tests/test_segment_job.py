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
        self.assertEqual(self.segments[1].refresh_progress, "0 of 3 segments refreshed")
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

    def test_progress_names_what_is_done(self):
        self.segments.refresh_state = "waiting"
        self.segments[0]._b2b_refresh_step()
        self.env.invalidate_all()
        self.assertEqual(self.segments[1].refresh_progress, "1 of 3 segments refreshed")
