"""To the cent and to the point, however many documents an order becomes."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .test_settle import SettleCase


@tagged("post_install", "-at_install")
class TestSettleExact(SettleCase):
    def earned(self, moves):
        rows = self.entries.search([("move_id", "in", moves.ids)])
        return sum(row.points for row in rows if row.kind in ("earn", "reverse"))

    def test_partial_invoice_bears_its_share_to_the_cent(self):
        """20 of 30 of 30.00: 20.00, not two thirds of a hundred."""
        order = self.make(3000, (self.goods, 30, 10, self.tax20))
        first = self.create_invoice(order, (20,))
        self.assertEqual(self.nets(first), {20: 20})
        last = self.create_invoice(order, (30,))
        self.assertEqual(self.nets(last), {20: 10})

    def test_five_of_a_thousand_lines(self):
        order = self.make(1000, (self.goods, 1000, 1, self.tax20))
        self.assertEqual(self.nets(self.create_invoice(order, (5,))), {20: 0.05})

    def test_credit_notes_come_to_the_invoice(self):
        """151.50 less 10.00 earn 141; notes of 4, 9 and 17 pieces take just that."""
        order = self.make(1000, (self.goods, 30, 5.05, self.tax20))
        invoice = self.create_invoice(order, (30,))
        self.assertEqual((invoice.amount_untaxed, self.earned(invoice)), (141.5, 141))
        notes = [self.credit_goods(invoice, number) for number in (4, 9, 17)]
        # 10.00 as 1.33, 3.00 and the rest
        self.assertEqual([self.nets(n)[20] for n in notes], [1.33, 3.0, 5.67])
        notes = self.env["account.move"].union(*notes)
        self.assertEqual(sum(notes.mapped("amount_untaxed")), 141.5)
        self.assertEqual((self.earned(notes), self.given_back()), (-141, 1000))
        self.assert_account(100000)

    def test_credit_notes_of_uneven_prices(self):
        for quantity, price, points in (
            (7, 3.33, 777),
            (13, 0.99, 123),
            (3, 33.37, 999),
        ):
            order = self.make(points, (self.goods, quantity, price, self.tax20))
            invoice = self.create_invoice(order, (quantity,))
            notes = self.env["account.move"]
            for _piece in range(quantity):
                notes |= self.credit_goods(invoice, 1)
            self.assertAlmostEqual(
                sum(notes.mapped("amount_untaxed")), invoice.amount_untaxed
            )
            self.assertEqual(self.earned(invoice | notes), 0)
            self.assert_account(100000)

    def test_return_and_new_delivery_of_one_tax(self):
        """6,000 points pay a tenth; 10 come back, 10 others of the same tax go."""
        order = self.make(
            6000, (self.goods, 30, 10, self.tax20), (self.other, 30, 10, self.tax20)
        )
        self.create_invoice(order, (30, 0))
        mixed = self.create_invoice(order, (20, 20))
        self.assertEqual(mixed.amount_untaxed, 90)
        self.assertEqual(self.nets(mixed), {20: 10})
        self.assertEqual(self.given_back(), 1000)
        last = self.create_invoice(order, (20, 30))
        self.assertEqual(last.amount_untaxed, 90)
        # nothing of it is left but what came back
        self.assertEqual(order.invoice_status, "no")
        # 500.00 of goods, of which 50.00 by points; the other 1,000 are back
        self.assertEqual(sum(order.invoice_ids.mapped("amount_untaxed")), 270 + 90 + 90)
        self.assert_account(100000 - 5000 + 450)

    def test_return_and_as_much_of_one_tax(self):
        """Nothing is to be paid; what came back can be used again."""
        order = self.make(
            6000, (self.goods, 30, 10, self.tax20), (self.other, 30, 10, self.tax20)
        )
        self.create_invoice(order, (30, 0))
        mixed = self.create_invoice(order, (20, 10))
        self.assertEqual((mixed.amount_untaxed, self.given_back()), (0, 1000))
        last = self.create_invoice(order, (20, 30))
        self.assertEqual(last.amount_untaxed, 180)
        self.assert_account(100000 - 5000 + 450)
        # they are delivered after all
        self.assertEqual(self.create_invoice(order, (30, 30)).amount_untaxed, 90)
        self.assert_account(100000 - 6000 + 540)

    # -- lines -------------------------------------------------------------------

    def test_names_follow_the_points(self):
        order = self.make(20000, (self.goods, 40, 10, self.tax20))
        self.create_invoice(order, (10,))
        order.order_line[0].product_uom_qty = 20
        self.env.flush_all()
        self.assertEqual(self.points_lines(order).name, "10,000 points")

    def test_line_of_a_draft_stays_with_its_goods(self):
        order = self.make(2000, (self.goods, 10, 10, self.tax20))
        order.order_line[0].qty_delivered = 10
        invoice = order._create_invoices()
        goods, points = invoice.invoice_line_ids
        for call in (
            points.unlink,
            lambda: invoice.write({"invoice_line_ids": [Command.delete(points.id)]}),
        ):
            with self.assertRaisesRegex(
                UserError, "“2,000 points” belongs to the goods"
            ):
                call()
        (goods | points).unlink()
        self.assertFalse(invoice.invoice_line_ids)
        invoice.unlink()
        again = order._create_invoices()
        again.unlink()
        self.assertEqual(order._create_invoices().amount_untaxed, 80)

    def test_a_submitted_order_tells_no_old_reason(self):
        self.program.redeem_percent = 50
        order = self.taxed((self.goods, 40, 10, self.tax20))
        order._b2b_points_choose(30000)
        self.assertIn("at most 50", order.b2b_points_note)
        order.action_confirm()
        order.order_line[0].product_uom_qty = 100
        self.env.flush_all()
        self.assertEqual(order.b2b_points_note.count("."), 2, order.b2b_points_note)
        self.assertNotIn("at most", order.b2b_points_note)

    def test_reps_write_nothing_of_a_line_of_points(self):
        rep = new_test_user(
            self.env, "points_rep", "sales_team.group_sale_salesman_all_leads"
        )
        order = self.make(2000, (self.goods, 10, 10, self.tax20))
        line = self.points_lines(order).with_user(rep)
        for values in (
            {"name": "hello"},
            {"qty_delivered": 5},
            {"technical_price_unit": 1},
            {"extra_tax_data": {}},
            {"is_expense": True},
        ):
            with self.assertRaises(UserError, msg=values):
                line.write(values)

    def test_no_limit_of_reps_beside_points(self):
        if "b2b_discount_hint" not in self.env["sale.order.line"]:
            self.skipTest("without prices there are no limits")
        order = self.make(2000, (self.goods, 10, 10, self.tax20))
        self.assertFalse(self.points_lines(order).b2b_discount_hint)
        self.assertTrue(order.order_line[0].b2b_discount_hint)

    def test_what_has_ended_is_not_taken_back_once_more(self):
        self.program.valid_months = 1
        order = self.make(0, (self.goods, 10, 10, self.tax20))
        order.order_line[0].qty_delivered = 10
        invoice = order._create_invoices()
        invoice.invoice_date = "2025-11-15"
        invoice.action_post()
        self.env.flush_all()
        account = self.account()
        self.assertEqual(account.balance, 100100)
        account._b2b_expire(date(2026, 1, 1))
        self.assertEqual(account.balance, 100000)
        half = self.credit_goods(invoice, 5)
        rest = self.credit_goods(invoice, 5)
        self.assertEqual((self.earned(half), self.earned(rest)), (0, 0))
        self.assert_account(100000)
