from odoo.exceptions import UserError
from odoo.tests import tagged

from ..exceptions import PointsExceeded
from .test_redeem import RedeemCase


@tagged("post_install", "-at_install")
class TestRedeemLedger(RedeemCase):
    """What the ledger holds of orders that points pay a part of."""

    def test_confirmed_takes_cancelled_gives_back_once(self):
        order = self.order((self.goods, 1, 100))
        order._b2b_points_choose(1500)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(order.state, "sale")
        self.assert_account(840)
        self.assertEqual(self.rows("redeem"), [("redeem", -1500)])
        order._b2b_points_sync()
        self.assert_account(840)
        order._action_cancel()
        order._b2b_points_sync()
        self.env.flush_all()
        self.assert_account(2340)
        taken, back = (
            self.account().entry_ids.sorted("id").filtered(lambda e: e.kind == "redeem")
        )
        self.assertEqual((back.points, back.reversed_id), (1500, taken))
        self.assertEqual(back.lot_id, taken.lot_id)

    def test_cancel_reopen_confirm(self):
        order = self.order((self.goods, 1, 100))
        order._b2b_points_choose(1500)
        order.action_confirm()
        order._action_cancel()
        order.action_draft()
        self.env.flush_all()
        self.assert_account(2340)
        order.action_confirm()
        self.env.flush_all()
        self.assert_account(840)

    def test_a_copy_has_no_points(self):
        order = self.order((self.goods, 1, 100))
        order._b2b_points_choose(1500)
        copy = order.copy()
        self.assertFalse(copy.b2b_points_wanted)
        self.assertEqual(copy.amount_total, 100)

    def test_two_quotations_cannot_use_the_same_points(self):
        first, second = (
            self.order((self.goods, 1, 100)),
            self.order((self.goods, 1, 99)),
        )
        for order in (first, second):
            order._b2b_points_choose(2000)
        first.action_confirm()
        second.action_confirm()
        self.env.flush_all()
        self.assertEqual((first.b2b_points_used, second.b2b_points_used), (2000, 340))
        self.assertIn("no more points", second.b2b_points_note)
        self.assert_account(0)

    def test_the_counter_refuses_what_is_not_there(self):
        account = self.account()
        row = {
            "account_id": account.id,
            "points": -2341,
            "kind": "redeem",
            "date": self.env.cr.now().date(),
            "idempotency_key": "test:too-much",
        }
        with self.assertRaisesRegex(PointsExceeded, "has 2340 points to use"):
            self.accounts._b2b_book([row])
        with self.assertRaises(PointsExceeded):
            self.accounts._b2b_book(
                [dict(row, kind="reserve", points=2341, idempotency_key="test:2")]
            )
        self.assert_account(2340)
        self.assertFalse(self.rows("redeem", "reserve"))

    def test_points_of_the_same_order_pay_nothing_of_it(self):
        self.give(-2340)
        order = self.order((self.goods, 1000, 10))
        with self.assertRaisesRegex(UserError, "There are 0 points"):
            order._b2b_points_choose(1)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(self.account().pending, 10000)
        later = self.order((self.goods, 1, 10))
        with self.assertRaisesRegex(UserError, "There are 0 points"):
            later._b2b_points_choose(1)

    def test_what_points_pay_earns_nothing(self):
        order = self.taxed((self.goods, 10, 9.99, self.tax20))
        self.assertEqual(order.b2b_points, 99)
        order._b2b_points_choose(1500)
        self.assertEqual(order.b2b_points, 84)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(self.account().pending, 84)
        self.invoice(order)
        self.assertEqual((self.account().balance, self.account().pending), (924, 0))

    def test_partial_invoices_take_their_share(self):
        order = self.taxed((self.goods, 10, 10, self.tax20))
        self.goods.invoice_policy = "delivery"
        order._b2b_points_choose(1000)
        order.action_confirm()
        line = order.order_line[0]
        line.qty_delivered = 4
        first = self.invoice(order)
        self.assertEqual((first.amount_untaxed, first.amount_total), (36, 43.2))
        line.qty_delivered = 10
        second = self.invoice(order)
        self.assertEqual((second.amount_untaxed, second.amount_total), (54, 64.8))
        self.assert_account(2340 - 1000 + 36 + 54)

    def test_credit_note_gives_back_points_and_money_in_their_share(self):
        order = self.taxed((self.goods, 10, 10, self.tax20))
        order._b2b_points_choose(1000)
        order.action_confirm()
        invoice = self.invoice(order)
        self.assertEqual(invoice.amount_untaxed, 90)
        self.assert_account(1340 + 90)
        credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        credit.invoice_line_ids.filtered(lambda ln: ln.price_unit > 0).quantity = 3
        credit.action_post()
        self.env.flush_all()
        # 3 of 10: 27 of the money, 300 of the points, 27 of what was earned
        self.assertEqual((credit.amount_untaxed, credit.amount_total), (27, 32.4))
        self.assert_account(1340 + 300 + 90 - 27)
        back = self.account().entry_ids.filtered(
            lambda e: e.kind == "redeem" and e.points > 0
        )
        self.assertEqual((back.points, back.move_id), (300, credit))
        rest = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        rest.invoice_line_ids.filtered(lambda ln: ln.price_unit > 0).quantity = 7
        rest.action_post()
        self.env.flush_all()
        self.assertEqual(rest.amount_untaxed, 63)
        self.assert_account(2340)

    def test_full_credit_note_and_back_to_draft(self):
        order = self.taxed((self.goods, 10, 10, self.tax20))
        order._b2b_points_choose(1000)
        order.action_confirm()
        invoice = self.invoice(order)
        credit = self.credit(invoice)
        self.assertEqual(credit.amount_total, invoice.amount_total)
        self.assert_account(2340)
        credit.button_draft()
        self.env.flush_all()
        self.assert_account(1430)
        credit.action_post()
        self.env.flush_all()
        self.assert_account(2340)
        # cancelled afterwards: nothing comes back twice
        order.with_context(disable_cancel_warning=True)._action_cancel()
        self.env.flush_all()
        self.assert_account(2340)

    def test_taken_back_after_it_was_used_is_somebodys_task(self):
        invoice = self.invoice(self.confirmed((self.goods, 10, 10)))
        self.give(-2340)
        order = self.order((self.goods, 1, 10))
        order._b2b_points_choose(60)
        order.action_confirm()
        self.env.flush_all()
        self.assert_account(40)
        self.assertFalse(self.program.activity_ids)
        for quantity, balance in ((5, -10), (5, -60)):
            credit = self.credit(invoice, [quantity])
            self.assert_account(balance)
            (task,) = self.program.activity_ids
            self.assertIn(self.party.name, task.summary)
            self.assertIn(f"{balance} points", task.note)
            entry = self.entries.search([("move_id", "=", credit.id)])
            self.assertEqual(entry.user_id, self.env.user)
        self.assertEqual(self.account().liability, 0)

    def test_cancelled_order_keeps_what_its_invoice_was_paid_with(self):
        order = self.order((self.goods, 10, 10))
        order._b2b_points_choose(1000)
        order.action_confirm()
        self.invoice(order)
        order.with_context(disable_cancel_warning=True)._action_cancel()
        self.env.flush_all()
        self.assert_account(1430)

    def test_less_goods_after_confirmation(self):
        self.program.redeem_percent = 50
        order = self.order((self.goods, 4, 10))
        order._b2b_points_choose(2000)
        order.action_confirm()
        order.order_line[0].product_uom_qty = 2
        self.env.flush_all()
        self.assertEqual((order.b2b_points_used, order.amount_total), (1000, 10))
        self.assert_account(2340 - 1000)
        self.assertIn("Points lowered from 2,000 to 1,000", order.message_ids[0].body)
        order.order_line[0].product_uom_qty = 4
        self.env.flush_all()
        self.assertEqual(order.b2b_points_used, 1000)
