from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .credit_common import CreditCase


@tagged("post_install", "-at_install")
class TestRateChange(CreditCase):
    """Open invoices count at the rate of the day on which they are looked at; a
    confirmed order is never held because a rate has changed (DECISIONS 9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ours = cls.env.company.currency_id
        cls.foreign = (
            cls.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "in", ("EUR", "USD")), ("id", "!=", ours.id)], limit=1)
        )
        cls.foreign.active = True
        cls.foreign.rate_ids.unlink()

    def _rate(self, rate, days=0):
        """So many of the foreign currency are one of ours."""
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.foreign.id,
                "rate": rate,
                "name": fields.Date.today() - timedelta(days=days),
                "company_id": self.env.company.id,
            }
        )

    def _nightly(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["b2b.credit.account"]._cron_b2b_credit_night()
            self.env["sale.order"]._cron_b2b_expire()

    def test_a_confirmed_order_is_not_held_by_a_new_rate(self):
        self._rate(2.0, days=30)
        order = self._confirmed(quantity=4)
        self._bill(100.0, due=20, currency_id=self.foreign.id)
        # 40 ordered and 100 / 2 billed, of a limit of 100
        self.assertExposure(confirmed=40.0, posted=50.0, available=10.0)
        entries = self.env["b2b.credit.entry"].search_count([])
        self._rate(1.0)
        self._nightly()
        # The same invoice is worth 100 today: 40 above the limit.
        self.assertExposure(confirmed=40.0, posted=100.0, available=-40.0)
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.b2b_hold_ids)
        self.assertEqual(self.env["b2b.credit.entry"].search_count([]), entries)

    def test_it_goes_on_to_delivery_and_invoice(self):
        self._rate(2.0, days=30)
        order = self._confirmed(quantity=4)
        self._bill(100.0, due=20, currency_id=self.foreign.id)
        self._rate(1.0)
        order.client_order_ref = "PO 7"
        order.order_line.product_uom_qty = 3
        self.env.flush_all()
        self.assertEqual((order.state, order.amount_untaxed), ("sale", 30.0))
        moves = order.picking_ids.move_ids
        moves.write({"quantity": 3.0, "picked": True})
        moves._action_done()
        order._create_invoices().action_post()
        self.assertFalse(order.b2b_hold_ids)

    def test_the_next_order_is_looked_at(self):
        self._rate(2.0, days=30)
        self._bill(100.0, due=20, currency_id=self.foreign.id)
        self._rate(1.0)
        order = self._make_order(quantity=1)
        self._submit(order)
        self.assertEqual(order.b2b_open_hold_ids.mapped("code"), ["credit"])
