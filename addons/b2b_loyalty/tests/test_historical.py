from datetime import date, datetime

from odoo.fields import Command
from odoo.tests import tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestHistorical(LoyaltyCase):
    def historical(self, *orders):
        return self.env["sale.order"]._b2b_create_historical(
            [
                {
                    "partner_id": self.contact.id,
                    "date_order": moment,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.goods.id,
                                "product_uom_qty": quantity,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
                for moment, quantity, price in orders
            ]
        )

    def test_earn_with_their_own_date_once(self):
        orders = self.historical(
            (datetime(2026, 1, 5, 10), 10, 9.99), (datetime(2026, 3, 1, 10), 4, 2.5)
        )
        self.assertFalse(self.account())
        self.assertEqual(orders._b2b_loyalty_earn_historical(), 99 + 10)
        self.assertEqual(orders._b2b_loyalty_earn_historical(), 0)
        self.assert_points(109, 0)
        self.assertEqual(
            self.account().entry_ids.sorted("id").mapped("date"),
            [date(2026, 1, 5), date(2026, 3, 1)],
        )

    def test_returns_take_back_rounded_towards_zero(self):
        self.historical(
            (datetime(2026, 1, 5, 10), 10, 10), (datetime(2026, 2, 5, 10), -1, 10.75)
        )._b2b_loyalty_earn_historical()
        self.assert_points(90, 0)
        self.assertEqual(self.ledger(), [("earn", 100), ("reverse", -10)])

    def test_day_is_that_of_the_company(self):
        self.company.partner_id.tz = "Pacific/Auckland"
        self.historical(
            (datetime(2026, 1, 31, 23), 10, 10)
        )._b2b_loyalty_earn_historical()
        self.assertEqual(self.account().entry_ids.date, date(2026, 2, 1))

    def test_outside_of_the_program_earns_nothing(self):
        self.program.date_from = "2026-02-01"
        orders = self.historical(
            (datetime(2026, 1, 5, 10), 10, 10), (datetime(2026, 2, 5, 10), 1, 10)
        )
        orders._b2b_loyalty_earn_historical()
        self.assert_points(10, 0)

    def test_other_orders_are_left_alone(self):
        order = self.confirmed((self.goods, 10, 10))
        self.assertEqual(order._b2b_loyalty_earn_historical(), 0)
        self.assert_points(0, 100)

    def test_many_orders_in_few_queries(self):
        orders = self.historical(*[(datetime(2026, 1, 5, 10), 1, 10)] * 60)
        orders[:1]._b2b_loyalty_earn_historical()
        self.env.flush_all()
        with self.assertQueryCount(12):
            orders._b2b_loyalty_earn_historical()
        self.assert_points(600, 0)
