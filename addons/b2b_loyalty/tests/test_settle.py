"""Points on partial invoices, on credit notes and after a lowered quantity."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..exceptions import PointsExceeded
from .test_redeem import RedeemCase


class SettleCase(RedeemCase):
    """A party with 100,000 points, and articles that are invoiced when delivered."""

    def setUp(self):
        super().setUp()
        self.give(97660)  # 100,000 with what is there
        (self.goods | self.other).invoice_policy = "delivery"

    def make(self, points, *lines):
        order = self.taxed(*lines)
        order._b2b_points_choose(points)
        order.action_confirm()
        self.env.flush_all()
        return order

    def create_invoice(self, order, delivered=None):
        """Deliver so many of each line of goods and press “Create Invoice”."""
        goods = order.order_line - self.points_lines(order)
        for line, quantity in zip(goods, delivered or (), strict=False):
            line.qty_delivered = quantity
        move = order._create_invoices(final=True)
        move.action_post()
        self.env.flush_all()
        return move

    def credit_goods(self, invoice, *quantities):
        """“Credit Note” with so many of each line of goods, as typed by hand."""
        credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        goods = credit.invoice_line_ids.filtered(lambda line: line.price_unit > 0)
        for line, quantity in zip(goods, quantities, strict=True):
            line.quantity = quantity
        credit.action_post()
        self.env.flush_all()
        return credit

    def nets(self, move):
        """``{tax: net of points}`` of a document, all of them above zero."""
        lines = move.invoice_line_ids.filtered(lambda line: line.price_unit < 0)
        return {line.tax_ids.amount: -line.price_subtotal for line in lines}

    def names(self, move):
        lines = move.invoice_line_ids.filtered(lambda line: line.price_unit < 0)
        return [line.name.split("\n")[0] for line in lines]

    def given_back(self):
        return sum(points for _kind, points in self.rows("redeem") if points > 0)


@tagged("post_install", "-at_install")
class TestSettle(SettleCase):
    """Figures of 20 % and 5 %, worked out by hand."""

    # -- returns -----------------------------------------------------------------

    def test_credit_note_of_a_return(self):
        """8,000 points pay a fifth of 400; 10 of 30 come back by "Create Invoice"."""
        order = self.make(
            8000, (self.goods, 30, 10, self.tax20), (self.other, 10, 10, self.tax5)
        )
        invoice = self.create_invoice(order, (30, 10))
        self.assertEqual(invoice.amount_untaxed, 320)
        self.assert_account(100000 - 8000 + 320)
        credit = self.create_invoice(order, (20, 10))
        self.assertEqual(credit.move_type, "out_refund")
        self.assertEqual((credit.amount_untaxed, credit.amount_total), (80, 96))
        self.assertEqual(self.nets(credit), {20: 20})
        self.assertEqual(self.names(credit), ["2,000 points"])
        self.assertEqual(self.given_back(), 2000)
        self.assertEqual(self.rows("reverse"), [("reverse", -80)])
        self.assert_account(100000 - 8000 + 320 + 2000 - 80)
        # they come again: the points are taken again with the money
        again = self.create_invoice(order, (30, 10))
        self.assertEqual(again.amount_untaxed, 80)
        self.assert_account(100000 - 8000 + 320)

    # -- two taxes ---------------------------------------------------------------

    def two_taxes(self):
        order = self.make(
            4567, (self.goods, 9, 10, self.tax20), (self.other, 6, 10, self.tax5)
        )
        return order, self.create_invoice(order, (3, 0)), order

    def test_an_invoiced_order_that_is_reopened_keeps_its_points(self):
        order = self.make(2000, (self.goods, 40, 10, self.tax20))
        self.create_invoice(order, (40,))
        balance = self.account().balance
        order._action_cancel()
        order.action_draft()
        for points in (0, 500):
            with self.assertRaisesRegex(UserError, "invoiced already"):
                order._b2b_points_choose(points)
        order.action_confirm()
        self.assertEqual(self.account().balance, balance)

    def test_partial_invoices_bear_points_of_their_goods(self):
        order, first, _order = self.two_taxes()
        self.assertEqual(self.nets(first), {20: 9.13})
        self.assertEqual(self.names(first), ["913 points"])
        # 20 % of 20.87
        self.assertEqual((first.amount_untaxed, first.amount_tax), (20.87, 4.17))
        second = self.create_invoice(order, (3, 1))
        self.assertEqual(self.nets(second), {5: 3.05})
        self.assertEqual((second.amount_untaxed, second.amount_tax), (6.95, 0.35))
        last = self.create_invoice(order, (9, 6))
        self.assertEqual(self.nets(last), {20: 18.27, 5: 15.22})
        total = sum((first | second | last).mapped("amount_untaxed"))
        self.assertAlmostEqual(total, 150 - 45.67)
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(self.points_lines(order).mapped("qty_invoiced"), [1, 1])

    def test_credit_notes_of_a_part_come_to_the_invoice(self):
        _order, invoice, _same = self.two_taxes()
        first = self.credit_goods(invoice, 1)
        self.assertEqual((first.amount_untaxed, self.given_back()), (6.96, 304))
        self.assertEqual(self.names(first), ["304 points"])
        second = self.credit_goods(invoice, 2)
        self.assertEqual((second.amount_untaxed, self.given_back()), (13.91, 913))
        self.assertFalse(first.amount_tax + second.amount_tax - invoice.amount_tax)
        # nothing is left to be given back
        self.credit_goods(invoice, 3)
        self.assertEqual(self.given_back(), 913)

    def test_draft_that_is_changed_takes_its_points_with_it(self):
        order = self.make(2000, (self.goods, 10, 10, self.tax20))
        order.order_line[0].qty_delivered = 10
        invoice = order._create_invoices()
        invoice.invoice_line_ids[0].quantity = 5
        invoice.action_post()
        self.assertEqual(self.nets(invoice), {20: 10})

    # -- lowered quantities ------------------------------------------------------

    def test_lowered_after_a_partial_invoice(self):
        self.program.redeem_percent = 50
        order = self.make(20000, (self.goods, 40, 10, self.tax20))
        first = self.create_invoice(order, (10,))
        self.assertEqual(first.amount_untaxed, 50)
        order.order_line[0].product_uom_qty = 20
        self.env.flush_all()
        self.assertEqual((order.amount_untaxed, order.b2b_points_used), (100, 10000))
        self.assertEqual(self.given_back(), 10000)
        self.assertIn("from 20,000 to 10,000", order.message_ids[0].body)
        second = self.create_invoice(order, (20,))
        self.assertEqual((second.move_type, second.amount_untaxed), ("out_invoice", 50))
        self.assert_account(100000 - 10000 + 100)

    def test_lowered_below_what_was_invoiced(self):
        self.goods.invoice_policy = "order"
        order = self.make(10000, (self.goods, 40, 10, self.tax20))
        self.assertEqual(self.create_invoice(order).amount_untaxed, 300)
        order.order_line[0].product_uom_qty = 30
        self.env.flush_all()
        self.assertEqual(order.amount_untaxed, 225)
        self.assertEqual(self.given_back(), 0)
        credit = self.create_invoice(order)
        self.assertEqual((credit.move_type, credit.amount_untaxed), ("out_refund", 75))
        self.assertEqual((self.given_back(), order.amount_untaxed), (2500, 225))
        self.assert_account(100000 - 7500 + 225)
        # all of it: everything comes back, and no more than everything
        order.order_line[0].product_uom_qty = 0
        self.env.flush_all()
        self.assertEqual(self.create_invoice(order).amount_untaxed, 225)
        self.assert_account(100000)
        with self.assertRaises(UserError):
            order._create_invoices(final=True)

    def test_raised_again_gives_no_points_again(self):
        order = self.make(20000, (self.goods, 40, 10, self.tax20))
        self.create_invoice(order, (10,))
        order.order_line[0].product_uom_qty = 20
        order.order_line[0].product_uom_qty = 40
        self.assertEqual(order.b2b_points_used, 10000)
        last = self.create_invoice(order, (40,))
        self.assertEqual(last.amount_untaxed, 300 - 50)
        self.assert_account(100000 - 10000 + 300)

    # -- unusual documents -------------------------------------------------------

    def test_return_and_delivery_on_one_invoice(self):
        """6,000 points pay a tenth; 10 come back while 30 of the other tax go."""
        order = self.make(
            6000, (self.goods, 30, 10, self.tax20), (self.other, 30, 10, self.tax5)
        )
        self.create_invoice(order, (30, 0))
        mixed = self.create_invoice(order, (20, 30))
        self.assertEqual((mixed.move_type, mixed.amount_untaxed), ("out_invoice", 180))
        # 270.00 at 5 % less 90.00 at 20 %
        self.assertEqual(mixed.amount_tax, 13.5 - 18)
        self.assertEqual(self.given_back(), 1000)
        self.assert_account(100000 - 6000 + 1000 + 270 + 180)

    def test_reversed_and_billed_again(self):
        """An invoice that is reversed and made anew takes its points again."""
        self.goods.invoice_policy = self.other.invoice_policy = "order"
        order = self.make(
            3333, (self.goods, 30, 10, self.tax20), (self.other, 11, 10, self.tax5)
        )
        invoice = self.create_invoice(order)
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = wizard.create({"journal_id": invoice.journal_id.id})
        action = wizard.modify_moves()
        self.env.flush_all()
        self.assert_account(100000)
        again = self.env["account.move"].browse(action["res_id"])
        again.action_post()
        self.env.flush_all()
        self.assertEqual(again.amount_untaxed, invoice.amount_untaxed)
        self.assert_account(100000 - 3333 + 376)

    def test_billed_again_without_points_is_refused(self):
        self.goods.invoice_policy = "order"
        order = self.make(3333, (self.goods, 30, 10, self.tax20))
        invoice = self.create_invoice(order)
        self.credit(invoice)
        self.give(-100000)
        again = order._create_invoices()
        # what this invoice would earn is not among them
        said = self.assertRaisesRegex(PointsExceeded, "has 0 points to use")
        with said, self.cr.savepoint():
            again.action_post()

    def test_prices_that_include_the_tax(self):
        self.tax20.price_include_override = "tax_included"
        order = self.make(1000, (self.goods, 10, 12, self.tax20))
        first = self.create_invoice(order, (3,))
        self.assertEqual((first.amount_untaxed, first.amount_total), (27, 32.4))
        second = self.create_invoice(order, (10,))
        self.assertEqual((second.amount_untaxed, second.amount_total), (63, 75.6))
        credit = self.credit_goods(first, 3)
        self.assertEqual((credit.amount_total, self.given_back()), (32.4, 300))

    def test_draft_back_and_cancelled(self):
        order = self.make(2000, (self.goods, 10, 10, self.tax20))
        first = self.create_invoice(order, (5,))
        first.button_draft()
        first.button_cancel()
        self.env.flush_all()
        last = self.create_invoice(order, (10,))
        self.assertEqual((last.amount_untaxed, self.nets(last)), (80, {20: 20}))
        self.assert_account(100000 - 2000 + 80)

    def test_goods_with_a_fixed_tax_beside(self):
        """Points never take off a fixed tax; the goods bear them all the same."""
        fixed = self.env["account.tax"].create(
            {"name": "Points eco", "amount_type": "fixed", "amount": 0.5}
        )
        order = self.make(
            1000, (self.goods, 10, 10, self.tax20 | fixed), (self.other, 10, 10, fixed)
        )
        first = self.create_invoice(order, (4, 0))
        self.assertEqual(self.nets(first), {20: 2})
        last = self.create_invoice(order, (10, 10))
        self.assertEqual(first.amount_untaxed + last.amount_untaxed, 190)
        self.assertAlmostEqual(first.amount_tax + last.amount_tax, order.amount_tax)

    def test_accountant_who_sees_no_orders(self):
        order = self.make(2000, (self.goods, 10, 10, self.tax20))
        order.order_line[0].qty_delivered = 10
        invoice = order._create_invoices()
        clerk = new_test_user(self.env, "points_clerk", "account.group_account_invoice")
        invoice.with_user(clerk).invoice_line_ids[0].quantity = 5
        invoice.with_user(clerk).action_post()
        self.env.flush_all()
        self.assertEqual(invoice.amount_untaxed, 40)
