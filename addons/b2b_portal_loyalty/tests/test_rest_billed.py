from odoo.tests import tagged

from .test_portal_redeem import PointsHttpCase


@tagged("post_install", "-at_install")
class TestRestBilled(PointsHttpCase):
    """A rest that is closed after what came was invoiced (DECISIONS 12, 27)."""

    def test_points_of_what_does_not_come_are_given_back(self):
        order = self._make_order(quantity=10)
        order._b2b_points_choose(1000)
        order.action_confirm()
        goods = order._b2b_cart_lines()
        goods.product_id.invoice_policy = "delivery"
        order.picking_ids.move_ids.write({"quantity": 4, "picked": True})
        order.picking_ids.with_context(skip_backorder=True)._action_done()
        self.env.flush_all()
        invoice = order._create_invoices(final=True)
        invoice.action_post()
        self.env.flush_all()
        self.assertEqual(invoice.amount_untaxed, 36)
        order._b2b_close_rest(goods, "No more", "staff")
        self.env.flush_all()
        self.assertEqual((order.b2b_points_used, order.amount_untaxed), (400, 36))
        self.assertEqual(order.invoice_status, "invoiced")
        account = self.accounts._b2b_for_party(self.party, order.company_id)
        redeemed = account.entry_ids.filtered(lambda e: e.kind == "redeem")
        self.assertEqual(sum(redeemed.mapped("points")), -400)
