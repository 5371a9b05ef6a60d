from odoo.tests import tagged

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestReturns(BudgetCase):
    """Money comes back once, at the booked rate, as the setting says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.b2b_budget_returns = "credit_note"
        cls.product.invoice_policy = "order"
        cls.budget = cls._make_budget()

    def _sold(self, quantity=7):
        order = self._make_order(quantity=quantity)
        self._submit(order)
        return order.sudo()

    def _invoice(self, order):
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def _credit(self, invoice, quantity=None):
        refund = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        if quantity is not None:
            lines = refund.invoice_line_ids.filtered("product_id")
            lines.quantity = quantity
        refund.action_post()
        return refund

    def _return(self, order, quantity):
        """Send everything, then take some back."""
        picking = order.picking_ids.filtered(lambda p: p.state != "done")
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking._action_done()
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = quantity
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.write({"quantity": quantity, "picked": True})
        back._action_done()

    def test_partial_credit_note(self):
        invoice = self._invoice(self._sold())
        self.assertBooked(self.budget, 70.0)
        self._credit(invoice, 3)
        self.assertBooked(self.budget, 40.0)
        kinds = [(e.kind, e.amount) for e in self._entries(self.budget)]
        self.assertEqual(kinds, [("used", 70), ("used", -30)])

    def test_credited_twice_gives_back_no_more_than_the_order(self):
        order = self._sold()
        invoice = self._invoice(order)
        for _time in range(2):
            self._credit(invoice)
            self.assertBooked(self.budget, 0.0)
        order._b2b_sync_budgets()
        self.assertEqual(len(self._entries(self.budget)), 2)

    def test_credited_then_cancelled_gives_back_once(self):
        order = self._sold()
        self._credit(self._invoice(order), 4)
        order._action_cancel()
        self.assertBooked(self.budget, 0.0)
        amounts = self._entries(self.budget).mapped("amount")
        self.assertEqual(amounts, [70, -40, -30])

    def test_credited_then_reduced(self):
        order = self._sold()
        self._credit(self._invoice(order), 4)
        order.order_line.product_uom_qty = 7
        self.assertBooked(self.budget, 30.0)

    def test_credit_note_that_is_undone_is_taken_again(self):
        refund = self._credit(self._invoice(self._sold()), 5)
        self.assertBooked(self.budget, 20.0)
        self._submit(self._make_order(quantity=8))
        refund.button_draft()
        # The order itself was never smaller: recorded above the amount.
        self.assertBooked(self.budget, 150.0)
        self.assertEqual(self._entries(self.budget)[-1].permission, "return")

    def test_an_invoice_that_replaces_the_credited_one(self):
        order = self._sold()
        invoice = self._invoice(order)
        self._credit(invoice)
        self.assertBooked(self.budget, 0.0)
        again = invoice.copy()
        lines = again.invoice_line_ids.filtered("product_id")
        lines.sale_line_ids = order.order_line
        again.action_post()
        self.assertBooked(self.budget, 70.0)

    def test_at_the_booked_rate(self):
        foreign = self.env["res.currency"].create(
            {"name": "XXB", "symbol": "B", "rounding": 0.01}
        )
        rate = self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "name": "2020-01-01", "company_rate": 2.0}
        )
        budget = self._make_budget(currency_id=foreign.id, amount=500)
        invoice = self._invoice(self._sold())
        rate.company_rate = 3.0
        self._credit(invoice, 2)
        self.assertBooked(budget, 100.0)

    def test_returned_goods(self):
        self.env.company.b2b_budget_returns = "goods"
        order = self._sold()
        self._return(order, 2)
        self.assertBooked(self.budget, 50.0)
        self._credit(self._invoice(order))
        self.assertBooked(self.budget, 50.0)

    def test_neither(self):
        self.budget.returns = "no"
        order = self._sold()
        self._return(order, 2)
        self._credit(self._invoice(order), 3)
        self.assertBooked(self.budget, 70.0)
        # The other way counts what has come back so far.
        self.budget.start_date = order.b2b_submitted_at.date()
        self.budget.returns = "goods"
        self.assertBooked(self.budget, 50.0)
