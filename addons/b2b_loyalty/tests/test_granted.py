from odoo.fields import Command
from odoo.tests import tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestGranted(LoyaltyCase):
    """When points are granted: confirmed, delivered, invoiced, paid."""

    def pay(self, invoice, amount=None):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        values = {"amount": amount} if amount else {}
        wizard.create(values)._create_payments()
        self.env.flush_all()

    def test_when_confirmed(self):
        self.program.granted = "confirmed"
        order = self.confirmed((self.goods, 10, 10))
        self.assert_points(100, 0)
        order._b2b_loyalty_sync()
        order.order_line.price_unit = 12
        self.env.flush_all()
        self.assert_points(120, 0)
        invoice = self.invoice(order)
        self.assert_points(120, 0)
        self.credit(invoice, [3])
        self.assert_points(84, 0)
        order.with_context(disable_cancel_warning=True)._action_cancel()
        self.env.flush_all()
        self.assert_points(0, 0)
        self.assertEqual(
            self.ledger(),
            [("earn", 100), ("earn", 20), ("reverse", -36), ("reverse", -84)],
        )
        back = self.account().entry_ids.sorted("id")[-1]
        self.assertEqual(back.lot_id.points, 100)

    def test_points_of_the_order_pay_nothing_of_it_when_granted_at_once(self):
        self.program.granted = "confirmed"
        order = self.order((self.goods, 10, 10))
        self.assertEqual(order._b2b_points_choose(0).points, 0)
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(order.b2b_points_used, 0)
        self.assert_points(100, 0)

    def test_when_delivered(self):
        self.program.granted = "delivered"
        self.goods.invoice_policy = "delivery"
        order = self.confirmed((self.goods, 10, 10))
        self.assert_points(0, 100)
        order.order_line.qty_delivered = 4
        self.env.flush_all()
        self.assert_points(40, 60)
        invoice = self.invoice(order)
        self.assert_points(40, 60)
        order.order_line.qty_delivered = 10
        self.env.flush_all()
        self.assert_points(100, 0)
        # two of the four come back and are credited: once
        order.order_line.qty_delivered = 8
        self.env.flush_all()
        self.assert_points(80, 20)
        self.credit(invoice, [1])
        self.assertEqual(self.account().balance, 70)

    def test_when_paid(self):
        self.program.granted = "paid"
        order = self.confirmed((self.goods, 10, 10))
        invoice = self.invoice(order)
        self.assert_points(0, 100)
        self.pay(invoice, 40)
        self.assert_points(0, 100)
        self.pay(invoice)
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assert_points(100, 0)
        self.credit(invoice, [3])
        self.assert_points(70, 0)

    def test_credited_before_it_was_paid(self):
        self.program.granted = "paid"
        invoice = self.invoice(self.confirmed((self.goods, 10, 10)))
        credit = self.credit(invoice, [3])
        self.assert_points(0, 100)
        (invoice | credit).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.pay(invoice)
        self.assert_points(70, 0)

    def test_never_paid_but_credited_in_full(self):
        self.program.granted = "paid"
        invoice = self.invoice(self.confirmed((self.goods, 10, 10)))
        wizard = self.env["account.move.reversal"].create(
            {
                "move_ids": [Command.set(invoice.ids)],
                "journal_id": invoice.journal_id.id,
            }
        )
        wizard.refund_moves()
        refund = invoice.reversal_move_ids
        refund.action_post()
        self.env.flush_all()
        self.assertEqual(invoice.payment_state, "reversed")
        self.assert_points(0, 0)

    def test_words_of_the_buyer(self):
        for granted, words in (
            ("delivered", "not delivered yet"),
            ("paid", "not paid yet"),
            ("invoiced", "not invoiced yet"),
        ):
            self.program.granted = granted
            party = self.make_party(f"Words of {granted}")
            order = self.confirmed((self.goods, 10, 10), partner=party)
            row = self.account(party)._b2b_history()[0]
            self.assertEqual(row["text"], f"Order {order.name}, {words}")
