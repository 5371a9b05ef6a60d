from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestPending(LoyaltyCase):
    def test_preview_of_a_cart_writes_nothing(self):
        order = self.order((self.goods, 10, 9.99), (self.other, 1, 0.5))
        self.assertEqual(order._b2b_points_preview(), 100)
        self.assertEqual(order.b2b_points, 100)
        self.assertFalse(self.account())

    def test_confirmed_order_has_pending_points_of_the_company(self):
        order = self.confirmed((self.goods, 10, 9.99))
        self.assert_points(0, 99)
        entry = self.account().entry_ids
        self.assertEqual(entry.party_id, self.party)
        self.assertEqual(entry.order_id, order)
        self.assertEqual((entry.kind, entry.points), ("pending", 99))
        self.assertEqual(entry.amount, 99.9)
        self.assertEqual(entry.rate, 1.0)

    def test_repeating_books_once(self):
        order = self.confirmed((self.goods, 10, 10))
        order._b2b_loyalty_sync()
        order._b2b_loyalty_sync()
        self.assertEqual(self.ledger(), [("pending", 100)])

    def test_cancel_takes_pending_back_once(self):
        order = self.confirmed((self.goods, 10, 10))
        order._action_cancel()
        order._b2b_loyalty_sync()
        self.assert_points(0, 0)
        self.assertEqual(self.ledger(), [("pending", 100), ("pending", -100)])

    def test_cancel_reopen_confirm(self):
        order = self.confirmed((self.goods, 10, 10))
        order._action_cancel()
        order.action_draft()
        self.assert_points(0, 0)
        order.action_confirm()
        self.assert_points(0, 100)

    def test_plain_write_to_draft_takes_pending_back(self):
        order = self.confirmed((self.goods, 10, 10))
        order.sudo().write({"state": "draft"})
        self.assert_points(0, 0)

    def test_pending_follows_the_order(self):
        order = self.confirmed((self.goods, 10, 10))
        order.order_line.product_uom_qty = 12
        self.env.flush_all()
        self.assert_points(0, 120)
        order.order_line.price_unit = 5
        self.env.flush_all()
        self.assert_points(0, 60)
        order.order_line = [
            Command.create(
                {"product_id": self.other.id, "price_unit": 7, "product_uom_qty": 1}
            )
        ]
        self.env.flush_all()
        self.assert_points(0, 67)

    def test_net_amount_after_discount_without_tax(self):
        tax = self.env["account.tax"].create({"name": "Points 20", "amount": 20})
        order = self.order((self.goods, 10, 10))
        self.goods.taxes_id = tax
        order.order_line.write({"discount": 25, "tax_ids": [Command.set(tax.ids)]})
        order.action_confirm()
        self.assertEqual(order.amount_total, 90)
        self.assert_points(0, 75)

    def test_small_order_leaves_no_account(self):
        self.confirmed((self.goods, 1, 0.99))
        self.assertFalse(self.account())

    def test_contacts_of_a_company_share_one_account(self):
        second = self.env["res.partner"].create(
            {"name": "Marcus", "parent_id": self.party.id}
        )
        self.confirmed((self.goods, 1, 10))
        self.confirmed((self.goods, 1, 10), partner=second)
        self.assertEqual(
            len(self.accounts.search([("party_id", "=", self.party.id)])), 1
        )
        self.assert_points(0, 20)

    def test_changed_party_moves_the_points(self):
        rival = self.make_party("Rival Ltd")
        order = self.confirmed((self.goods, 10, 10))
        order.partner_id = rival
        self.env.flush_all()
        self.assert_points(0, 0)
        self.assert_points(0, 100, rival)

    def test_only_customers_of_the_program(self):
        retail = self.make_party("Retail", b2b_customer_type="retail")
        self.confirmed((self.goods, 10, 10), partner=retail)
        self.assertFalse(self.account(retail))
        self.program.customer_group_ids = self.group
        self.confirmed((self.goods, 10, 10))
        self.assertFalse(self.account())
        self.party.b2b_customer_group_id = self.group
        self.confirmed((self.goods, 10, 10))
        self.assert_points(0, 100)

    def test_ended_program_does_not_earn_and_running_orders_stay_with_it(self):
        order = self.confirmed((self.goods, 10, 10))
        self.program.write({"date_from": "2020-01-01", "date_to": "2020-12-31"})
        later = self.confirmed((self.goods, 10, 10))
        self.assertEqual(later._b2b_points_preview(), 0)
        order.order_line.product_uom_qty = 11
        self.env.flush_all()
        self.assert_points(0, 110)

    def test_currency_at_the_rate_of_the_order(self):
        foreign = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search(
                [("name", "in", ("EUR", "CHF")), ("id", "!=", self.currency.id)],
                limit=1,
            )
        )
        foreign.active = True
        foreign.rate_ids.unlink()
        # 85 of it are 100 of ours
        self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "name": "2020-01-01", "rate": 0.85}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        order = self.confirmed((self.goods, 1, 85), pricelist_id=pricelist.id)
        self.assertEqual(order.currency_id, foreign)
        self.assert_points(0, 100)
        entry = self.account().entry_ids
        self.assertEqual((entry.amount, entry.currency_id), (85, foreign))
        self.assertAlmostEqual(entry.rate, 1 / 0.85, 9)
        # another rate later does not move what was booked
        foreign.rate_ids.rate = 0.5
        order.order_line.price_unit = 170
        self.env.flush_all()
        self.assert_points(0, 200)

    def test_weights_are_applied_and_kept_with_the_entry(self):
        below = self.env["product.category"].create(
            {"name": "Points ovens", "parent_id": self.kitchen.id}
        )
        oven = self.make_product("Oven", below)
        self.party.b2b_customer_group_id = self.group
        self.program.weight_ids = [
            Command.create(
                {"name": "Kitchen double", "factor": 2, "category_id": self.kitchen.id}
            ),
            Command.create(
                {"name": "Shops", "factor": 1.5, "customer_group_id": self.group.id}
            ),
            Command.create({"name": "Retail", "factor": 9, "customer_type": "retail"}),
        ]
        self.confirmed((oven, 1, 10), (self.goods, 1, 10), (self.other, 1, 10))
        # 10 x 2 x 1.5 twice and 10 x 1.5
        self.assert_points(0, 75)
        entry = self.account().entry_ids
        self.assertEqual(entry.weights_text, "Kitchen double × 2.000, Shops × 1.500")

    def test_ledger_rows_cannot_be_touched(self):
        self.confirmed((self.goods, 10, 10))
        entry = self.account().entry_ids.sudo()
        with self.assertRaises(UserError):
            entry.write({"points": 1})
        with self.assertRaises(UserError):
            entry.unlink()
        with self.assertRaises(UserError):
            entry.create({"account_id": entry.account_id.id, "points": 5})

    def test_order_in_the_ledger_cannot_be_deleted(self):
        order = self.confirmed((self.goods, 10, 10))
        order._action_cancel()
        with self.assertRaisesRegex(UserError, "stands in the points ledger"):
            order.unlink()
        self.order((self.goods, 1, 1)).unlink()

    def test_confirming_costs_few_queries(self):
        lines = [(self.goods, 1, 10)] * 20
        self.confirmed((self.goods, 1, 1))
        order = self.order(*lines)
        self.env.flush_all()
        order.sudo()._b2b_loyalty_sync()  # draft: nothing
        order.sudo().with_context(skip_procurement=True).write({"state": "sale"})
        self.env.flush_all()
        self.assert_points(0, 201)
        order.order_line[0].price_unit = 11
        order.order_line[0].flush_recordset()
        with self.assertQueryCount(5):
            order.sudo()._b2b_loyalty_sync_one()

    def confirmation_queries(self, points=0):
        """Statements that confirming 200 lines takes."""
        order = self.order(*[(self.goods, 1, 10)] * 200)
        if points:
            order._b2b_points_choose(points)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        order.action_confirm()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_confirming_200_lines_costs_at_most_five_queries_more(self):
        self.confirmation_queries()
        self.program.active = False
        self.confirmation_queries()
        without = self.confirmation_queries()
        self.program.active = True
        self.confirmation_queries()
        earning = self.confirmation_queries()
        self.assertLessEqual(earning - without, 5)
        print(f"200 lines: {without} queries, earning {earning}")
