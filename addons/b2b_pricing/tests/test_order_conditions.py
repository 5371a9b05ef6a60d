from types import SimpleNamespace

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .condition_common import ConditionCase

STEPS = ((500.0, 2.0), (1000.0, 3.0))


@tagged("post_install", "-at_install")
class TestOrderConditions(ConditionCase):
    """Lines of conditions follow every change and are never doubled."""

    def test_they_follow_every_change(self):
        self._make_condition("delivery", charge=12.5, threshold=250.0)
        self._make_condition("discount", steps=STEPS)
        order = self._cart_of((self.ten, 20))
        self.assertEqual(self.amounts(order), {"delivery": 12.5})
        self.assertEqual(order.amount_untaxed, 212.5)
        line = order.order_line[0]
        line.product_uom_qty = 25
        self.assertEqual(self.amounts(order), {})
        line.product_uom_qty = 60
        self.assertEqual(self.amounts(order), {"discount": -12.0})
        order.write(
            {
                "order_line": [
                    (0, 0, {"product_id": self.one.id, "product_uom_qty": 400})
                ]
            }
        )
        self.assertEqual(self.amounts(order), {"discount": -30.0})
        line.unlink()
        self.assertEqual(self.amounts(order), {})
        line = order.order_line.filtered(lambda ln: ln.product_id == self.one)
        line.product_uom_qty = 100
        self.assertEqual(self.amounts(order), {"delivery": 12.5})
        line.price_unit = 0.5
        line.discount = 10
        self.assertEqual(order.b2b_condition_result["net"], 45.0)

    def test_settling_twice_writes_nothing(self):
        self._make_condition("delivery", charge=12.5)
        self._make_condition("discount", steps=((0.0, 2.0),))
        order = self._cart_of((self.ten, 3), (self.book, 7))
        before = order.order_line
        stamp = before.mapped("write_date")
        self.env.flush_all()
        order._b2b_settle_lines()
        order._recompute_prices()
        order._recompute_taxes()
        self.env.flush_all()
        self.assertEqual(order.order_line, before)
        self.assertEqual(before.mapped("write_date"), stamp)
        self.assertEqual(self.amounts(order), {"delivery": 12.5, "discount": -0.74})

    def test_a_discount_on_a_condition_is_refused(self):
        self._make_condition("delivery", charge=12.5)
        order = self._cart_of((self.ten, 3))
        row = order.order_line.filtered("b2b_condition_kind")
        with self.refuses(ValidationError, "comes from an order condition"):
            row.with_user(self.manager).b2b_manual_discount = 50
        self.assertEqual(self.amounts(order), {"delivery": 12.5})

    def test_hints_know_a_condition_that_was_changed_since(self):
        condition = self._make_condition("delivery", charge=12.5, threshold=250)
        order = self._cart_of((self.ten, 10))
        self.assertEqual(order._b2b_condition_changes(), [])
        condition.threshold = 80
        (hint,) = order._b2b_condition_hints()
        self.assertTrue(hint["reached"])
        (text,) = order._b2b_condition_changes()
        self.assertIn("delivery cost", text)
        self.assertEqual(self.amounts(order), {"delivery": 12.5})
        order.action_update_prices()
        self.assertEqual(self.amounts(order), {})
        self.assertEqual(order._b2b_condition_changes(), [])

    def test_an_empty_order_costs_nothing(self):
        self._make_condition("delivery", charge=12.5)
        order = self._cart_of((self.ten, 1))
        order.order_line.filtered(lambda ln: not ln.b2b_condition_kind).unlink()
        self.assertFalse(order.order_line)
        self.assertFalse(order.b2b_condition_result["charges"])

    def test_split_by_tax_without_drift(self):
        self._make_condition("discount", steps=((0.0, 2.5),))
        self._make_condition("delivery", charge=10.0)
        # 80.00 at 20 %, 19.99 at 5 %: 2.5 % of 99.99 is 2.49975
        self.book.list_price = 19.99
        order = self._cart_of((self.ten, 8), (self.book, 1))
        found = self.condition_lines(order)
        self.assertEqual(found["discount"], [(-2.0, self.tax), (-0.5, self.reduced)])
        # 10 * 80 / 99.99 = 8.0008, 10 * 19.99 / 99.99 = 1.9992
        self.assertEqual(found["delivery"], [(8.0, self.tax), (2.0, self.reduced)])
        # (80 - 2 + 8) * 20 % = 17.20, (19.99 - 0.5 + 2) * 5 % = 1.0745
        self.assertEqual(order.amount_untaxed, 107.49)
        self.assertAlmostEqual(order.amount_tax, 18.27)

    def test_prices_that_include_tax(self):
        included = self._make_tax("20 in", 20.0, price_include_override="tax_included")
        article = self._make_article("Included", 12.0, included)
        self._make_condition("delivery", charge=10.0)
        self._make_condition("discount", steps=((100.0, 5.0),))
        order = self._cart_of((article, 10))
        # 10 x 12.00 is 100.00 net; 5 % of 120.00 is 6.00, net 5.00
        self.assertEqual(self.amounts(order), {"discount": -5.0, "delivery": 10.0})
        line = order.order_line.filtered(lambda ln: ln.b2b_condition_kind == "delivery")
        self.assertEqual(line.price_unit, 12.0)
        self.assertEqual(order.amount_total, 126.0)

    def test_taxes_of_an_own_product_stand(self):
        product = self.company._b2b_condition_product("delivery")
        product.taxes_id = self.reduced
        self._make_condition("delivery", charge=10.0)
        order = self._cart_of((self.ten, 8))
        self.assertEqual(
            self.condition_lines(order)["delivery"], [(10.0, self.reduced)]
        )

    def test_a_product_of_the_settings_stands_on_the_lines(self):
        own = self._make_article("Fee", 0.0, self.tax.browse())
        own.type = "service"
        self.company.b2b_charge_product_id = own
        self._make_condition("small_order", charge=5.0, threshold=100.0)
        order = self._cart_of((self.ten, 1))
        line = order.order_line.filtered("b2b_condition_kind")
        self.assertEqual((line.product_id, line.price_unit), (own, 5.0))

    def test_amounts_in_another_currency(self):
        # 1 of ours is 1.25 of the other: 125 of it are 100 of ours
        self._make_condition(
            "delivery", charge=10.0, threshold=125.0, currency_id=self.other_currency.id
        )
        order = self._cart_of((self.ten, 9))
        self.assertEqual(self.amounts(order), {"delivery": 8.0})
        order.order_line[0].product_uom_qty = 10
        self.assertEqual(self.amounts(order), {})

    def test_below_the_minimum(self):
        self._make_condition("minimum", threshold=150.0)
        order = self._cart_of((self.ten, 8), (self.one, 8))
        (finding,) = [f for f in order._b2b_findings() if f.code == "minimum_order"]
        self.assertEqual((finding.severity, finding.side), ("block", "seller"))
        self.assertIn("62.00", finding.buyer_message)
        self.assertIn("150.00", finding.buyer_message)
        self.assertIn("62.00", order.b2b_condition_note)
        with self.assertRaises(GateBlocked):
            order.action_confirm()
        order.order_line[1].product_uom_qty = 70
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_minimum_that_a_manager_may_release(self):
        self._make_condition("minimum", threshold=150.0, below="check")
        order = self._cart_of((self.ten, 8))
        order.action_confirm()
        self.assertEqual(order.b2b_submit_state, "waiting")
        hold = order.b2b_open_hold_ids
        self.assertEqual((hold.code, hold.side), ("minimum_order", "seller"))
        hold.with_user(self.manager).action_release("A good customer.")
        self.assertEqual(order.state, "sale")

    def test_minimum_that_is_charged(self):
        self._make_condition("minimum", threshold=150.0, below="charge", charge=15.0)
        order = self._cart_of((self.ten, 8))
        self.assertEqual(self.amounts(order), {"minimum": 15.0})
        self.assertFalse(
            [f for f in order._b2b_findings() if f.code == "minimum_order"]
        )

    def test_hints_say_what_is_missing(self):
        self._make_condition("delivery", charge=12.5, threshold=250.0)
        self._make_condition("discount", steps=STEPS)
        order = self._cart_of((self.one, 212.8))
        texts = [hint["text"] for hint in order._b2b_condition_hints()]
        self.assertEqual(len(texts), 2)
        self.assertRegex(texts[0], "Add .?37.20.? to get free delivery")
        self.assertRegex(texts[1], "Add .?287.20.? to get 2 % off")
        order.order_line[0].product_uom_qty = 250
        self.assertTrue(order._b2b_condition_hints()[0]["reached"])

    def test_lifted_for_one_order(self):
        self._make_condition("minimum", threshold=150.0)
        self._make_condition("delivery", charge=12.5)
        order = self._cart_of((self.ten, 8), user_id=self.rep.id)
        with self.refuses(AccessError, "sales managers"):
            order.with_user(self.rep).b2b_without_conditions = True
        order.with_user(self.manager).b2b_without_conditions = True
        self.assertEqual(self.amounts(order), {})
        self.assertFalse(order._b2b_minimum_finding())
        order.b2b_without_conditions = False
        self.assertEqual(self.amounts(order), {"delivery": 12.5})

    def test_nobody_else_writes_the_lines(self):
        order = self._cart_of((self.ten, 8), user_id=self.rep.id)
        with self.refuses(AccessError, "by the system"):
            order.with_user(self.rep).order_line[0].b2b_condition_kind = "delivery"
        self._make_condition("delivery", charge=12.5)
        order._b2b_settle_lines()
        line = order.order_line.filtered("b2b_condition_kind")
        with self.refuses(AccessError, "by the system"):
            line.with_user(self.rep).b2b_condition_kind = False
        line.with_user(self.rep).price_unit = 1.0
        self.assertEqual(line.price_unit, 12.5)
        line.with_user(self.rep).unlink()
        self.assertEqual(self.amounts(order), {"delivery": 12.5})

    def test_retail_and_copies(self):
        self._make_condition("delivery", charge=12.5)
        order = self._cart_of((self.ten, 8))
        copy = order.copy()
        self.assertEqual(self.amounts(copy), {"delivery": 12.5})
        self.env["b2b.order.condition"].search([]).active = False
        self.assertEqual(self.amounts(order.copy()), {})
        self.party.b2b_customer_type = "retail"
        self._make_condition("minimum", threshold=1000.0)
        self.assertFalse(self._cart_of((self.ten, 8)).b2b_condition_result)

    def test_they_are_no_goods(self):
        self._make_condition("delivery", charge=12.5)
        self._make_condition("discount", steps=((0.0, 2.0),))
        order = self._cart_of((self.ten, 8))
        goods = order.order_line[0]
        self.assertEqual(order._b2b_goods_lines(), goods)
        self.assertEqual(order._get_update_prices_lines(), goods)
        kinds = {row[2] for row in order.b2b_lines_snapshot}
        self.assertEqual(kinds, {"goods", "discount", "delivery"})
        codes = {finding.code for finding in order._b2b_findings()}
        self.assertFalse(codes & {"catalog", "no_price", "quantity"})
        if "_b2b_loyalty_lines" in dir(order):
            program = SimpleNamespace(by_line=False, basis="net")
            self.assertEqual(len(order._b2b_loyalty_lines(program)), 1)

    def test_in_the_form(self):
        self._make_condition("delivery", charge=12.5)
        with Form(self.env["sale.order"].with_user(self.manager)) as form:
            form.partner_id = self.party
            with form.order_line.new() as line:
                line.product_id = self.ten
                line.product_uom_qty = 4
        order = form.record
        self.assertEqual(self.amounts(order), {"delivery": 12.5})

    def test_the_number_of_queries_does_not_grow(self):
        self._make_condition("delivery", charge=12.5, threshold=5000.0)
        self._make_condition("discount", steps=((0.0, 2.0),))

        def needed(count):
            order = self._cart_of(*[(self.ten, 1)] * count)
            order.order_line[0].product_uom_qty = 2
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order._b2b_settle_conditions()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        needed(2)
        self.assertEqual(needed(3), needed(30))
