from odoo.tests import tagged

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestCloseRestPage(TradeHttpCase):
    """The buyer takes back what has not come, on the page of the order."""

    def setUp(self):
        super().setUp()
        self.order = self._confirm(self._make_cart())
        self.line = self.order.order_line.filtered("product_id")[:1]
        self.path = f"/trade/orders/{self.order.id}"

    def _confirm(self, cart):
        seat = cart.b2b_seat_id
        cart.write({"b2b_orderer_id": seat.user_id.id, "b2b_is_cart": False})
        cart._b2b_submit()
        self.assertEqual(cart.state, "sale")
        return cart

    def _deliver_one(self):
        for move in self.order.picking_ids.move_ids:
            move.write({"quantity": 1.0, "picked": True})
        self.order.picking_ids._action_done()

    def _close(self, seat=None, **values):
        seat = seat or self.owner
        values = {"seat_id": seat.id, "reason": "found elsewhere", **values}
        return self.form(f"{self.path}/close-rest", **values)

    def test_close_the_rest(self):
        self.line.product_uom_qty = 3
        self._deliver_one()
        self.sign_in(self.owner)
        self.assertIn("Do not send the rest", self.page(self.path).text)
        self.assertEqual(self._close().status_code, 303)
        self.assertEqual((self.line.product_uom_qty, self.line.b2b_closed_qty), (1, 2))
        page = self.page(self.path).text
        self.assertIn("Will not come", page)
        self.assertIn("found elsewhere", page)
        self.assertNotIn("Do not send the rest", page)
        # The same page in another tab: read, but there is nothing left to do.
        again = self._close()
        self.assertRefused(again, 400)
        self.assertIn("This was not done", again.text)

    def test_nothing_came_the_order_is_cancelled(self):
        self.sign_in(self.owner)
        self.assertIn("Cancel this order", self.page(self.path).text)
        self.assertRefused(self._close(reason=" "), 400)
        self.assertEqual(self._close().status_code, 303)
        self.assertEqual(self.order.state, "cancel")

    def test_who_may_not(self):
        self.line.product_uom_qty = 3
        self._deliver_one()
        self.rival.role_id = self.owner.role_id
        self.sign_in(self.rival)
        self.assertRefused(self._close(self.rival), 404)
        self.sign_in(self.owner)
        self.assertRefused(self._close(self.buyer), 409)
        self.assertRefused(self._close(csrf_token="forged"), 400)
        self.sign_in(self.buyer)
        self.assertNotIn("Do not send the rest", self.page(self.path).text)
        self.assertRefused(self._close(self.buyer), 403)
        self.assertEqual(self.line.product_uom_qty, 3)
