from datetime import timedelta
from html import unescape

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase


class PointsHttpCase(TradeHttpCase):
    """The buyer's company has 2,340 points of 0.01, the rival's none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["b2b.loyalty.program"].search([]).active = False
        cls.program = cls.env["b2b.loyalty.program"].create(
            {
                "name": "Harbour points",
                "points": 1,
                "per_amount": 1.0,
                "point_value": 0.01,
            }
        )
        cls.accounts = cls.env["b2b.loyalty.account"]
        cls.user_of_points = cls.env.ref("b2b_party.role_buyer").copy(
            {"name": "Uses points", "use_points": True, "party_id": cls.party.id}
        )
        cls.buyer.role_id = cls.user_of_points
        cls.small.use_points = True
        cls.give(2340)

    @classmethod
    def give(cls, points, **values):
        account = cls.accounts._b2b_get(cls.program.id, cls.party)
        row = {
            "account_id": account.id,
            "kind": "adjust",
            "points": points,
            "date": cls.env.cr.now().date(),
            "idempotency_key": f"give:{len(account.entry_ids)}:{account.id}",
            **values,
        }
        cls.accounts._b2b_book([row] if points > 0 else account._b2b_spread(row))

    def account(self):
        account = self.accounts.search([("party_id", "=", self.party.id)])
        account.invalidate_recordset()
        return account

    def assert_account(self, balance, reserved):
        account = self.account()
        self.assertEqual((account.balance, account.reserved), (balance, reserved))
        self.assertFalse(self.accounts._b2b_drift())

    def checkout(self, cart, path="/trade/checkout"):
        """What a browser would post from the page as it is now."""
        page = unescape(self.page(path).text)
        values = {"cart_id": cart.id, "address_id": cart.partner_shipping_id.id}
        values["token"] = page.split('name="token" value="')[1].split('"')[0]
        values["seen"] = page.split('name="seen" value="')[1].split('"/>')[0]
        return values

    def update(self, cart, **form):
        answer = self.json(
            "/trade/checkout/update", cart_id=cart.id, form=form, seen=cart._b2b_seen()
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        cart.invalidate_recordset()
        return answer.json()["result"]


@tagged("post_install", "-at_install")
class TestPortalRedeem(PointsHttpCase):
    def setUp(self):
        super().setUp()
        self.env.company.write(
            {f"b2b_unusual_{x}": False for x in ("first", "places", "repeats")}
        )
        self.sign_in(self.buyer)
        self.cart = self._make_cart(quantity=3)

    def test_any_number_at_checkout(self):
        page = self.page("/trade/checkout").text
        self.assertIn("2,340 points to use. At most 2,340 on this order", page)
        answer = self.update(self.cart, points="1,500")
        self.assertFalse(answer["errors"])
        self.assertIn("1,500 points", answer["summary"])
        self.assertIn("15.00", answer["total"])
        self.assertEqual(self.cart.b2b_points_used, 1500)
        self.assertIn("1,500 points take", self.page("/trade/cart").text)
        answer = self.update(self.cart, points="")
        self.assertIn("30.00", answer["total"])
        self.assertIn("2,340 points can take", self.page("/trade/cart").text)
        self.assert_account(2340, 0)

    def test_wrong_numbers_say_so_and_change_nothing(self):
        self.update(self.cart, points="100")
        for typed, words in (
            ("2341", "There are 2,340 points to use, 2,341 were entered."),
            ("-5", "is not a whole number of points"),
            ("1.5", "is not a whole number of points"),
            ("many", "is not a whole number of points"),
            ("9" * 30, "is not a whole number of points"),
            (["7"], "is not a whole number of points"),
            ("٣", "is not a whole number of points"),
        ):
            answer = self.update(self.cart, points=typed)
            self.assertIn(words, answer["errors"]["points"], typed)
            self.assertEqual(self.cart.b2b_points_used, 100)

    def test_submitted_takes_them_once(self):
        self.update(self.cart, points="1500")
        values = self.checkout(self.cart)
        for _again in range(2):
            response = self.form("/trade/checkout", points="1500", **values)
            self.assertEqual(response.status_code, 303, response.text[:3000])
        self.cart.invalidate_recordset()
        self.assertEqual(self.cart.state, "sale")
        self.assertEqual(self.cart.amount_total, 15)
        self.assert_account(840, 0)
        page = self.page(f"/trade/order/{self.cart.id}/thanks").text
        self.assertIn("1,500 points", page)
        self.assertIn("used for this order", page)
        page = self.page("/trade/points").text
        self.assertIn("840 points", page)
        self.assertIn("redeemed", page)

    def test_waiting_order_reserves_and_gives_back(self):
        self.buyer.role_id = self.small
        self.cart.order_line.product_uom_qty = 20
        self.update(self.cart, points="1500")
        response = self.form(
            "/trade/checkout", points="1500", **self.checkout(self.cart)
        )
        self.assertEqual(response.status_code, 303, response.text[:3000])
        order = self.cart
        order.invalidate_recordset()
        self.assertEqual((order.state, order.b2b_submit_state), ("draft", "waiting"))
        self.assert_account(2340, 1500)
        page = self.page(f"/trade/orders/{order.id}").text
        self.assertIn("kept for this order", page)
        self.assertIn("1,500 kept for orders", self.page("/trade/points").text)
        # what is reserved cannot be used on another cart
        other = self._make_cart(quantity=20)
        with self.assertRaisesRegex(UserError, "There are 840 points"):
            other._b2b_points_choose(841)
        with self.assertRaisesRegex(UserError, "submitted already"):
            order._b2b_points_choose(1)
        order._b2b_expire()
        self.env.flush_all()
        self.assertEqual(order.b2b_gate_state, "expired")
        self.assert_account(2340, 0)
        order._b2b_points_sync()
        self.assert_account(2340, 0)

    def _wait(self, points=1500):
        order = self._make_order(quantity=20, b2b_orderer_id=self.buyer.user_id.id)
        self.buyer.role_id = self.small
        order._b2b_points_choose(points)
        order._b2b_submit("portal")
        self.env.flush_all()
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assert_account(2340, points)
        return order

    def test_release_takes_what_was_reserved(self):
        order = self._wait()
        order.b2b_open_hold_ids.with_user(self.approver.user_id).action_release()
        self.env.flush_all()
        self.assertEqual(order.state, "sale")
        self.assert_account(840, 0)
        kinds = (
            self.account().entry_ids.sorted("id").mapped(lambda e: (e.kind, e.points))
        )
        moves = [row for row in kinds if row[0] in ("reserve", "redeem")]
        self.assertEqual(
            sorted(moves), [("redeem", -1500), ("reserve", -1500), ("reserve", 1500)]
        )

    def test_refusal_and_cancellation_give_back(self):
        order = self._wait()
        hold = order.b2b_open_hold_ids.with_user(self.approver.user_id)
        hold.action_refuse("Not now")
        self.env.flush_all()
        self.assertEqual(order.b2b_submit_state, "failed")
        self.assert_account(2340, 0)
        order._b2b_submit("portal")
        self.env.flush_all()
        self.assert_account(2340, 1500)
        order._action_cancel()
        self.env.flush_all()
        self.assert_account(2340, 0)

    def test_limits_measure_after_points(self):
        """DECISIONS 4: 110 less 15 is within a limit of 100."""
        self.buyer.role_id = self.small
        order = self._make_order(quantity=11, b2b_orderer_id=self.buyer.user_id.id)
        self.assertEqual(order._b2b_limit_amount(), 110)
        order._b2b_points_choose(1500)
        self.assertEqual(order._b2b_limit_amount(), 95)
        order._b2b_submit("portal")
        self.assertEqual(order.state, "sale")

    def test_points_are_nobodys_discount(self):
        order = self._make_order(quantity=3)
        order._b2b_points_choose(1500)
        line = order.order_line.filtered("b2b_points_line")
        self.assertEqual(line._b2b_kind(), "points")
        self.assertFalse(order._b2b_reduced_lines())
        self.assertFalse([f for f in order._b2b_findings() if f.code == "discount"])

    def test_balance_that_went_away_is_said_before_anything_is_sent(self):
        self.update(self.cart, points="1500")
        values = self.checkout(self.cart)
        self.give(-1340)
        response = self.form("/trade/checkout", points="1500", **values)
        self.assertRefused(response, 409, "Nothing was sent", "1,500 points → 1,000")
        self.cart.invalidate_recordset()
        self.assertEqual(self.cart.state, "draft")
        self.assertEqual(self.cart.b2b_points_used, 1000)
        self.assertIn("1,000 of 1,500 points are used", response.text)
        # whoever goes on has to take note, or to enter another number
        values = self.checkout(self.cart)
        response = self.form("/trade/checkout", points="1500", **values)
        self.assertRefused(response, 400, "There are no more points to use")
        response = self.form("/trade/checkout", points="900", **values)
        self.assertRefused(response, 409, "Nothing was sent")
        values = self.checkout(self.cart)
        response = self.form("/trade/checkout", points="900", **values)
        self.assertEqual(response.status_code, 303)
        self.assert_account(100, 0)

    def test_page_that_opens_shows_what_is_left_now(self):
        for path in ("/trade/cart", "/trade/checkout"):
            with self.subTest(path):
                self.update(self.cart, points="1500")
                self.give(-1340)
                page = self.page(path).text
                self.assertIn("1,000 of 1,500 points are used", page)
                self.assertIn("20.00", page)
                self.assertNotIn("15.00", page)
                self.cart.invalidate_recordset()
                self.assertEqual(self.cart.b2b_points_used, 1000)
                self.give(1340)
                self.assertNotIn("of 1,500 points are used", self.page(path).text)
                self.update(self.cart, points="0")

    def test_lot_that_ended_in_an_open_cart(self):
        self.give(-2340)
        day = self.env.cr.now().date().replace(year=2020)
        self.give(500, expires_on=day)
        self.assertEqual(self.account().balance, 500)
        page = self.page("/trade/checkout").text
        self.assertNotIn("At most 500", page)
        answer = self.update(self.cart, points="1")
        self.assertIn("There are 0 points", answer["errors"]["points"])

    def test_page_of_points(self):
        today = self.env.cr.now().date()
        self.give(320, expires_on=today + timedelta(days=9))
        page = self.page("/trade/points").text
        self.assertIn("2,660 points", page)
        self.assertIn("Usable until", page)
        self.assertIn(": 320 points", page)
        self.assertIn("Use them at checkout", page)
        self.give(-2660)
        self.give(-120)
        page = self.page("/trade/points").text
        self.assertIn("0, next 120 points settle corrections", page)
        self.assertNotIn("Usable until", page)
        self.assertNotIn("At most", self.page("/trade/checkout").text)

    def test_queries_of_cart_and_checkout(self):
        for path in ("/trade/cart", "/trade/checkout", "/trade/points"):
            self.page(path)
            with self.assertQueryCount(55):
                self.page(path)

    def test_closed_rest_gives_its_share_back(self):
        order = self._make_order(quantity=10)
        order._b2b_points_choose(1000)
        order.action_confirm()
        goods = order._b2b_cart_lines()
        order.picking_ids.move_ids.write({"quantity": 4, "picked": True})
        order.picking_ids.with_context(skip_backorder=True)._action_done()
        self.env.flush_all()
        self.assertEqual(goods.qty_delivered, 4)
        order._b2b_close_rest(goods, "No more", "staff")
        self.env.flush_all()
        self.assertEqual((order.b2b_points_used, order.amount_total), (400, 36))
        self.assert_account(2340 - 400, 0)

    # -- who ---------------------------------------------------------------------

    def test_seat_without_the_right(self):
        self.update(self.cart, points="100")
        self.buyer.role_id = self.env.ref("b2b_party.role_buyer")
        self.assertNotIn('name="points"', self.page("/trade/checkout").text)
        answer = self.update(self.cart, points="700")
        self.assertFalse(answer["errors"])
        self.assertEqual(self.cart.b2b_points_used, 0)
        self.assertIn("30.00", answer["total"])

    def test_rival_has_no_part_in_it(self):
        self.rival.role_id = self.env.ref("b2b_party.role_administrator")
        self.sign_in(self.rival)
        self.assertNotIn("2,340", self.page("/trade/points").text)
        cart = self._make_cart(
            seat=self.rival, quantity=3, partner_shipping_id=self.rival_yard.id
        )
        self.assertNotIn('name="points"', self.page("/trade/checkout").text)
        answer = self.update(cart, points="100")
        self.assertIn("has no points", answer["errors"]["points"])
        answer = self.json(
            "/trade/checkout/update",
            cart_id=self.cart.id,
            form={"points": "100"},
            seen="",
        )
        self.assertEqual(answer.status_code, 409)
        self.assertFalse(self.cart.b2b_points_wanted)

    def test_buyers_reach_no_method(self):
        order = self._make_order(quantity=3)
        with self.assertRaises(UserError):
            order.with_user(self.buyer.user_id).write({"b2b_points_wanted": 100})
        wizard = self.env["b2b.loyalty.redeem"].with_user(self.buyer.user_id)
        with self.assertRaises(UserError):
            wizard.create({"order_id": order.id, "points": 5})
