"""Points of orders that are opened again, change their taxes, or were prepaid."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_settle import SettleCase


@tagged("post_install", "-at_install")
class TestSettleAgain(SettleCase):
    def taxes(self, order):
        """``{tax: net that points pay}`` of an order."""
        lines = self.points_lines(order).filtered("price_unit")
        return {line.tax_ids.amount: -line.price_subtotal for line in lines}

    def both(self, points=8000):
        return self.make(
            points, (self.goods, 30, 10, self.tax20), (self.other, 10, 10, self.tax5)
        )

    # -- less goods before an invoice ---------------------------------------------

    def test_goods_of_one_tax_go(self):
        order = self.both()
        self.assertEqual(self.taxes(order), {20: 60, 5: 20})
        order.order_line[1].product_uom_qty = 0
        self.env.flush_all()
        self.assertEqual(self.taxes(order), {20: 80})
        self.assertEqual(len(self.points_lines(order)), 1)
        self.assertEqual((order.amount_untaxed, order.amount_tax), (220, 44))
        invoice = self.create_invoice(order, (30, 0))
        self.assertEqual((invoice.amount_untaxed, invoice.amount_tax), (220, 44))
        self.assertEqual(order.invoice_status, "invoiced")
        self.assert_account(100000 - 8000 + 220)

    def test_less_goods_of_one_tax_split_anew(self):
        order = self.both()
        order.order_line[0].product_uom_qty = 15
        self.env.flush_all()
        self.assertEqual(self.taxes(order), {20: 48, 5: 32})
        self.assertEqual(order.amount_tax, 23.8)

    def test_taxes_of_goods_stay_once_points_are_billed(self):
        order = self.both()
        order.order_line[1].tax_ids = self.tax20
        self.env.flush_all()
        self.assertEqual(self.taxes(order), {20: 80})
        # Nothing of it is billed: no line of 0.00 on order and paper.
        self.assertEqual(len(self.points_lines(order)), 1)
        order.order_line[1].tax_ids = self.tax5
        self.create_invoice(order, (6, 2))
        with self.assertRaisesRegex(UserError, "invoiced with the taxes as they are"):
            order.order_line[1].tax_ids = self.tax20
        order.order_line[1].tax_ids = self.tax5
        self.assertEqual(self.taxes(order), {20: 60, 5: 20})

    # -- opened again ------------------------------------------------------------

    def reopened(self, points=2000, delivered=40):
        order = self.make(points, (self.goods, 40, 10, self.tax20))
        self.create_invoice(order, (delivered,))
        order._action_cancel()
        order.action_draft()
        self.env.flush_all()
        return order

    def test_line_of_points_on_an_invoice_stays(self):
        order = self.reopened()
        balance = self.account().balance
        for line in (self.points_lines(order), order.order_line):
            with self.assertRaisesRegex(UserError, "invoiced already"):
                line.unlink()
        with self.assertRaisesRegex(UserError, "invoiced already"):
            order.write({"order_line": [Command.delete(self.points_lines(order).id)]})
        self.assertEqual(self.account().balance, balance)

    def test_goods_of_an_invoice_with_points_stay(self):
        """Without them its credit note would give all money and no points."""
        order = self.reopened()
        goods = order.order_line[0]
        with self.assertRaisesRegex(UserError, "is invoiced and partly paid by points"):
            goods.unlink()
        goods.product_uom_qty = 0
        with self.assertRaisesRegex(UserError, "is invoiced and partly paid by points"):
            order.write({"order_line": [Command.delete(goods.id)]})
        credit = self.credit(order.invoice_ids)
        self.assertEqual((credit.amount_untaxed, credit.amount_total), (380, 456))
        self.assertEqual(self.given_back(), 2000)
        self.assert_account(100000)

    def test_other_goods_of_a_reopened_order_go(self):
        order = self.make(
            2000, (self.goods, 40, 10, self.tax20), (self.other, 1, 5, self.tax20)
        )
        self.create_invoice(order, (40, 0))
        order._action_cancel()
        order.action_draft()
        order.order_line[1].unlink()
        self.assertEqual(len(order.order_line), 2)

    def test_goods_go_once_their_invoice_is_credited(self):
        order = self.credited()
        order.order_line[0].unlink()
        order.order_line.unlink()
        self.assert_account(100000)

    def test_line_of_points_on_a_draft_invoice_stays(self):
        order = self.make(2000, (self.goods, 40, 10, self.tax20))
        order.order_line[0].qty_delivered = 40
        invoice = order._create_invoices()
        order.with_context(disable_cancel_warning=True)._action_cancel()
        order.action_draft()
        if invoice.state != "cancel":
            with self.assertRaisesRegex(UserError, "invoiced already"):
                self.points_lines(order).unlink()
        else:
            self.points_lines(order).unlink()
            self.assert_account(100000)

    def test_reopened_order_keeps_its_points_whatever_the_balance(self):
        order = self.reopened()
        self.give(-self.account().balance)
        order.order_line[0].name = "Cake stand, white"
        order._b2b_points_settle()
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual((order.amount_untaxed, order.b2b_points_used), (380, 2000))
        self.assert_account(0)

    def test_reopened_and_partly_billed(self):
        """20,000 points, 10 of 40 billed: the other 15,000 are taken again."""
        order = self.reopened(20000, 10)
        self.assert_account(100000 - 5000 + 50)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual((order.amount_untaxed, order.b2b_points_used), (200, 20000))
        self.assert_account(100000 - 20000 + 50)

    def test_reopened_and_lowered(self):
        order = self.reopened()
        order.order_line[0].product_uom_qty = 10
        self.env.flush_all()
        self.assertEqual(order.amount_untaxed, 95)
        order.action_confirm()
        self.env.flush_all()
        credit = self.create_invoice(order, (10,))
        self.assertEqual((credit.move_type, credit.amount_untaxed), ("out_refund", 285))
        self.assertEqual(self.given_back(), 1500)
        self.assertEqual((order.amount_untaxed, order.invoice_status), (95, "invoiced"))
        self.assert_account(100000 - 500 + 95)

    def test_reopened_emptied_and_filled_again(self):
        """The order says what its invoice says."""
        self.goods.invoice_policy = "order"
        order = self.reopened()
        goods = order.order_line[0]
        goods.product_uom_qty = 0
        self.env.flush_all()
        self.assertEqual((order.amount_untaxed, order.b2b_points_used), (0, 0))
        with self.assertRaisesRegex(UserError, "invoiced with the taxes as they are"):
            goods.tax_ids = self.tax5
        for quantity, net, used in ((20, 190, 1000), (40, 380, 2000), (50, 480, 2000)):
            goods.product_uom_qty = quantity
            self.env.flush_all()
            self.assertEqual((order.amount_untaxed, order.b2b_points_used), (net, used))
        self.assertEqual(self.points_lines(order).name, "2,000 points")
        goods.product_uom_qty = 40
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual((order.amount_total, order.invoice_status), (456, "invoiced"))
        self.assert_account(100000 - 2000 + 380)
        self.credit(order.invoice_ids)
        self.assert_account(100000)
        self.assertEqual(self.create_invoice(order).amount_untaxed, 380)
        self.assert_account(100000 - 2000 + 380)

    def test_lowered_and_raised_before_the_credit_note(self):
        """Other goods than the billed ones bring no points back."""
        order = self.reopened(777)
        goods = order.order_line[0]
        goods.product_uom_qty = 30
        self.other.taxes_id = self.tax20
        order.write({"order_line": [Command.create({"product_id": self.other.id})]})
        (order.order_line - goods - self.points_lines(order)).product_uom_qty = 5
        self.env.flush_all()
        self.assertEqual((order.b2b_points_used, order.b2b_points_value), (583, 5.83))
        goods.product_uom_qty = 40
        self.env.flush_all()
        self.assertEqual((order.b2b_points_used, order.b2b_points_value), (777, 7.77))
        self.assert_account(100000 - 777 + 392)

    def test_another_customer_gets_no_points_that_are_billed(self):
        order = self.reopened()
        balance = self.account().balance
        order.partner_id = self.make_party("Points elsewhere")
        self.env.flush_all()
        self.assertEqual(self.account().balance, balance)

    # -- down payments -----------------------------------------------------------

    def test_goods_on_a_credit_note_of_a_down_payment_earn(self):
        order = self.both()
        wizard = self.env["sale.advance.payment.inv"].with_context(active_ids=order.ids)
        wizard = wizard.create({"advance_payment_method": "percentage", "amount": 50})
        wizard.create_invoices()
        down = order.invoice_ids
        down.action_post()
        self.assert_points(100000 - 8000, 320)
        credit = self.create_invoice(order, (10, 0))
        self.assertEqual(credit.move_type, "out_refund")
        # 100.00 less 20.00 of points
        self.assert_points(100000 - 8000 + 80, 240)
        self.create_invoice(order, (30, 10))
        self.assert_points(100000 - 8000 + 320, 0)
        self.create_invoice(order, (20, 10))
        self.assert_points(100000 - 8000 + 2000 + 240, 0)

    def test_a_return_on_an_invoice_opens_nothing_again(self):
        order = self.make(
            6000, (self.goods, 30, 10, self.tax20), (self.other, 30, 10, self.tax5)
        )
        self.create_invoice(order, (30, 0))
        self.create_invoice(order, (20, 30))
        self.assertEqual(self.account().pending, 0)

    # -- wholly credited and opened again ------------------------------------------

    def credited(self, points=8000, **values):
        self.goods.invoice_policy = "order"
        order = self.make(points, (self.goods, 40, 10, self.tax20))
        self.credit(self.create_invoice(order))
        self.assert_account(100000)
        order._action_cancel()
        order.action_draft()
        self.env.flush_all()
        return order

    def test_confirmed_again_takes_its_points_again(self):
        order = self.credited()
        order.action_confirm()
        self.env.flush_all()
        self.assert_account(100000 - 8000)
        invoice = self.create_invoice(order)
        self.assertEqual(invoice.amount_untaxed, 320)
        self.assert_account(100000 - 8000 + 320)
        part = self.credit_goods(invoice, 10)
        self.assertEqual(part.amount_untaxed, 80)
        self.assert_account(100000 - 8000 + 2000 + 240)
        self.credit_goods(invoice, 30)
        self.assert_account(100000)

    def test_fewer_points_the_second_time(self):
        order = self.credited()
        order._b2b_points_choose(4000)
        self.assertEqual(order.amount_untaxed, 360)
        self.assert_account(100000)
        order.action_confirm()
        self.env.flush_all()
        self.assert_account(100000 - 4000)
        self.assertEqual(self.create_invoice(order).amount_untaxed, 360)
        self.assert_account(100000 - 4000 + 360)

    def test_line_removed_the_second_time(self):
        order = self.credited()
        self.points_lines(order).unlink()
        self.assertEqual(order.amount_untaxed, 400)
        order.action_confirm()
        self.env.flush_all()
        self.assert_account(100000)
        self.assertEqual(self.create_invoice(order).amount_untaxed, 400)
        self.assert_account(100000 + 400)

    def test_confirmed_again_and_cancelled(self):
        order = self.credited()
        order.action_confirm()
        order._action_cancel()
        self.env.flush_all()
        self.assert_account(100000)

    def test_half_credited_and_confirmed_again(self):
        """Half of it is billed again; until then its points are taken."""
        self.goods.invoice_policy = "order"
        order = self.make(8000, (self.goods, 40, 10, self.tax20))
        self.credit_goods(self.create_invoice(order), 20)
        self.assert_account(100000 - 4000 + 160)
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.env.flush_all()
        self.assert_account(100000 - 8000 + 160)
        invoice = self.create_invoice(order)
        self.assertEqual(invoice.amount_untaxed, 160)
        self.assert_account(100000 - 8000 + 320)

    def test_without_points_left_it_is_fewer_the_second_time(self):
        order = self.credited()
        self.give(-self.account().balance + 400)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual((order.b2b_points_used, order.amount_untaxed), (400, 396))
        self.assert_account(0)
        self.assertEqual(self.create_invoice(order).amount_untaxed, 396)
