from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import LoyaltyCase


class RedeemCase(LoyaltyCase):
    """A party with 2,340 points of 0.01 each, and taxes of 20 % and 5 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Tax = cls.env["account.tax"]
        cls.tax20 = Tax.create({"name": "Points 20 %", "amount": 20})
        cls.tax5 = Tax.create({"name": "Points 5 %", "amount": 5})
        cls.give(2340)

    @classmethod
    def give(cls, points, party=None, **values):
        account = cls.accounts._b2b_get(cls.program.id, party or cls.party)
        cls.accounts._b2b_book(
            [
                {
                    "account_id": account.id,
                    "kind": "adjust",
                    "points": points,
                    "date": cls.env.cr.now().date(),
                    "idempotency_key": f"give:{len(account.entry_ids)}:{account.id}",
                    **values,
                }
            ]
        )
        return account.entry_ids.sorted("id")[-1:]

    def taxed(self, *lines, **vals):
        """Lines are (product, quantity, price, tax)."""
        order = self.order(*(line[:3] for line in lines), **vals)
        for line, (*_rest, tax) in zip(order.order_line, lines, strict=True):
            # Of the article as well: taxes typed by hand stop an order.
            line.product_id.taxes_id = line.tax_ids = tax
        return order

    def points_lines(self, order):
        return order.order_line.filtered("b2b_points_line")

    def assert_account(self, balance, reserved=0, party=None):
        account = self.account(party)
        self.assertEqual((account.balance, account.reserved), (balance, reserved))
        self.assertFalse(self.accounts._b2b_drift())

    def rows(self, *kinds):
        entries = self.account().entry_ids.sorted("id")
        return [(e.kind, e.points) for e in entries if e.kind in kinds]


@tagged("post_install", "-at_install")
class TestRedeem(RedeemCase):
    def test_points_of_the_picture(self):
        """992.58 less 15.00, and tax of what is left: as on the page's picture."""
        order = self.taxed((self.goods, 1, 992.58, self.tax20))
        found = order._b2b_points_choose(1500)
        self.assertEqual((found.points, found.reason), (1500, ""))
        self.assertEqual(order.amount_untaxed, 977.58)
        self.assertEqual(order.amount_tax, 195.52)
        line = self.points_lines(order)
        self.assertEqual((line.price_unit, line.tax_ids), (-15.0, self.tax20))
        self.assertEqual(line.name, "1,500 points")
        # nothing is booked before the order is submitted
        self.assert_account(2340)

    def test_tax_of_each_rate_is_that_of_the_smaller_sum(self):
        order = self.taxed(
            (self.goods, 3, 33.33, self.tax20), (self.other, 7, 7.77, self.tax5)
        )
        order._b2b_points_choose(2000)
        self.assertEqual(order.amount_untaxed, 99.99 + 54.39 - 20)
        lines = self.points_lines(order)
        self.assertEqual(lines.mapped("tax_ids"), self.tax20 | self.tax5)
        # 20.00 in the share of 99.99 and 54.39: 12.95 and 7.05
        self.assertEqual(sorted(lines.mapped("price_subtotal")), [-12.95, -7.05])
        # 20 % of 87.04 and 5 % of 47.34
        self.assertEqual(order.amount_tax, 17.41 + 2.37)

    def test_a_hundred_totals_are_right_to_the_cent(self):
        for number in range(100):
            order = self.taxed(
                (self.goods, 1 + number % 7, 3.33 + number * 1.17, self.tax20),
                (self.other, 1 + number % 3, 0.99 + number * 0.41, self.tax5),
            )
            before = order.amount_untaxed
            found = order._b2b_points_choose(1 + number * 3)
            self.assertAlmostEqual(
                before - order.amount_untaxed, float(found.value), 2, order.name
            )
            bases = {}
            for line in order.order_line:
                bases.setdefault(line.tax_ids, []).append(line.price_subtotal)
            tax = sum(sum(part) * t.amount / 100 for t, part in bases.items())
            self.assertAlmostEqual(order.amount_tax, tax, delta=0.02)
            order._b2b_points_choose(0)
            self.assertFalse(self.points_lines(order))
            self.assertEqual(order.amount_untaxed, before)

    def test_any_number_up_to_the_limits(self):
        order = self.order((self.goods, 1, 10))
        for wanted, used in ((1, 1), (777, 777), (1000, 1000), (1001, 1000)):
            self.assertEqual(order._b2b_points_choose(wanted).points, used)
        self.assertEqual(order.amount_total, 0)
        self.assertEqual(
            order.b2b_points_note.split(". ")[-1],
            "Points pay goods only, not more than they cost.",
        )

    def test_more_than_the_balance_is_a_sentence(self):
        order = self.order((self.goods, 1, 100))
        with self.assertRaisesRegex(UserError, "There are 2,340 points to use, 2,341"):
            order._b2b_points_choose(2341)
        with self.assertRaisesRegex(UserError, "from 0 upward"):
            order._b2b_points_choose(-1)
        self.assertFalse(order.b2b_points_wanted)

    def test_minimum_and_share_of_the_program(self):
        self.program.write({"redeem_minimum": 500, "redeem_percent": 30})
        order = self.order((self.goods, 1, 50))
        with self.assertRaisesRegex(UserError, "At least 500 points"):
            order._b2b_points_choose(499)
        found = order._b2b_points_choose(2000)
        self.assertEqual((found.points, order.amount_total), (1500, 35.0))
        self.assertIn("at most 30 % of the goods", order.b2b_points_note)

    def test_dates_of_the_program(self):
        order = self.order((self.goods, 1, 50))
        self.program.write({"date_from": "2020-01-01", "redeem_to": "2020-12-31"})
        with self.assertRaisesRegex(UserError, "could be used until"):
            order._b2b_points_choose(100)
        self.program.write({"redeem_to": False, "date_from": "2999-01-01"})
        with self.assertRaisesRegex(UserError, "can be used from"):
            order._b2b_points_choose(100)

    def test_points_of_an_ended_program_can_still_be_used(self):
        self.program.write({"date_from": "2020-01-01", "date_to": "2020-12-31"})
        order = self.order((self.goods, 1, 50))
        self.assertEqual(order._b2b_points_choose(100).points, 100)
        self.program.active = False
        with self.assertRaisesRegex(UserError, "cannot be used any more"):
            order._b2b_points_choose(101)

    def test_blocked_party(self):
        order = self.order((self.goods, 1, 50))
        self.party.b2b_state = "blocked"
        with self.assertRaisesRegex(UserError, "cannot order at the moment"):
            order._b2b_points_choose(100)

    def test_party_without_points(self):
        order = self.order((self.goods, 1, 50), partner=self.make_party("Poor Ltd"))
        with self.assertRaisesRegex(UserError, "Poor Ltd has no points"):
            order._b2b_points_choose(1)

    def test_currency_without_rate(self):
        currency = self.env["res.currency"].create({"name": "XPW", "symbol": "pw"})
        pricelist = self.env["product.pricelist"].create(
            {"name": "No rate", "currency_id": currency.id}
        )
        order = self.order((self.goods, 1, 50), pricelist_id=pricelist.id)
        self.assertEqual(order.currency_id, currency)
        with self.assertRaisesRegex(UserError, "no exchange rate between XPW"):
            order._b2b_points_choose(100)

    def test_lines_follow_the_goods_in_a_quotation(self):
        order = self.order((self.goods, 2, 10))
        order._b2b_points_choose(1800)
        order.order_line[0].product_uom_qty = 1
        self.assertEqual((order.b2b_points_used, order.amount_total), (1000, 0))
        self.assertIn("Points lowered from 1,800 to 1,000", order.message_ids[0].body)
        order.order_line[0].product_uom_qty = 3
        self.assertEqual((order.b2b_points_used, order.amount_total), (1800, 12))
        order.order_line[0].unlink()
        self.assertFalse(self.points_lines(order))
        self.assertEqual(order.amount_total, 0)

    def test_taxes_follow_the_goods(self):
        order = self.taxed((self.goods, 1, 100, self.tax20))
        order._b2b_points_choose(1000)
        order.order_line[0].tax_ids = self.tax5
        self.assertEqual(self.points_lines(order).tax_ids, self.tax5)
        self.assertEqual(order.amount_total, 94.5)

    def test_another_party_takes_its_points_away(self):
        order = self.order((self.goods, 1, 100))
        order._b2b_points_choose(1000)
        order.partner_id = self.make_party("Other Ltd")
        self.assertFalse(self.points_lines(order))
        self.assertEqual(order.amount_total, 100)

    def test_delivery_and_charges_are_not_paid_by_points(self):
        order = self.order((self.goods, 1, 10), (self.other, 1, 5))
        delivery = order.order_line[1]
        kind = type(delivery)
        with patch.object(kind, "_is_delivery", lambda line: line == delivery):
            self.assertEqual(order._b2b_points_choose(2000).points, 1000)
        self.assertEqual(order.amount_total, 5)

    # -- people ------------------------------------------------------------------

    def test_dialog_of_the_rep(self):
        rep = new_test_user(self.env, "points_redeem_rep", "b2b_party.group_rep")
        order = self.order((self.goods, 1, 10), user_id=rep.id).with_user(rep)
        Wizard = self.env["b2b.loyalty.redeem"].with_user(rep)
        form = Form(Wizard.with_context(active_id=order.id))
        self.assertEqual((form.available, form.most), (2340, 1000))
        form.points = 400
        self.assertEqual(form.value, 4.0)
        form.save().action_apply()
        self.assertEqual((order.b2b_points_used, order.amount_total), (400, 6))
        Wizard.create({"order_id": order.id}).action_most()
        self.assertEqual(order.amount_total, 0)
        again = Form(Wizard.with_context(active_id=order.id))
        self.assertEqual(again.points, 1000)

    def test_rep_of_others_cannot(self):
        rep = new_test_user(self.env, "points_own_rep", "b2b_party.group_rep")
        rep.b2b_own_parties_only = True
        order = self.order((self.goods, 1, 10))
        wizard = self.env["b2b.loyalty.redeem"].with_user(rep)
        with self.assertRaises(AccessError):
            wizard.create({"order_id": order.id, "points": 5}).action_apply()

    def test_lines_are_not_typed(self):
        rep = new_test_user(self.env, "points_typing", "b2b_party.group_sales_manager")
        order = self.order((self.goods, 1, 10))
        order._b2b_points_choose(400)
        line = self.points_lines(order)
        with self.assertRaisesRegex(UserError, "Use points"):
            line.with_user(rep).price_unit = -9
        for each, flag in ((line, False), (order.order_line[0], True)):
            with self.assertRaisesRegex(UserError, "Use points"):
                each.with_user(rep).b2b_points_line = flag
        with self.assertRaises(UserError):
            order.with_user(rep).write({"b2b_points_used": 9000})
        with self.assertRaises(UserError):
            self.env["sale.order.line"].with_user(rep).create(
                {
                    "order_id": order.id,
                    "product_id": self.goods.id,
                    "price_unit": -5,
                    "b2b_points_line": True,
                }
            )
        line.with_user(rep).unlink()
        self.assertEqual((order.b2b_points_wanted, order.amount_total), (0, 10))

    def test_confirming_with_points_costs_few_queries(self):
        order = self.order(*[(self.goods, 1, 10)] * 20)
        order._b2b_points_choose(1000)
        order.sudo().with_context(skip_procurement=True).write({"state": "sale"})
        self.env.flush_all()
        self.assert_account(1340)
        order.b2b_points_used = 900
        with self.assertQueryCount(6):
            order._b2b_points_sync_one()
