from odoo.fields import Command
from odoo.tests import tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestInvoice(LoyaltyCase):
    def test_posting_grants_and_empties_pending(self):
        order = self.confirmed((self.goods, 10, 9.99))
        invoice = self.invoice(order, post=False)
        self.assert_points(0, 99)
        invoice.action_post()
        self.assert_points(99, 0)
        self.assertEqual(
            self.ledger(), [("pending", 99), ("earn", 99), ("pending", -99)]
        )
        entry = self.account().entry_ids.filtered(lambda e: e.kind == "earn")
        self.assertEqual((entry.move_id, entry.order_id), (invoice, order))
        self.assertEqual(entry.date, invoice.invoice_date)

    def test_posting_twice_grants_once(self):
        invoice = self.invoice(self.confirmed((self.goods, 10, 10)))
        invoice._b2b_loyalty_sync()
        invoice._b2b_loyalty_sync()
        self.assert_points(100, 0)
        self.assertEqual(len(self.account().entry_ids), 3)

    def test_partial_invoices_grant_their_share(self):
        order = self.confirmed((self.goods, 10, 9.99))
        self.invoice(order, [4])
        # 39.96 granted, 59.94 still open
        self.assert_points(39, 59)
        self.invoice(order)
        self.assert_points(39 + 59, 0)

    def test_invoice_of_two_orders_is_cut_off_once(self):
        orders = self.confirmed((self.goods, 1, 33.5))
        orders |= self.confirmed((self.goods, 1, 33.5))
        invoice = self.invoice(orders)
        self.assertEqual(len(invoice), 1)
        self.assert_points(67, 0)
        entry = self.account().entry_ids.filtered(lambda e: e.kind == "earn")
        self.assertFalse(entry.order_id)

    def test_price_changed_on_the_invoice(self):
        order = self.confirmed((self.goods, 10, 10))
        invoice = self.invoice(order, post=False)
        invoice.invoice_line_ids.price_unit = 8
        invoice.action_post()
        self.assert_points(80, 0)

    def test_full_credit_note_takes_everything_back(self):
        invoice = self.invoice(self.confirmed((self.goods, 10, 9.99)))
        credit = self.credit(invoice)
        self.assert_points(0, 0)
        entry = self.account().entry_ids.filtered(lambda e: e.kind == "reverse")
        self.assertEqual((entry.points, entry.move_id), (-99, credit))
        self.assertEqual(entry.lot_id.move_id, invoice)
        credit._b2b_loyalty_sync()
        self.assert_points(0, 0)

    def test_many_partial_credit_notes_take_back_exactly_what_was_earned(self):
        invoice = self.invoice(self.confirmed((self.goods, 10, 9.99)))
        for quantity, balance in ((3, 70), (3, 40), (3, 10), (1, 0)):
            self.credit(invoice, [quantity])
            self.assertEqual(self.account().balance, balance)
        self.assert_points(0, 0)

    def test_credit_note_takes_weights_into_account(self):
        self.program.weight_ids = [
            Command.create(
                {"name": "Kitchen", "factor": 3, "category_id": self.kitchen.id}
            )
        ]
        invoice = self.invoice(
            self.confirmed((self.goods, 10, 10), (self.other, 10, 10))
        )
        self.assert_points(400, 0)
        self.credit(invoice, [0, 10])
        self.assert_points(300, 0)

    def test_returned_goods_do_not_become_pending_again(self):
        order = self.confirmed((self.goods, 10, 10))
        self.credit(self.invoice(order), [4])
        order.order_line.price_unit = 10
        order._b2b_loyalty_sync()
        self.assert_points(60, 0)

    def test_back_to_draft_and_posted_again(self):
        order = self.confirmed((self.goods, 10, 10))
        invoice = self.invoice(order)
        invoice.button_draft()
        self.env.flush_all()
        self.assert_points(0, 100)
        invoice.invoice_line_ids.quantity = 5
        invoice.action_post()
        self.assert_points(50, 50)
        self.assertEqual(
            [points for kind, points in self.ledger() if kind != "pending"],
            [100, -100, 50],
        )

    def test_cancelled_invoice_gives_points_back_to_pending(self):
        order = self.confirmed((self.goods, 10, 10))
        invoice = self.invoice(order)
        invoice.button_cancel()
        self.env.flush_all()
        self.assert_points(0, 100)

    def test_credit_note_back_to_draft(self):
        invoice = self.invoice(self.confirmed((self.goods, 10, 10)))
        credit = self.credit(invoice, [4])
        self.assert_points(60, 0)
        credit.button_draft()
        self.env.flush_all()
        self.assert_points(100, 0)
        self.assertEqual(
            [row for row in self.ledger() if row[0] == "reverse"],
            [("reverse", -40), ("reverse", 40)],
        )

    def test_down_payment_earns_nothing_the_goods_do(self):
        order = self.confirmed((self.goods, 10, 10))
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": 50,
            }
        )
        wizard.create_invoices()
        order.invoice_ids.action_post()
        self.env.flush_all()
        self.assert_points(0, 100)
        final = order._create_invoices(final=True)
        final.action_post()
        self.env.flush_all()
        self.assertEqual(final.amount_untaxed, 50)
        self.assert_points(100, 0)

    def test_refund_without_link_takes_no_more_than_the_order_gave(self):
        order = self.confirmed((self.goods, 10, 10))
        self.invoice(order)
        line = order.order_line
        refund = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.party.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.goods.id,
                            "quantity": 30,
                            "price_unit": 10,
                            "tax_ids": [Command.clear()],
                            "sale_line_ids": [Command.set(line.ids)],
                        }
                    )
                ],
            }
        )
        refund.action_post()
        self.env.flush_all()
        self.assert_points(0, 0)

    def test_invoice_without_order_earns_nothing(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.party.id,
                "invoice_line_ids": [
                    Command.create({"name": "Fee", "quantity": 1, "price_unit": 100})
                ],
            }
        )
        invoice.action_post()
        self.assertFalse(self.account())

    def test_cancelled_order_keeps_what_was_invoiced(self):
        order = self.confirmed((self.goods, 10, 10))
        self.invoice(order, [4])
        order.with_context(disable_cancel_warning=True)._action_cancel()
        self.env.flush_all()
        self.assert_points(40, 0)

    def test_a_year_told_in_one_ledger(self):
        """Three orders, a partial delivery, a return, a cancellation."""
        first = self.confirmed((self.goods, 12, 12.75))  # 153.00
        second = self.confirmed((self.goods, 7, 3.95))  # 27.65
        third = self.confirmed((self.other, 48, 1.65))  # 79.20
        self.assert_points(0, 153 + 27 + 79)
        one = self.invoice(first)
        self.invoice(second, [5])  # 19.75
        # 7.90 of the second order and all of the third are still open
        self.assert_points(153 + 19, 7 + 79)
        third._action_cancel()
        self.env.flush_all()
        self.assert_points(172, 7)
        self.credit(one, [1])  # 12.75 of 153.00
        self.assert_points(172 - 12, 7)
        self.invoice(second)  # 7.90
        self.assert_points(160 + 7, 0)
