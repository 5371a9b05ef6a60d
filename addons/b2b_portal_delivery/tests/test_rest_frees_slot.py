from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.b2b_party.tests.common import PartyCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-23 09:47:00")
class TestRestFreesSlot(PartyCase):
    """Closing the rest of an order through the real flow gives its slot back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frame = {"weekday": "2", "hour_from": 8, "hour_to": 12}
        cls.party.b2b_schedule_ids = cls.env["b2b.delivery.schedule"].create(
            {
                "name": "Wednesdays",
                "tz": "UTC",
                "lead_days": 1,
                "cutoff_hour": 12,
                "frame_ids": [Command.create(frame)],
            }
        )

    def _partly(self):
        order = self._make_order(quantity=10)
        order.action_confirm()
        moves = order.order_line.move_ids
        moves.write({"quantity": 6.0, "picked": True})
        moves._action_done()
        return order

    def test_staff_and_buyer_alike(self):
        for how in ("staff", "buyer"):
            order = self._partly()
            self.assertTrue(order.b2b_slot_start, how)
            order._b2b_close_rest(order.order_line, "gone", how)
            self.assertFalse(order.b2b_slot_start, how)
            self.assertEqual(order.order_line.b2b_closed_qty, 4.0, how)

    def test_one_of_two_lines_keeps_it(self):
        order = self._partly()
        line = {"product_id": self.product.id, "product_uom_qty": 5}
        order.write({"order_line": [Command.create(line)]})
        first = order.order_line[0]
        order._b2b_close_rest(first, "gone", "staff")
        self.assertTrue(order.b2b_slot_start)
