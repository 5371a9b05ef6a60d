from odoo.tests import tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestPartyOverview(ApprovalCase):
    def test_a_waiting_order_is_an_open_point_with_its_reason(self):
        order = self._submitted()
        self.assertEqual(order.b2b_submit_state, "waiting")
        sections = self.party.with_user(self.manager).b2b_overview()["sections"]
        (row,) = next(s for s in sections if s["id"] == "open")["rows"]
        self.assertTrue(row["text"].startswith(f"{order.name} waits for "), row)
        self.assertEqual(row["action"]["res_id"], order.id)
        rival = self.rival_party.with_user(self.manager).b2b_overview()["sections"]
        self.assertFalse(next(s for s in rival if s["id"] == "open")["rows"])
