from random import Random

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .test_discount_limit import DiscountCase


@tagged("post_install", "-at_install")
class TestOrderDiscount(DiscountCase):
    """A discount on the order follows its lines, by tax and to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        taxes = cls.env["account.tax"].create(
            [
                {"name": f"VAT {rate}", "amount": rate, "type_tax_use": "sale"}
                for rate in (20.0, 5.0)
            ]
        )
        cls.vat20, cls.vat5 = taxes
        cls.book = cls.env["product.product"].create(
            {"name": "Book", "list_price": 3.33, "taxes_id": [(6, 0, cls.vat5.ids)]}
        )
        cls.product.taxes_id = cls.vat20

    def _order(self, quantity=10, books=3):
        order = self._rep_order(quantity)
        order.order_line = [
            Command.create({"product_id": self.book.id, "product_uom_qty": books})
        ]
        return order

    def _give(self, order, kind, value, user=None):
        wizard = (
            self.env["sale.order.discount"]
            .with_user(user or self.rep)
            .create(
                {
                    "sale_order_id": order.id,
                    "discount_type": kind,
                    "discount_amount": value if kind == "amount" else 0,
                    "discount_percentage": 0 if kind == "amount" else value / 100,
                }
            )
        )
        return wizard.action_apply_discount()

    def _rows(self, order):
        return order.order_line.filtered("b2b_order_discount")

    def test_on_all_lines_leaves_rules_alone(self):
        order = self._order()
        self._give(order, "sol_discount", 5)
        self.assertEqual(set(order.order_line.mapped("b2b_manual_discount")), {5})
        order.order_line[0].product_uom_qty = 20
        self.assertEqual(order.order_line[0].discount, 5)

    def test_percent_follows_quantities(self):
        order = self._order()  # 80.00 at 20 % and 9.99 at 5 %
        self._give(order, "so_discount", 5)
        rows = self._rows(order)
        self.assertEqual(sorted(rows.mapped("price_unit")), [-4.0, -0.5])
        by_tax = {row.tax_ids: row.price_unit for row in rows}
        self.assertEqual(by_tax, {self.vat20: -4.0, self.vat5: -0.5})
        self.assertAlmostEqual(order.amount_untaxed, 89.99 - 4.5)
        order.order_line[0].product_uom_qty = 20
        self.assertEqual(sorted(self._rows(order).mapped("price_unit")), [-8.0, -0.5])
        order.order_line[1].unlink()
        self.assertEqual(self._rows(order).mapped("price_unit"), [-8.0])
        self.assertEqual(self._rows(order).mapped("name"), ["Discount 5 %"])

    def test_amount_is_exact(self):
        order = self._order()
        self._give(order, "amount", 10)
        self.assertAlmostEqual(order.amount_untaxed, 79.99)
        order.order_line[0].product_uom_qty = 1
        self.assertAlmostEqual(order.amount_untaxed, 7.99)
        order.order_line[0].product_uom_qty = 0
        # never below nothing: the books come to 9.99
        self.assertAlmostEqual(order.amount_untaxed, 0)

    def test_a_new_one_replaces_and_zero_removes(self):
        order = self._order()
        self._give(order, "so_discount", 5)
        self._give(order, "amount", 10)
        self.assertAlmostEqual(order.amount_untaxed, 79.99)
        self._give(order, "so_discount", 0)
        self.assertFalse(self._rows(order))
        self.assertAlmostEqual(order.amount_untaxed, 89.99)

    def test_removing_a_row_takes_it_back(self):
        order = self._order()
        self._give(order, "so_discount", 5)
        self._rows(order)[0].unlink()
        self.assertFalse(self._rows(order))
        self.assertFalse(order.b2b_order_discount_kind)

    def test_rows_are_the_systems(self):
        order = self._order()
        self._give(order, "so_discount", 5)
        self._rows(order).price_unit = -50
        self.assertAlmostEqual(order.amount_untaxed, 89.99 - 4.5)
        with self.assertRaisesRegex(AccessError, "by the system"):
            self._rows(order).with_user(self.rep).b2b_order_discount = False

    def test_line_discount_comes_first(self):
        order = self._order(books=0)
        order.order_line[0].b2b_manual_discount = 10
        self._give(order, "so_discount", 5)
        self.assertAlmostEqual(order.amount_untaxed, 80 * 0.9 * 0.95)

    def test_taxes_follow(self):
        """Odoo takes the taxes off such rows when the position changes."""
        order = self._order()
        self._give(order, "so_discount", 5)
        order.action_update_taxes()
        self.assertEqual(self._rows(order).tax_ids, self.vat20 | self.vat5)

    def test_update_prices_and_other_agreement(self):
        order = self._order(books=0)
        order.order_line[1].unlink()
        self._give(order, "amount", 10)
        foreign = self._make_list("Foreign", 10.0, currency_id=self.other_currency.id)
        agreement = self._make_agreement("Foreign", pricelist_id=foreign.id)
        rows = {r["agreement_id"]: r for r in order.sudo().b2b_compare_agreements()}
        # 10 pieces at 10.00 less 10.00 at 1.25
        self.assertAlmostEqual(rows[agreement.id]["amount_untaxed"], 87.5)
        order.sudo()._b2b_switch_agreement(agreement)
        self.assertAlmostEqual(order.amount_untaxed, 87.5)
        self.assertEqual(order.b2b_order_discount_by_id, self.rep)
        order.action_update_prices()
        self.assertAlmostEqual(order.amount_untaxed, 87.5)

    def test_share_counts_for_the_limit(self):
        order = self._order()
        self._give(order, "so_discount", 7)
        self.assertFalse(self._found(order))
        order.order_line[0].b2b_manual_discount = 1
        self.assertTrue(self._found(order))
        order.action_confirm()
        hold = self._hold(order)
        self.assertAlmostEqual(hold.discount_given, 7.93)
        self.assertEqual(hold.discount_giver_ids, self.rep)

    def test_amount_counts_for_the_limit(self):
        order = self._order()
        self._give(order, "amount", 20)
        self.assertTrue(self._found(order))

    def test_confirmed_order_follows(self):
        order = self._order()
        self._give(order, "so_discount", 5)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        order.with_user(self.rep).order_line[0].product_uom_qty = 5
        self.env.flush_all()
        self.assertEqual(sorted(self._rows(order).mapped("price_unit")), [-2.0, -0.5])

    def test_copy(self):
        order = self._order()
        self._give(order, "so_discount", 5)
        copy = order.copy()
        self.assertEqual(len(self._rows(copy)), 2)
        self.assertAlmostEqual(copy.amount_untaxed, order.amount_untaxed)

    def test_buyer_changes_a_quantity(self):
        order = self._make_cart(quantity=10)
        order.write(
            {"b2b_order_discount_kind": "percent", "b2b_order_discount_percent": 5}
        )
        line = order.order_line.filtered(lambda ln: not ln.b2b_order_discount)
        line.with_user(self.buyer.user_id).sudo().product_uom_qty = 20
        self.assertAlmostEqual(order.amount_untaxed, 152)

    def test_bad_figures(self):
        order = self._order()
        for kind, value in (
            ("so_discount", 120),
            ("sol_discount", -1),
            ("amount", -5),
        ):
            with self.refuses(ValidationError, "enter"):
                self._give(order, kind, value)
        with self.refuses(UserError, "more than the goods"):
            self._give(order, "amount", 100)
        with self.refuses(ValidationError, "enter 0 to 100"):
            order.b2b_order_discount_percent = 101
        with self.assertRaises(AccessError):
            order.with_user(self.rep).write({"b2b_order_discount_by_id": 1})

    def test_retail_keeps_odoos_way(self):
        order = self._order()
        order.partner_id = self.env["res.partner"].create({"name": "Walk-in"})
        self._give(order, "so_discount", 5, user=self.env.user)
        self.assertFalse(self._rows(order))
        self.assertTrue(order.order_line[-1]._is_global_discount())

    def test_invoice_is_exact(self):
        order = self._order()
        self._give(order, "so_discount", 5)
        order.action_confirm()
        order.sudo().order_line.filtered("product_id").qty_delivered = 0
        for line in order.sudo().order_line:
            line.qty_delivered = line.product_uom_qty
        invoice = order.sudo()._create_invoices()
        self.assertAlmostEqual(invoice.amount_untaxed, order.amount_untaxed)
        self.assertAlmostEqual(invoice.amount_total, order.amount_total)

    def test_no_cent_is_lost(self):
        """Random orders: the rows are always exactly the rounded percent."""
        rng = Random(8)
        order = self._order()
        goods = order.order_line
        for _run in range(15):
            for line in goods:
                line.product_uom_qty = rng.randint(1, 60)
            percent = rng.choice([0.5, 1.25, 3, 7.77, 33.33])
            order.write(
                {
                    "b2b_order_discount_kind": "percent",
                    "b2b_order_discount_percent": percent,
                }
            )
            base = sum(goods.mapped("price_subtotal"))
            given = -sum(self._rows(order).mapped("price_subtotal"))
            self.assertAlmostEqual(
                given, self.currency.round(base * percent / 100), places=6
            )
