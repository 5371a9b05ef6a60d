from datetime import date

from odoo.fields import Command, Date
from odoo.tests import tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestYear(LoyaltyCase):
    """A year of one customer: twelve orders, two returns, a cancellation, an end.

    All numbers on the right were worked out by hand. One point for 1.00, worth 0.01,
    valid for 12 months; kitchen counts double.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = Date.context_today(cls.program).year
        cls.program.write(
            {
                "valid_months": 12,
                "weight_ids": [
                    Command.create(
                        {"name": "Kitchen", "factor": 2, "category_id": cls.kitchen.id}
                    )
                ],
            }
        )
        cls.tax = cls.env["account.tax"].create({"name": "Year 20 %", "amount": 20})

    def bought(self, quantity, price, points=0, product=None, **vals):
        order = self.order((product or self.other, quantity, price), **vals)
        # Of the article as well: taxes typed by hand stop an order.
        order.order_line.product_id.taxes_id = self.tax
        order.order_line.tax_ids = [Command.set(self.tax.ids)]
        if points:
            order._b2b_points_choose(points)
        order.action_confirm()
        self.env.flush_all()
        return order

    def billed(self, order, month, quantities=None):
        invoice = self.invoice(order, quantities, post=False)
        invoice.invoice_date = date(self.year, month, 10)
        invoice.action_post()
        self.env.flush_all()
        return invoice

    def returned(self, invoice, month, quantity):
        credit = invoice._reverse_moves([{"invoice_date": date(self.year, month, 20)}])
        goods = credit.invoice_line_ids.filtered(lambda line: line.price_unit > 0)
        goods.quantity = quantity
        credit.action_post()
        self.env.flush_all()
        return credit

    def assert_now(self, balance, pending):
        self.assert_points(balance, pending)

    def test_year(self):
        self.billed(self.bought(1, 100), 1)  # 100
        self.assert_now(100, 0)
        self.billed(self.bought(1, 49.99), 2)  # 49
        self.assert_now(149, 0)
        march = self.billed(self.bought(5, 50.10), 3)  # 250.50: 250
        self.assert_now(399, 0)
        april = self.bought(8, 10)
        self.billed(april, 4, [5])  # 50, and 30 still open
        self.assert_now(449, 30)
        may = self.bought(12, 10)
        self.assert_now(449, 150)
        may.with_context(disable_cancel_warning=True)._action_cancel()
        self.env.flush_all()
        self.assert_now(449, 30)
        # 300 points pay 3.00 of 99.90; 96.90 earn 96
        june = self.bought(1, 99.90, points=300)
        self.assertEqual((june.amount_untaxed, june.amount_total), (96.90, 116.28))
        self.assert_now(149, 30 + 96)
        self.billed(june, 6)
        self.assert_now(245, 30)
        # one of five comes back: 250 x 50.10 / 250.50 are 50
        self.returned(march, 7, 1)
        self.assert_now(195, 30)
        self.billed(self.bought(1, 60, **self.foreign()), 8)  # 30.00: 30
        self.assert_now(225, 30)
        self.billed(self.bought(1, 45.25, product=self.goods), 9)  # 90.50: 90
        self.assert_now(315, 30)
        self.billed(self.bought(1, 33.33), 10)  # 33
        self.billed(self.bought(1, 0.99), 10)  # nothing
        self.assert_now(348, 30)
        # 200 points pay 2.00 of 100.00; 98.00 earn 98
        november = self.billed(self.bought(10, 10, points=200), 11)
        self.assert_now(348 - 200 + 98, 30)
        # half of it comes back: 100 points, 49.00 of money, 49 of what was earned
        credit = self.returned(november, 11, 5)
        self.assertEqual((credit.amount_untaxed, credit.amount_total), (49, 58.8))
        self.assert_now(297, 30)
        self.bought(3, 25)  # 75 pending
        self.assert_now(297, 105)
        self.assertEqual(self.account().liability, 2.97)
        self.assert_lots()

    def assert_lots(self):
        """What of which month is left; what of June was not used in time ends."""
        account = self.account()
        lots = {lot.until.month: lot.rest for lot in account._b2b_lots()[account.id]}
        # January, February and March went on the order of June, the rest of March,
        # April, June and 5 of August on that of November, of which 100 came back.
        self.assertEqual(lots, {6: 95, 8: 30, 9: 90, 10: 33, 11: 49})
        account._b2b_expire(date(self.year + 1, 6, 10))
        self.assert_now(297, 105)
        account._b2b_expire(date(self.year + 1, 7, 1))
        self.assert_now(202, 105)
        account._b2b_expire(date(self.year + 1, 7, 1))
        self.assert_now(202, 105)
        kinds = {}
        for kind, points in self.ledger():
            kinds[kind] = kinds.get(kind, 0) + points
        self.assertEqual(
            kinds,
            {
                "earn": 100 + 49 + 250 + 50 + 96 + 30 + 90 + 33 + 98,
                "reverse": -50 - 49,
                "redeem": -300 - 200 + 100,
                "expire": -95,
                "pending": 105,
            },
        )

    def foreign(self):
        """Two of this money for one of ours."""
        currency = self.env["res.currency"].create(
            {
                "name": "XPY",
                "symbol": "py",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 2})],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        return {"pricelist_id": pricelist.id}
