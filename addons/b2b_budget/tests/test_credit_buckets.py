from odoo.exceptions import UserError
from odoo.tests import tagged

from .credit_common import CreditCase


@tagged("post_install", "-at_install")
class TestCreditBuckets(CreditCase):
    """Each way in which money moves from one bucket to the next."""

    def test_order_invoice_payment(self):
        order = self._confirmed(4)
        self.assertExposure(confirmed=40.0, drafted=0.0, posted=0.0, available=60.0)
        invoice = order._create_invoices()
        self.assertExposure(confirmed=0.0, drafted=40.0, posted=0.0, available=60.0)
        invoice.action_post()
        self.assertExposure(confirmed=0.0, drafted=0.0, posted=40.0, available=60.0)
        self._pay(15.0)
        self.assertExposure(posted=25.0, unused=15.0, available=75.0)
        self._pay(25.0)
        self.assertExposure(posted=0.0, available=100.0)

    def test_full_amount_counts_whatever_the_invoicing_policy(self):
        self.product.invoice_policy = "delivery"
        self._confirmed(4)
        self.assertExposure(confirmed=40.0)

    def test_tax_counts(self):
        tax = self.env["account.tax"].create(
            {"name": "20 %", "amount": 20.0, "type_tax_use": "sale"}
        )
        self.product.taxes_id = tax
        order = self._make_order(quantity=4)
        order.order_line.tax_ids = tax
        order.action_confirm()
        self.assertExposure(confirmed=48.0)
        order._create_invoices().action_post()
        self.assertExposure(confirmed=0.0, posted=48.0)

    def test_reset_and_cancelled_invoice(self):
        invoice = self._confirmed(4)._create_invoices()
        invoice.action_post()
        invoice.button_draft()
        self.assertExposure(confirmed=0.0, drafted=40.0, posted=0.0)
        invoice.button_cancel()
        self.assertExposure(confirmed=40.0, drafted=0.0, posted=0.0)
        invoice.button_draft()
        self.assertExposure(confirmed=0.0, drafted=40.0)
        invoice.unlink()
        self.assertExposure(confirmed=40.0, drafted=0.0)

    def test_invoice_of_a_part(self):
        order = self._confirmed(4)
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 1
        self.assertExposure(confirmed=30.0, drafted=10.0)
        invoice.action_post()
        self.assertExposure(confirmed=30.0, posted=10.0)
        order._create_invoices().action_post()
        self.assertExposure(confirmed=0.0, posted=40.0)

    def test_credit_note_does_not_open_the_order_again(self):
        order = self._confirmed(4)
        invoice = order._create_invoices()
        invoice.action_post()
        note = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        self.assertExposure(confirmed=0.0, posted=40.0, drafted=0.0)
        note.action_post()
        # The trap: Odoo asks to invoice 40 again.
        self.assertEqual(order.amount_to_invoice, 40.0)
        self.assertExposure(confirmed=0.0, posted=0.0, available=100.0)

    def test_down_payment_is_not_counted_twice(self):
        order = self._confirmed(8)
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard.create(
            {"advance_payment_method": "fixed", "fixed_amount": 30.0}
        ).create_invoices()
        advance = order.invoice_ids
        self.assertExposure(confirmed=50.0, drafted=30.0, total=80.0)
        advance.action_post()
        self._pay(30.0)
        self.assertExposure(confirmed=50.0, posted=0.0)
        final = order._create_invoices(final=True)
        self.assertExposure(confirmed=0.0, drafted=50.0)
        final.action_post()
        self.assertExposure(confirmed=0.0, posted=50.0)

    def test_cancel_gives_back_once(self):
        order = self._confirmed(4)
        order._action_cancel()
        order._action_cancel()
        self.assertExposure(confirmed=0.0, available=100.0)
        entries = self.account.entry_ids.filtered("order_id").sorted("id")
        self.assertEqual(entries.mapped("amount"), [40.0, -40.0])
        order.action_draft()
        order.action_confirm()
        self.assertExposure(confirmed=40.0)

    def test_reduce_and_raise(self):
        order = self._confirmed(4)
        order.order_line.product_uom_qty = 1
        self.assertExposure(confirmed=10.0)
        order.order_line.product_uom_qty = 10
        self.assertExposure(confirmed=100.0)
        with self.assertRaises(UserError) as refused:
            order.order_line.product_uom_qty = 11
            self.env.flush_all()
        self.assertIn("too much", str(refused.exception))

    def test_room_taken_meanwhile_stops_going_back_up(self):
        order = self._confirmed(8)
        order.order_line.product_uom_qty = 2
        self._confirmed(8)
        # The gate let 8 pass before, so only the counter can refuse.
        with self.assertRaisesRegex(UserError, "too much"):
            order.order_line.product_uom_qty = 8
            self.env.flush_all()

    def test_historical_orders_do_not_count(self):
        self.env["sale.order"]._b2b_create_historical(
            [
                {
                    "partner_id": self.party.id,
                    "order_line": [
                        (0, 0, {"product_id": self.product.id, "product_uom_qty": 99})
                    ],
                }
            ]
        )
        self.assertExposure(confirmed=0.0, total=0.0)

    def test_draft_invoice_without_an_order(self):
        bill = self._bill(30.0, post=False)
        self.assertExposure(drafted=30.0, available=70.0)
        bill.invoice_line_ids.price_unit = 45.0
        self.assertExposure(drafted=45.0)
        # A credit note counts when it is posted, not before.
        self._bill(20.0, post=False, kind="out_refund")
        self.assertExposure(drafted=45.0, posted=0.0)

    def test_what_others_owe_does_not_count(self):
        self._bill(70.0, party=self.rival_party)
        self.assertExposure(posted=0.0)
        contact = self.env["res.partner"].create(
            {"name": "Yard", "parent_id": self.party.id, "type": "invoice"}
        )
        self._bill(20.0, party=contact)
        self._pay(5.0, party=contact)
        self.assertExposure(posted=15.0, unused=5.0)

    def test_the_party_that_pays_is_asked(self):
        other = self._make_account(50.0, party=self.rival_party)
        order = self._make_order(quantity=4, partner_invoice_id=self.rival_party.id)
        order.action_confirm()
        self.assertExposure(confirmed=0.0)
        self.assertExposure(other, confirmed=40.0)
        order.partner_invoice_id = self.party
        self.assertExposure(confirmed=40.0)
        self.assertExposure(other, confirmed=0.0)

    def test_old_orders_count_when_an_account_opens(self):
        order = self._make_order(seat=self.rival, quantity=30)
        order.action_confirm()
        account = self._make_account(100.0, party=self.rival_party)
        self.assertExposure(account, confirmed=300.0, available=-200.0)
        entry = account.entry_ids.filtered("order_id")
        self.assertEqual(entry.permission, "before")
        account.active = False
        self.assertExposure(account, confirmed=0.0)


@tagged("post_install", "-at_install")
class TestCreditGoods(CreditCase):
    """Deliveries beyond the order, and returns."""

    def _deliver(self, order, quantity):
        picking = order.picking_ids.filtered(lambda p: p.state != "done")
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def _return(self, picking, quantity):
        wizard = (
            self.env["stock.return.picking"]
            .with_context(
                active_id=picking.id, active_ids=picking.ids, active_model=picking._name
            )
            .create({})
        )
        wizard.product_return_moves.write({"quantity": quantity, "to_refund": True})
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.picked = True
        back._action_done()

    def test_delivered_beyond_the_order_counts_and_stops_nobody(self):
        self.env.company.b2b_over_delivery = "flag"
        order = self._confirmed(9)
        self._deliver(order, 12)
        self.assertExposure(confirmed=120.0, available=-20.0)
        last = self.account.entry_ids.sorted("id")[-1]
        self.assertEqual((last.amount, last.permission), (30.0, "fact"))

    def test_what_came_back_frees_credit_once(self):
        order = self._confirmed(6)
        picking = self._deliver(order, 6)
        self._return(picking, 2)
        self.assertExposure(confirmed=40.0)
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 4
        invoice.action_post()
        self.assertExposure(confirmed=0.0, posted=40.0)

    def test_what_came_back_after_the_invoice_waits_for_the_credit_note(self):
        order = self._confirmed(6)
        picking = self._deliver(order, 6)
        invoice = order._create_invoices()
        invoice.action_post()
        self._return(picking, 2)
        self.assertExposure(confirmed=0.0, posted=60.0)
