"""Basis, rounding, payment methods and small values of a program."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_redeem import RedeemCase


@tagged("post_install", "-at_install")
class TestTerms(RedeemCase):
    def setUp(self):
        super().setUp()
        self.give(97660)  # 100,000 with what is there

    def earned(self, move):
        rows = self.entries.search([("move_id", "=", move.id)])
        return sum(row.points for row in rows if row.kind in ("earn", "reverse"))

    # -- basis -------------------------------------------------------------------

    def test_amounts_including_tax(self):
        """3 x 33.33 at 20 % and 7 x 7.77 at 5 %: 119.99 and 57.11 with tax."""
        self.program.basis = "gross"
        order = self.taxed(
            (self.goods, 3, 33.33, self.tax20), (self.other, 7, 7.77, self.tax5)
        )
        self.assertEqual(order._b2b_points_preview(), 177)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(self.account().pending, 177)
        invoice = self.invoice(order)
        self.assertEqual((self.earned(invoice), self.account().pending), (177, 0))
        credit = self.credit(invoice)
        self.assertEqual(self.earned(credit), -177)

    def test_amounts_including_tax_less_what_points_pay(self):
        """100 at 20 % and 100 at 5 %, 10 off each: 108.00 + 94.50 with tax."""
        self.program.basis = "gross"
        order = self.taxed(
            (self.goods, 10, 10, self.tax20), (self.other, 10, 10, self.tax5)
        )
        order._b2b_points_choose(2000)
        self.assertEqual(order.amount_total, 202.5)
        order.action_confirm()
        self.env.flush_all()
        invoice = self.invoice(order)
        self.assertEqual(self.earned(invoice), 202)

    # -- rounding ----------------------------------------------------------------

    def test_to_the_nearest(self):
        self.program.rounding = "nearest"
        order = self.confirmed((self.goods, 1, 99.5))
        self.assertEqual(self.account().pending, 100)
        invoice = self.invoice(order)
        self.assertEqual((self.earned(invoice), self.account().pending), (100, 0))
        self.assertEqual(self.earned(self.credit(invoice)), -100)
        self.assertEqual(
            self.earned(self.invoice(self.confirmed((self.goods, 1, 99.49)))), 99
        )

    def test_credit_notes_take_no_more_than_was_earned(self):
        """3 x 0.50 earn 2; each note would round 0.50 up to 1, together they take 2."""
        self.program.rounding = "nearest"
        invoice = self.invoice(self.confirmed((self.goods, 3, 0.5)))
        taken = [self.earned(self.credit(invoice, [1])) for _note in range(3)]
        self.assertEqual((self.earned(invoice), sum(taken)), (2, -2))

    def test_partial_invoices_come_to_the_order(self):
        self.program.rounding = "nearest"
        order = self.confirmed((self.goods, 10, 1.25))
        self.assertEqual(self.account().pending, 13)
        first = self.invoice(order, [5])
        self.assertEqual((self.earned(first), self.account().pending), (6, 6))
        self.invoice(order)
        self.assertEqual(self.account().pending, 0)

    # -- payment methods ---------------------------------------------------------

    def paid(self, order, method, state="done"):
        # Of Odoo's own accord; only which method it was matters here.
        provider = self.env["payment.provider"].search([], limit=1)
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"points-{order.id}-{state}",
                "sale_order_ids": [(6, 0, order.ids)],
                "state": state,
            }
        )

    def test_payment_method_that_earns_nothing(self):
        card = self.env.ref("payment.payment_method_card")
        other = self.env["payment.method"].search(
            [("is_primary", "=", True), ("id", "!=", card.id)], limit=1
        ) or card.copy({"code": "points_other"})
        self.program.without_method_ids = card
        plain, by_card, by_other, failed = orders = [
            self.order((self.goods, 1, 10)) for _order in range(4)
        ]
        for order in orders:
            order.action_quotation_sent()
        self.paid(by_card, card, "pending")
        self.paid(by_other, other)
        self.paid(failed, card, "error")
        for order, points in ((plain, 10), (by_card, 0), (by_other, 10), (failed, 10)):
            self.assertEqual(order._b2b_points_preview(), points)
        by_card.action_confirm()
        self.env.flush_all()
        self.assertEqual(self.account().pending, 0)

    # -- value below a penny -----------------------------------------------------

    def test_hundred_points_are_half_a_pound(self):
        self.program.point_value = 0.005
        self.env.flush_all()
        self.program.invalidate_recordset()
        self.assertEqual(self.program.point_value, 0.005)
        self.assertEqual(self.account().liability, 500)
        order = self.taxed((self.goods, 10, 10, self.tax20))
        found = order._b2b_points_choose(100)
        self.assertEqual((found.points, order.amount_untaxed), (100, 99.5))
        with self.assertRaisesRegex(UserError, "worth nothing"):
            order._b2b_points_choose(1)
        order.action_confirm()
        self.env.flush_all()
        self.assert_account(99900)
        credit = self.credit(self.invoice(order))
        self.assertEqual(credit.amount_untaxed, 99.5)
        self.assert_account(100000)

    @mute_logger("odoo.sql_db")
    def test_value_out_of_bounds_is_refused(self):
        for value in (-0.001, 1_000_001):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.make_program(point_value=value)
