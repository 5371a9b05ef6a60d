from odoo.tests import freeze_time, tagged

from .common import MONDAY_MORNING, DeliveryCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY_MORNING)
class TestClosedRest(DeliveryCase):
    """What will not come any more gives its slot back."""

    def _confirmed(self):
        order = self.order()
        order.action_confirm()
        self.assertTrue(order.b2b_slot_start)
        return order

    def test_the_slot_is_free_when_nothing_is_to_come(self):
        order = self._confirmed()
        order.picking_ids.move_ids._action_cancel()
        order._b2b_rest_closed()
        self.assertFalse(order.b2b_slot_start)
        self.assertFalse(order.b2b_frame_id)
        self.assertFalse(order.b2b_slot_text)

    def test_it_stays_while_something_is_to_come(self):
        order = self._confirmed()
        start = order.b2b_slot_start
        order._b2b_rest_closed()
        self.assertEqual(order.b2b_slot_start, start)

    def test_a_slot_that_is_over_stays_as_history(self):
        order = self._confirmed()
        start = order.b2b_slot_start
        order.picking_ids.move_ids._action_cancel()
        with freeze_time("2026-12-07 09:00:00"):
            order._b2b_rest_closed()
        self.assertEqual(order.b2b_slot_start, start)
