from datetime import datetime, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Datetime
from odoo.tests import Form, tagged

from .supplier_common import SupplierCase


@tagged("post_install", "-at_install")
class TestSupplierNet(SupplierCase):
    def test_surcharge_on_the_suppliers_price(self):
        self._make_seller(6.0)
        self.assertAlmostEqual(self._price(), 9.0)
        self.assertEqual(self.net_list.item_ids.price_discount, -50)
        self.assertIn("50 % surcharge on supplier net", self.net_list.item_ids.price)

    def test_the_example_follows_the_surcharge_while_it_is_typed(self):
        view = "product.product_pricelist_item_form_view"
        for base in ("b2b_supplier_net", "standard_price"):
            with Form(self.net_list.item_ids, view) as rule:
                rule.base = base
                rule.price_markup = 25
                self.assertIn("* 1.25", rule.rule_tip)
            self.assertEqual(self.net_list.item_ids.price_discount, -25)

    def test_discount_currency_and_unit_of_the_supplier(self):
        # 120.00 other currency a dozen, 10 % off: 9.00 a piece; 1.25 for 1: 7.20.
        self._make_seller(
            120.0,
            discount=10,
            product_uom_id=self.dozen.id,
            currency_id=self.other_currency.id,
        )
        self.assertAlmostEqual(self._price(), 7.2 * 1.5)
        self.assertAlmostEqual(self._price(uom=self.dozen), 7.2 * 1.5 * 12)
        self.assertAlmostEqual(
            self._price(currency=self.other_currency), 9.0 * 1.5, places=6
        )

    def test_rate_and_validity_of_the_orders_day(self):
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.other_currency.id,
                "rate": 2.0,
                "name": self._day(10),
                "company_id": self.company.id,
            }
        )
        self._make_seller(
            10.0, currency_id=self.other_currency.id, date_end=self._day(20)
        )
        self._make_seller(
            8.0, currency_id=self.other_currency.id, date_start=self._day(21)
        )
        now = Datetime.now()
        for days, net in ((0, 8.0), (11, 5.0), (25, 4.0)):
            found = self._price(date=now + timedelta(days=days))
            # The floor is the cost of 5.00.
            self.assertAlmostEqual(found, max(net * 1.5, 5.0))

    def test_quantity_chooses_the_suppliers_break(self):
        self._make_seller(6.0)
        self._make_seller(66.0, min_qty=2, product_uom_id=self.dozen.id)
        for quantity, price in ((1, 9.0), (23, 9.0), (24, 8.25), (-24, 8.25)):
            self.assertAlmostEqual(self._price(quantity), price)
        self.assertAlmostEqual(self._price(1, uom=self.dozen), 108.0)
        self.assertAlmostEqual(self._price(2, uom=self.dozen), 99.0)
        rows = self.net_list._b2b_prices(self.product)
        self.assertEqual(rows[self.product.id]["breaks"], [(1.0, 9.0), (24.0, 8.25)])

    def test_the_supplier_is_odoos_choice(self):
        other = self.env["res.partner"].create({"name": "Second"})
        self._make_seller(6.0, sequence=2)
        self._make_seller(7.0, sequence=1, partner_id=other.id)
        self._make_seller(6.5, sequence=3, partner_id=other.id)
        chosen = self.product._select_seller(quantity=1, uom_id=self.unit)
        self.assertEqual(chosen.price, 6.5)
        self.assertAlmostEqual(self._price(), 6.5 * 1.5)

    def test_without_supplier_cost_and_without_cost_no_rule(self):
        self.assertAlmostEqual(self._price(), 7.5)
        self._make_seller(6.0, min_qty=100)
        self.assertAlmostEqual(self._price(), 7.5)
        self.assertAlmostEqual(self._price(100), 9.0)
        self.env["product.supplierinfo"].search([]).unlink()
        self.product.standard_price = 0.0
        # As the list says for what it has no rule for: the public list.
        self.assertEqual(self.net_list.b2b_fallback, "public")
        self.assertAlmostEqual(self._price(), 8.0)
        self.net_list.b2b_fallback = "none"
        self.assertIsNone(
            self.net_list._b2b_prices(self.product)[self.product.id]["price"]
        )
        self.assertFalse(self.net_list._get_product_rule(self.product, 1))

    def test_rounding_and_chained_lists(self):
        self._make_seller(6.03)
        self.net_list.item_ids.write({"price_round": 0.05, "price_surcharge": -0.01})
        self.assertAlmostEqual(self._price(), 9.04)
        rule = {
            "applied_on": "3_global",
            "compute_price": "percentage",
            "base": "pricelist",
            "base_pricelist_id": self.net_list.id,
            "percent_price": 10,
        }
        chained = self._make_list("3 % off", rules=[rule])
        self.assertAlmostEqual(self._price(pricelist=chained), 9.04 * 0.9)
        rows = chained._b2b_prices(self.product)
        self.assertAlmostEqual(rows[self.product.id]["price"], 9.04 * 0.9)
        self._make_seller(4.0, min_qty=50)
        rows = chained._b2b_prices(self.product)
        self.assertEqual([low for low, _p in rows[self.product.id]["breaks"]], [1, 50])

    def test_template_is_priced_by_its_variant(self):
        self._make_seller(6.0)
        template = self.product.product_tmpl_id
        found = self.net_list._compute_price_rule(template, 1)
        self.assertAlmostEqual(found[template.id][0], 9.0)

    def test_night_belongs_to_the_company(self):
        self.company.partner_id.tz = "Europe/London"
        self._make_seller(6.0, date_end="2026-07-01")
        self._make_seller(8.0, date_start="2026-07-02")
        # 23:30 UTC is 0:30 of the next day in summer.
        self.assertAlmostEqual(self._price(date=datetime(2026, 7, 1, 22, 30)), 9.0)
        self.assertAlmostEqual(self._price(date=datetime(2026, 7, 1, 23, 30)), 12.0)

    def test_order_line_takes_it_for_a_buyer_without_rights(self):
        self._make_seller(6.0)
        self._make_agreement(pricelist_id=self.net_list.id, is_default=True)
        for seat in (self.buyer, self.approver):
            cart = self._make_cart(seat=seat, quantity=3)
            self.assertAlmostEqual(cart.order_line.price_unit, 9.0)
        order = self.env["sale.order"].with_user(self.rep)
        order = order.create({"partner_id": self.party.id})
        order.order_line = [(0, 0, {"product_id": self.product.id})]
        self.assertAlmostEqual(order.order_line.price_unit, 9.0)

    def test_surcharge_is_not_for_reps(self):
        self._make_seller(6.0)
        rule = self.net_list.item_ids.with_user(self.rep)
        for name in ("price_markup", "price_discount"):
            with self.assertRaises(AccessError):
                rule.read([name])
            with self.assertRaises(AccessError):
                rule.search([(name, ">", 10)])
        self.assertEqual(rule.read(["price"])[0]["price"], "supplier net")
        self.assertFalse(rule.rule_tip)
        net_list = self.net_list.with_user(self.rep)
        self.assertAlmostEqual(net_list._get_product_price(self.product, 1), 9.0)
        steps = net_list.b2b_explain(self.product)["steps"]
        self.assertEqual(steps[-1]["amount"], 9.0)
        other = self._make_list(
            "Off",
            rules=[
                {
                    "applied_on": "3_global",
                    "compute_price": "formula",
                    "base": "list_price",
                    "price_discount": 20,
                }
            ],
        ).with_user(self.rep)
        self.assertAlmostEqual(other._get_product_price(self.product, 1), 8.0)
        self.assertEqual(other.b2b_explain(self.product)["price"], 8.0)
        self.assertIn("20 %", other.item_ids.price)
        self.env.invalidate_all()
        rule = self.net_list.item_ids.with_user(self.manager)
        self.assertEqual(rule.price_markup, 50)
        self.assertIn("50 %", rule.price)

    def test_queries_do_not_grow_with_products(self):
        products = self._many_products(500)
        counts = []
        for picked in (products[:5], products):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = self.net_list._b2b_prices(picked)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 6)
        self.assertAlmostEqual(rows[products[7].id]["price"], 1.5 * 8 / 1.25)
        self.assertEqual(len(rows[products[7].id]["breaks"]), 2)

    def _many_products(self, count):
        products = self.env["product.product"].create(
            [{"name": f"Article {n}", "standard_price": 1} for n in range(count)]
        )
        self.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": self.supplier.id,
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "currency_id": self.other_currency.id,
                    "price": price,
                    "min_qty": low,
                }
                for n, product in enumerate(products, 1)
                for price, low in ((n, 0), (n * 0.9, 20))
            ]
        )
        return products

    def test_bad_input(self):
        rule = self.net_list.item_ids
        for values, words in (
            ({"price_markup": -5}, "-5 % lies below cost"),
            ({"compute_price": "percentage"}, "is a formula"),
            ({"b2b_never_below_cost": False, "price_markup": -100}, "leaves no price"),
        ):
            with self.refuses(ValidationError, words):
                rule.write(values)
        rule.write({"b2b_never_below_cost": False, "price_markup": -5})
        self._make_seller(6.0)
        self.assertAlmostEqual(self._price(), 5.7)


@tagged("post_install", "-at_install")
class TestCostFloor(SupplierCase):
    def test_no_percentage_leaves_less_than_nothing(self):
        rule = {"applied_on": "3_global", "compute_price": "percentage"}
        with self.assertRaisesRegex(ValidationError, "enter 100 or less"):
            self._make_list("Too much", rules=[{**rule, "percent_price": 120}])
        gift = self._make_list("Gift", rules=[{**rule, "percent_price": 100}])
        self.assertEqual(gift._get_product_price(self.product, 1), 0.0)

    def test_the_higher_of_cost_and_landed_net(self):
        self._make_seller(6.0)
        rule = self.net_list.item_ids
        rule.write({"price_markup": 2, "b2b_landed_percent": 10})
        self.assertAlmostEqual(self._price(), 6.6)
        self.product.standard_price = 7.0
        self.assertAlmostEqual(self._price(), 7.0)
        self.assertAlmostEqual(self._price(uom=self.dozen), 84.0)
        rule.price_round = 0.25
        rule.b2b_landed_percent = 18
        self.assertAlmostEqual(self._price(), 7.25)

    def test_any_rule_may_have_a_floor(self):
        self._make_seller(10.0, currency_id=self.other_currency.id)
        rule = self.public.item_ids
        self.assertFalse(rule.b2b_never_below_cost)
        rule.fixed_price = 3.0
        self.assertAlmostEqual(self._price(pricelist=self.public), 3.0)
        rule.b2b_never_below_cost = True
        self.assertAlmostEqual(self._price(pricelist=self.public), 8.0)
        abroad = self._make_list("Abroad", 3.0, currency_id=self.other_currency.id)
        abroad.item_ids.b2b_never_below_cost = True
        self.assertAlmostEqual(self._price(pricelist=abroad), 10.0)

    def test_the_tick_taken_away_is_in_the_log(self):
        pricing = self.manager
        rule = self.net_list.item_ids.with_user(pricing)
        rule.b2b_never_below_cost = False
        entry = self.env["b2b.audit.entry"].search(
            [("model", "=", "product.pricelist.item"), ("res_id", "=", rule.id)],
            limit=1,
        )
        self.assertEqual(entry.field, "b2b_never_below_cost")
        self.assertEqual((entry.before, entry.after), ("Yes", "No"))
        self.assertEqual(entry.user_id, pricing)


@tagged("post_install", "-at_install")
class TestBelowFloor(SupplierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_seller(6.0)
        cls._make_agreement(pricelist_id=cls.net_list.id, is_default=True)
        cls.order = cls._make_cart(quantity=3)

    def _found(self):
        findings = self.order._b2b_findings()
        return [finding for finding in findings if finding.code == "cost_floor"]

    def test_hand_given_price_below_waits_for_a_sales_manager(self):
        line = self.order.order_line
        self.assertEqual(line.price_unit, 9.0)
        line.discount = 33
        self.assertEqual(self._found(), [])
        line.discount = 34
        (finding,) = self._found()
        self.assertEqual((finding.severity, finding.side), ("authorize", "seller"))
        self.assertNotIn("6", finding.message + finding.buyer_message)
        line.write({"discount": 0, "price_unit": 5.99})
        self.assertEqual(len(self._found()), 1)
        self.net_list.item_ids.b2b_never_below_cost = False
        self.assertEqual(self._found(), [])

    def test_discount_on_the_order_counts(self):
        self.order.order_line.b2b_manual_discount = 20
        self.assertEqual(self._found(), [])
        self.order.write(
            {"b2b_order_discount_kind": "percent", "b2b_order_discount_percent": 20}
        )
        # 9.00 less 20 % less 20 % are 5.76.
        self.assertEqual(len(self._found()), 1)

    def test_release_stands_in_the_log(self):
        self.order.user_id = self.rep
        self.order.order_line.price_unit = 5.0
        self.order.with_user(self.rep).action_confirm()
        hold = self.order.b2b_hold_ids.filtered(lambda h: h.code == "cost_floor")
        self.assertEqual(hold.state, "open")
        self.assertEqual(hold.reason, "Below cost")
        self.assertFalse(hold._b2b_can_decide(self.rep))
        hold.with_user(self.manager).action_release("Sell-off")
        self.assertEqual(hold.state, "released")
        entry = self.env["b2b.audit.entry"].search(
            [("party_id", "=", self.party.id), ("label", "=", "Sold below cost")]
        )
        self.assertEqual(entry.user_id, self.manager)
        self.assertIn(self.order.name, entry.after)

    def test_lists_without_floor_cost_no_query(self):
        self.order.pricelist_id = self.public
        self.env["product.pricelist.item"]._b2b_floor_lists()
        self.order.order_line.mapped("price_unit")
        self.assertFalse(self.order._b2b_may_have_floor())
        with self.assertQueryCount(0):
            self.order._b2b_floor_findings()


@tagged("post_install", "-at_install")
class TestFixedBeforeUninstall(SupplierCase):
    def _prices(self, pricelists, dates):
        return {
            (pricelist.id, date, quantity): round(
                self._price(quantity, pricelist, date=date), 6
            )
            for pricelist in pricelists
            for date in dates
            for quantity in (0, 1, 9, 10, 23, 24, 100)
        }

    def test_prices_stay(self):
        self._make_seller(6.0)
        self._make_seller(48.0, min_qty=2, product_uom_id=self.dozen.id)
        now = Datetime.now()
        fixed = {
            "applied_on": "1_product",
            "product_tmpl_id": self.product.product_tmpl_id.id,
            "compute_price": "fixed",
            "fixed_price": 8.5,
            "min_quantity": 10,
        }
        later = {
            "applied_on": "1_product",
            "product_tmpl_id": self.product.product_tmpl_id.id,
            "compute_price": "formula",
            "base": "b2b_supplier_net",
            "price_markup": 70,
            "date_start": now + timedelta(days=10),
            "date_end": now + timedelta(days=20),
        }
        self.net_list.item_ids = [(0, 0, fixed), (0, 0, later)]
        chained = self._make_list(
            "On top",
            rules=[
                {
                    "applied_on": "3_global",
                    "compute_price": "formula",
                    "base": "pricelist",
                    "base_pricelist_id": self.net_list.id,
                    "price_discount": 3,
                }
            ],
        )
        dates = [now + timedelta(days=days) for days in (0, 5, 15, 25)]
        lists = self.net_list | chained
        before = self._prices(lists, dates)
        self.assertGreater(len(set(before.values())), 5)
        rules = self.env["product.pricelist.item"].search(
            [("base", "=", "b2b_supplier_net")]
        )
        made = rules._b2b_fix_last_prices()
        self.assertTrue(made)
        self.assertEqual(set(made.mapped("compute_price")), {"fixed"})
        self.assertFalse(rules.exists())
        self.assertEqual(self._prices(lists, dates), before)

    def test_selection_itself_is_safe(self):
        self._make_seller(6.0)
        value = self.env["ir.model.fields.selection"].search(
            [
                ("field_id.model", "=", "product.pricelist.item"),
                ("value", "=", "b2b_supplier_net"),
            ]
        )
        value._process_ondelete()
        self.assertAlmostEqual(self._price(), 9.0)
        rules = self.net_list.item_ids.filtered(
            lambda rule: rule.product_id == self.product
        )
        self.assertEqual(rules.compute_price, "fixed")
