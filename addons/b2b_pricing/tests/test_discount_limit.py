from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import PricingCase


class DiscountCase(PricingCase):
    """A rep who may give 7 % and a manager who may give 25 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limits = cls.env["b2b.discount.limit"]
        cls.rep_limit = cls.limits.create({"role": "rep", "percent": 7})
        cls.limits.create({"role": "sales_manager", "percent": 25})
        cls.product.standard_price = 4.0
        cls.other_manager = new_test_user(
            cls.env, "b2b_test_manager_2", "b2b_party.group_sales_manager"
        )

    @classmethod
    def _rep_order(cls, quantity=10, user=None, **line):
        """An order that our own people enter: 8.00 a piece."""
        user = user or cls.rep
        order = (
            cls.env["sale.order"]
            .with_user(user)
            .create(
                {
                    "partner_id": cls.party.id,
                    "user_id": user.id,
                    "order_line": [
                        (
                            0,
                            0,
                            {
                                "product_id": cls.product.id,
                                "product_uom_qty": quantity,
                            },
                        )
                    ],
                }
            )
        )
        if line:
            order.order_line.write(line)
        return order

    def _found(self, order):
        return [f for f in order._b2b_findings() if f.code == "discount"]

    def _hold(self, order):
        return order.sudo().b2b_hold_ids.filtered(
            lambda hold: hold.code == "discount" and hold.state == "open"
        )


@tagged("post_install", "-at_install")
class TestDiscountLimit(DiscountCase):
    """Who may give how much, and what happens above it."""

    # -- limits ----------------------------------------------------------------------

    def test_tightest_counts_and_is_shown(self):
        group = self.env["b2b.customer.group"].create({"name": "Stores", "kind": "b2b"})
        order = self._rep_order()
        self.assertEqual(order.order_line.b2b_discount_hint, "up to 7 %")
        self.assertIn("up to 7 % (Sales rep)", order.b2b_discount_text)
        self.limits.create({"customer_group_id": group.id, "percent": 3})
        order.invalidate_recordset()
        self.assertEqual(order.order_line.b2b_discount_limit, 7)
        self.party.b2b_customer_group_id = group
        order.invalidate_recordset()
        order.order_line.invalidate_recordset()
        self.assertEqual(order.order_line.b2b_discount_limit, 3)

    def test_category_and_those_below(self):
        above = self.env["product.category"].create({"name": "Candles"})
        below = self.env["product.category"].create(
            {"name": "Tea lights", "parent_id": above.id}
        )
        self.limits.create({"category_id": above.id, "percent": 2})
        order = self._rep_order()
        self.assertEqual(order.order_line.b2b_discount_limit, 7)
        self.product.categ_id = below
        order.order_line.invalidate_recordset()
        self.assertEqual(order.order_line.b2b_discount_limit, 2)

    def test_team_user_type_company(self):
        team = self.env["crm.team"].create(
            {"name": "North", "member_ids": [(4, self.rep.id)]}
        )
        order = self._rep_order()
        line = order.order_line

        def limit_with(**values):
            made = self.limits.create({"percent": 1, **values})
            line.invalidate_recordset()
            found = line.b2b_discount_limit
            made.unlink()
            return found

        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertEqual(limit_with(team_id=team.id), 1)
        self.assertEqual(limit_with(user_id=self.rep.id), 1)
        self.assertEqual(limit_with(user_id=self.manager.id), 7)
        self.assertEqual(limit_with(customer_type="trade"), 1)
        self.assertEqual(limit_with(customer_type="retail"), 7)
        self.assertEqual(limit_with(company_id=other.id), 7)
        self.assertEqual(limit_with(active=False), 7)

    def test_nobody_matched(self):
        """Where no limit fits the setting counts; an administrator is no rep."""
        admin = new_test_user(self.env, "b2b_admin", "b2b_party.group_administrator")
        order = self._rep_order(user=admin, b2b_manual_discount=60)
        self.assertFalse(self._found(order))
        self.company.b2b_discount_default = 50
        self.assertTrue(self._found(order))
        with self.refuses(ValidationError, "enter 0 to 100"):
            self.company.b2b_discount_default = 101

    def test_bad_limit(self):
        for percent in (-1, 100.5):
            with self.refuses(ValidationError, "enter 0 to 100"):
                self.limits.create({"percent": percent})

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.rep_limit.with_user(self.rep).write({"percent": 50})
        self.rep_limit.with_user(self.manager).write({"percent": 8})
        with self.assertRaises(AccessError):
            self.rep_limit.with_user(self.buyer.user_id).read(["percent"])
        entry = self.env["b2b.audit.entry"].search(
            [("model", "=", "b2b.discount.limit"), ("field", "=", "percent")], limit=1
        )
        self.assertEqual((entry.before, entry.after), ("7", "8"))

    def test_constant_queries(self):
        products = self.env["product.product"].create(
            [{"name": f"P{i}", "list_price": 5, "taxes_id": False} for i in range(40)]
        )

        def queries(some):
            order = self._rep_order()
            order.order_line = [
                (0, 0, {"product_id": product.id, "price_unit": 5}) for product in some
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order.order_line.mapped("b2b_discount_hint")
            order._b2b_reduced_lines()
            return self.env.cr.sql_log_count - before

        queries(products[:2])
        self.assertLessEqual(queries(products), queries(products[:2]) + 2)

    # -- the gate ----------------------------------------------------------------------

    def test_within_the_limit_goes_through(self):
        order = self._rep_order(b2b_manual_discount=7)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_above_it_waits_for_a_manager(self):
        order = self._rep_order(b2b_manual_discount=12)
        order.action_confirm()
        hold = self._hold(order)
        self.assertEqual(
            (order.state, hold.side, hold.severity), ("draft", "seller", "authorize")
        )
        self.assertIn("12 %", hold.message)
        self.assertIn("7 %", hold.message)
        # 80.00 less 12 %: 9.60; cost 40.00
        self.assertAlmostEqual(hold.discount_cost, 9.6)
        self.assertAlmostEqual(hold.margin_before, 50.0)
        self.assertAlmostEqual(hold.margin_after, 100 * 30.4 / 70.4)
        self.assertEqual(hold.discount_giver_ids, self.rep)
        for word in ("12", "7", "limit", "margin"):
            self.assertNotIn(word, hold.buyer_message)
        with self.assertRaises(AccessError):
            hold.with_user(self.rep).action_release("Mine")
        hold.with_user(self.manager).action_release("Promised at the fair")
        self.assertEqual(order.state, "sale")

    def test_margin_by_right(self):
        order = self._rep_order(b2b_manual_discount=12)
        order.action_confirm()
        hold = self._hold(order)
        rep, manager = hold.with_user(self.rep), hold.with_user(self.manager)
        self.assertIn("50", manager.margin_text)
        for record, name in (
            (rep, "margin_text"),
            (rep, "margin_after"),
            (order.with_user(self.rep), "b2b_margin_percent"),
            (order.order_line.with_user(self.rep), "b2b_margin"),
            (order.order_line.with_user(self.rep), "b2b_unit_cost"),
        ):
            with self.assertRaises(AccessError):
                record.read([name])
        line = order.order_line.with_user(self.manager)
        self.assertAlmostEqual(line.b2b_margin, 30.4)
        self.assertAlmostEqual(line.b2b_margin_percent, 30.4 / 70.4)
        view = self.env["sale.order"].with_user(self.rep).get_view(view_type="form")
        for name in ("b2b_margin_percent", "margin_text", "b2b_unit_cost"):
            self.assertNotIn(f'name="{name}"', view["arch"])
        view = self.env["sale.order"].with_user(self.manager).get_view(view_type="form")
        self.assertIn('name="b2b_margin_percent"', view["arch"])
        self.assertIn('name="margin_text"', view["arch"])

    def test_the_dialog_shows_the_margin_to_who_may_see_it(self):
        order = self._rep_order(b2b_manual_discount=12)
        order.action_confirm()
        hold = self._hold(order)
        dialog = self.env["b2b.order.hold.decide"]
        for user, seen in ((self.manager, True), (self.rep, False)):
            mine = dialog.with_user(user).create({"hold_id": hold.id})
            text = mine.read(["margin_text"])[0]["margin_text"]
            self.assertEqual("50.0 % → 43.2 %" in (text or ""), seen, user.login)
        view = dialog.with_user(self.manager).get_view(view_type="form")
        self.assertIn('name="margin_text"', view["arch"])

    def test_cost_is_kept(self):
        order = self._rep_order()
        self.env.flush_all()
        self.product.standard_price = 6.0
        order.invalidate_recordset()
        self.assertAlmostEqual(order.sudo().b2b_margin, 40.0)

    def test_typed_price_counts(self):
        order = self._rep_order(price_unit=7.2)  # 10 % below 8.00
        self.assertTrue(self._found(order))
        order.order_line.price_unit = 7.5
        self.assertFalse(self._found(order))
        order.order_line.write({"price_unit": 7.76, "b2b_manual_discount": 5})
        # 3 % and 5 % are 7.85 %
        self.assertAlmostEqual(order._b2b_reduced_lines()[0].whole, 7.85)
        self.assertTrue(self._found(order))

    def test_forged_technical_price_does_not_help(self):
        order = self._rep_order(price_unit=4.0, technical_price_unit=4.0)
        self.assertAlmostEqual(order._b2b_reduced_lines()[0].whole, 50)
        order = self._rep_order()
        order.order_line.with_context(
            sale_write_from_compute=True, force_price_recomputation=True
        ).write({"price_unit": 4.0, "technical_price_unit": 4.0})
        self.assertTrue(self._found(order))

    def test_odoos_discount_counts(self):
        order = self._rep_order(discount=12)
        self.assertTrue(self._found(order))

    def test_negative_row_counts(self):
        """A “goodwill” row below zero is a discount on the order."""
        order = self._rep_order()
        service = self.env["product.product"].create(
            {"name": "Goodwill", "type": "service", "list_price": 0, "taxes_id": False}
        )
        order.order_line = [(0, 0, {"product_id": service.id, "price_unit": -8.0})]
        reduced = order._b2b_reduced_lines()
        self.assertEqual([row.line.product_id for row in reduced], [self.product])
        self.assertAlmostEqual(reduced[0].share, 10)
        self.assertTrue(self._found(order))

    def test_list_that_rose_is_no_gift_of_the_buyer(self):
        order = self._make_order(quantity=10)
        self.public.item_ids.fixed_price = 16.0
        self.assertFalse(self._found(order))

    def test_manager_is_not_held_for_his_own(self):
        order = self._rep_order(user=self.manager, b2b_manual_discount=25)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_nobody_releases_his_own(self):
        order = self._rep_order(user=self.manager, b2b_manual_discount=30)
        order.action_confirm()
        hold = self._hold(order)
        with self.assertRaises(AccessError):
            hold.with_user(self.manager).action_release("Mine")
        hold.with_user(self.other_manager).action_release("Fine")
        self.assertEqual(order.state, "sale")

    def test_discount_in_a_buyers_cart(self):
        """A manager raises a buyer's order and may not release it himself."""
        order = self._make_order(quantity=10)
        order.with_user(self.manager).order_line.b2b_manual_discount = 30
        order._b2b_submit()
        hold = self._hold(order)
        self.assertEqual(hold.requested_by_id, self.buyer.user_id)
        self.assertFalse(hold._b2b_can_decide(self.manager))
        self.assertTrue(hold._b2b_can_decide(self.other_manager))

    # -- a release covers what is no greater -----------------------------------

    def test_more_after_the_release_asks_again(self):
        order = self._rep_order(b2b_manual_discount=12)
        order.action_confirm()
        order.order_line.b2b_manual_discount = 15
        self._hold(order).with_user(self.manager).action_release("For 12 %")
        self.assertEqual(order.state, "draft")
        hold = self._hold(order)
        self.assertIn("15 %", hold.message)
        hold.with_user(self.manager).action_release("For 15 %")
        self.assertEqual(order.state, "sale")

    def test_less_is_covered(self):
        order = self._rep_order(b2b_manual_discount=12)
        order.action_confirm()
        hold = self._hold(order)
        order.order_line.b2b_manual_discount = 10
        # a higher price is another order, so it is asked about again
        order.action_confirm()
        self.assertIn("10 %", self._hold(order).message)
        self.assertEqual(hold.state, "void")

    def test_check_again_shows_what_grew(self):
        order = self._rep_order(b2b_manual_discount=12)
        order.action_confirm()
        order.order_line.b2b_manual_discount = 20
        order.with_user(self.rep).action_b2b_check_again()
        self.assertIn("20 %", self._hold(order).message)

    def test_confirmed_order_gives_no_more(self):
        order = self._rep_order(b2b_manual_discount=5)
        order.action_confirm()
        order.with_user(self.rep).order_line.b2b_manual_discount = 7
        with self.refuses(GateBlocked, "10 %"):
            order.with_user(self.rep).order_line.b2b_manual_discount = 10
            self.env.flush_all()
        order.invalidate_recordset()
        order.with_user(self.manager).order_line.b2b_manual_discount = 10
        self.env.flush_all()
        self.assertEqual(order.order_line.b2b_manual_discount, 10)

    def test_smaller_quantity_of_a_confirmed_order(self):
        """Falling below a break of the list is nobody's discount."""
        self.public.item_ids = [
            (
                0,
                0,
                {
                    "applied_on": "0_product_variant",
                    "product_id": self.product.id,
                    "compute_price": "fixed",
                    "fixed_price": 5.0,
                    "min_quantity": 10,
                },
            )
        ]
        order = self._rep_order(price_unit=5.0)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        order.with_user(self.rep).order_line.write(
            {"product_uom_qty": 4, "price_unit": 5.0}
        )
        self.env.flush_all()
        self.assertEqual(order.amount_untaxed, 20.0)

    # -- lower to the limit ---------------------------------------------------

    def test_lower_to_the_limit(self):
        order = self._rep_order(b2b_manual_discount=12)
        order.action_confirm()
        hold = self._hold(order)
        self.assertEqual(hold.lower_text, "Lower to 7 %")
        hold.with_user(self.rep).action_lower()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.order_line.b2b_manual_discount, 7)
        self.assertEqual(order.order_line.b2b_discount_by_id, self.rep)
        self.assertEqual(hold.decision_ids.verdict, "lowered")
        with self.assertRaises(UserError):
            hold.with_user(self.rep).action_lower()

    def test_lower_a_typed_price(self):
        order = self._rep_order(price_unit=6.0, b2b_manual_discount=2)
        order.action_confirm()
        self._hold(order).with_user(self.manager).action_lower("As agreed")
        line = order.order_line
        self.assertEqual((line.price_unit, line.b2b_manual_discount), (8.0, 7.0))
        self.assertEqual(order.state, "sale")

    def test_lower_an_order_discount(self):
        order = self._rep_order(b2b_manual_discount=5)
        order.write(
            {"b2b_order_discount_kind": "amount", "b2b_order_discount_amount": 30}
        )
        order.action_confirm()
        self._hold(order).with_user(self.rep).action_lower()
        self.assertEqual(order.state, "sale")
        self.assertAlmostEqual(order.amount_untaxed, 80 * 0.93)

    def test_strangers_do_not_lower(self):
        order = self._rep_order(b2b_manual_discount=12)
        order.action_confirm()
        pricing = new_test_user(self.env, "b2b_pricing_p", "b2b_party.group_pricing")
        for user in (self.buyer.user_id, self.rival.user_id, pricing):
            with self.assertRaises(AccessError):
                self._hold(order).with_user(user).action_lower()

    # -- retail -----------------------------------------------------------------

    def test_retail_is_vouched_for_by_who_confirms(self):
        customer = self.env["res.partner"].create({"name": "Walk-in"})
        self.limits.create({"role": "rep", "customer_type": "retail", "percent": 2})
        order = self._rep_order(b2b_manual_discount=5)
        order.partner_id = customer
        self.assertEqual(order.b2b_party_id.b2b_customer_type, "retail")
        with self.refuses(GateBlocked, "2 %"):
            order.with_user(self.rep).action_confirm()
        order.with_user(self.manager).action_confirm()
        self.assertEqual(order.state, "sale")
