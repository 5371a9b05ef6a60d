from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .catalog_common import CatalogCase

GARBAGE = [
    ("abc", "is not a number"),
    ("nan", "is not a number"),
    (float("inf"), "is not a number"),
    (None, "is not a number"),
    ({"a": 1}, "is not a number"),
    (-5, "below zero"),
    (1e9, "more than one line can hold"),
    (2.5, "is not a whole number"),
]


@tagged("post_install", "-at_install")
class TestCartModel(CatalogCase):
    def set_lines(self, rows, mode="set", seat=None):
        context = self.context_of(seat or self.buyer)
        return self.env["sale.order"]._b2b_cart_set_lines(context, rows, mode)

    def test_first_line_makes_one_cart_of_the_seat(self):
        self.assertFalse(self.cart_of(self.buyer))
        self.set_lines([(self.bag.id, 20)], "add")
        cart = self.cart_of(self.buyer)
        self.assertTrue(cart.b2b_is_cart)
        self.assertEqual(cart.partner_id, self.buyer.user_id.partner_id)
        self.assertEqual(cart.partner_shipping_id, self.yard)
        self.assertEqual(cart.b2b_agreement_id, self.agreement)
        self.assertEqual(cart.pricelist_id, self.pricelist)
        self.assertEqual(cart.b2b_channel_id, self.env.ref("b2b_party.channel_portal"))
        self.assertFalse(cart.b2b_orderer_id)
        self.set_lines([(self.tin.id, 3)], "add")
        self.assertEqual(self.cart_of(self.buyer), cart)
        self.assertEqual(self.lines_of(self.buyer), {self.bag: 20, self.tin: 3})

    def test_prices_are_those_of_the_agreement_and_break(self):
        self.set_lines([(self.bag.id, 100), (self.tin.id, 2)])
        prices = {
            line.product_id: line.price_unit
            for line in self.cart_of(self.buyer).order_line
        }
        self.assertEqual(prices, {self.bag: 1.5, self.tin: 4.0})

    def test_many_lines_are_written_in_one_go(self):
        articles = [
            self._make_article(f"ART {i}", f"TX{i}", 1.0 + i) for i in range(40)
        ]
        self.set_lines([(self.tin.id, 1)])
        rows = [(article.id, 2) for article in articles]
        self.set_lines(rows[:20])
        with self.assertQueryCount(__system__=420):
            self.set_lines(rows[20:])
            self.env.flush_all()

    def test_same_article_twice_is_one_line(self):
        self.set_lines([(self.bag.id, 10), (self.bag.id, 30)], "add")
        self.assertEqual(self.lines_of(self.buyer), {self.bag: 40})
        self.set_lines([(self.bag.id, 10)], "add")
        self.assertEqual(self.lines_of(self.buyer), {self.bag: 50})

    def test_quantities_are_rounded_up_to_packs_and_say_so(self):
        result = self.set_lines([(self.bag.id, 14)])[0]
        self.assertEqual(result["quantity"], 20)
        self.assertIn("14 → 20", result["note"])
        self.assertEqual(self.lines_of(self.buyer), {self.bag: 20})

    def test_thousands_are_read_as_the_page_writes_them(self):
        self.set_lines([(self.tin.id, "1,000")])
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 1000})

    def test_zero_removes_and_unknown_lines_stay(self):
        self.set_lines([(self.bag.id, 20), (self.tin.id, 1)])
        self.set_lines([(self.bag.id, 0)])
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 1})

    def test_bad_rows_say_why_and_change_nothing(self):
        self.set_lines([(self.tin.id, 1)])
        for raw, words in GARBAGE:
            for mode in ("add", "set"):
                result = self.set_lines([(self.tin.id, raw)], mode)[0]
                self.assertIn(words, result["error"], (raw, mode))
        self.assertEqual(
            self.set_lines([(self.tin.id, 0)], "add")[0]["error"],
            "Type a quantity above zero.",
        )
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 1})

    def test_good_rows_pass_beside_bad_ones(self):
        results = self.set_lines([(self.tin.id, 2), (self.bag.id, "x")])
        self.assertFalse(results[0]["error"])
        self.assertTrue(results[1]["error"])
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 2})

    def test_what_left_the_catalog_may_be_lowered_and_not_raised(self):
        self.set_lines([(self.tin.id, 5)])
        self.catalog.excluded_product_ids += self.tin.product_tmpl_id
        (result,) = self.set_lines([(self.tin.id, 6)])
        self.assertEqual(result["error"], "There is no such article.")
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 5})
        for quantity in (5, 3):
            (result,) = self.set_lines([(self.tin.id, quantity)])
            self.assertFalse(result["error"])
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 3})
        self.set_lines([(self.tin.id, 0)])
        self.assertFalse(self.lines_of(self.buyer))

    def test_foreign_and_unknown_articles_get_the_same_words(self):
        service = self._make_article("NOT SOLD", "T000", 1.0, sale_ok=False)
        rows = [
            (self.hidden.id, 1),
            (service.id, 1),
            (2**31 - 1, 1),
            (10**20, 1),
            (-4, 1),
            ("x", 1),
            (None, 1),
        ]
        results = self.set_lines(rows, "add")
        self.assertEqual({r["error"] for r in results}, {"There is no such article."})
        self.assertFalse(self.cart_of(self.buyer))

    def test_a_line_that_left_the_catalog_can_be_removed(self):
        self.set_lines([(self.tin.id, 2)])
        self.catalog.excluded_product_ids |= self.tin.product_tmpl_id
        codes = [f.code for f in self.cart_of(self.buyer)._b2b_findings()]
        self.assertIn("catalog", codes)
        self.set_lines([(self.tin.id, 0)])
        self.assertEqual(self.lines_of(self.buyer), {})

    def test_too_many_rows_and_modes(self):
        with self.assertRaises(UserError):
            self.set_lines([(self.tin.id, 1)] * 501)
        with self.assertRaises(UserError):
            self.set_lines([(self.tin.id, 1)], "wipe")

    def test_an_undone_removal_restores_the_line(self):
        self.set_lines([(self.bag.id, 30)])
        self.set_lines([(self.bag.id, 0)])
        self.set_lines([(self.bag.id, 30)])
        self.assertEqual(self.lines_of(self.buyer), {self.bag: 30})

    def test_each_seat_has_its_own_cart_and_colleagues_do_not_see_it(self):
        self.set_lines([(self.tin.id, 2)])
        self.set_lines([(self.tin.id, 5)], seat=self.owner)
        cart = self.cart_of(self.buyer)
        self.assertNotEqual(cart, self.cart_of(self.owner))
        Order = self.env["sale.order"]
        for seat in (self.owner, self.approver, self.rival, self.finance):
            own = Order.with_user(seat.user_id)
            self.assertFalse(own.search([("id", "=", cart.id)]), seat.display_name)
            lines = own.env["sale.order.line"].search([("order_id", "=", cart.id)])
            self.assertFalse(lines, seat.display_name)
        self.assertTrue(
            Order.with_user(self.buyer.user_id).search([("id", "=", cart.id)])
        )

    def test_cart_flag_is_not_writable_by_people(self):
        self.set_lines([(self.tin.id, 2)])
        cart = self.cart_of(self.buyer)
        with self.assertRaises(UserError):
            cart.with_user(self.manager).write({"b2b_is_cart": False})

    def test_second_cart_of_a_seat_is_refused_by_the_database(self):
        self.set_lines([(self.tin.id, 2)])
        vals = self.env["sale.order"]._b2b_cart_vals(self.context_of(self.buyer))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env["sale.order"].create(vals)

    def test_reading_a_cart_writes_nothing(self):
        self.set_lines([(self.tin.id, 2)])
        cart = self.cart_of(self.buyer)
        self.env.flush_all()
        before = cart.write_date, cart.order_line.write_date
        context = self.context_of(self.buyer)
        self.env["b2b.portal.cart"]._b2b_values(context, context.cart)
        self.assertFalse(self.env.cr.precommit._funcs)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((cart.write_date, cart.order_line.write_date), before)

    def test_changed_prices_are_shown_and_taken_on_request(self):
        self.set_lines([(self.tin.id, 2)])
        rule = self.pricelist.item_ids.filtered(
            lambda item: item.product_tmpl_id == self.tin.product_tmpl_id
        )
        rule.fixed_price = 4.5
        context = self.context_of(self.buyer)
        values = self.env["b2b.portal.cart"]._b2b_values(context, context.cart)
        self.assertEqual(values["rows"][0]["change"]["delta"], 0.5)
        self.assertEqual(values["findings"][-1]["code"], "price")
        self.assertEqual(self.cart_of(self.buyer).order_line.price_unit, 4.0)
        self.cart_of(self.buyer)._b2b_cart_reprice()
        self.assertEqual(self.cart_of(self.buyer).order_line.price_unit, 4.5)

    def test_a_changed_condition_is_shown_and_taken_on_request(self):
        condition = self.env["b2b.order.condition"].create(
            {"kind": "delivery", "name": "Van", "threshold": 500, "charge": 8}
        )
        self.set_lines([(self.tin.id, 2)])
        cart = self.cart_of(self.buyer)
        self.assertEqual(cart._b2b_condition_changes(), [])
        total = cart.amount_untaxed
        condition.charge = 12.5
        context = self.context_of(self.buyer)
        page = self.env["b2b.portal.cart"]
        (finding,) = page._b2b_values(context, context.cart)["findings"]
        self.assertRegex(finding["text"], r"delivery cost .*8\.00 .*12\.50")
        self.assertEqual(cart.amount_untaxed, total)
        cart._b2b_cart_reprice()
        self.assertEqual(cart.amount_untaxed, total + 4.5)
        self.assertEqual(self._findings_of_the_cart(), [])

    def _findings_of_the_cart(self):
        context = self.context_of(self.buyer)
        found = self.env["b2b.portal.cart"]._b2b_values(context, context.cart)
        return [finding["text"] for finding in found["findings"]]

    def test_a_new_quantity_takes_no_raised_charge_with_it(self):
        Condition = self.env["b2b.order.condition"]
        condition = Condition.create(
            {"kind": "small_order", "name": "Small", "threshold": 500, "charge": 5}
        )
        self.set_lines([(self.tin.id, 2)])
        condition.charge = 9
        self.set_lines([(self.tin.id, 3)])
        cart = self.cart_of(self.buyer)
        self.assertEqual(cart.amount_untaxed, 3 * 4 + 9)
        (text,) = self._findings_of_the_cart()
        self.assertRegex(text, r"small orders changed from .*5\.00 .*9\.00")
        # Staff who touch the cart accept nothing for the buyer.
        cart.action_update_prices()
        self.assertEqual(len(self._findings_of_the_cart()), 1)
        cart._b2b_cart_reprice()
        self.assertEqual(self._findings_of_the_cart(), [])
        self.set_lines([(self.tin.id, 4)])
        self.assertEqual(self._findings_of_the_cart(), [])

    def test_a_condition_that_is_new_since_is_asked_about(self):
        self.set_lines([(self.tin.id, 2)])
        self.env["b2b.order.condition"].create(
            {
                "kind": "minimum",
                "name": "Least",
                "threshold": 100,
                "below": "refuse",
            }
        )
        self.set_lines([(self.tin.id, 3)])
        texts = self._findings_of_the_cart()
        self.assertEqual(len(texts), 2, texts)
        self.assertRegex(texts[1], r"^A minimum order of .*100\.00 holds now")

    def test_another_agreement_is_the_buyers_own_choice(self):
        other = self.agreement.copy({"name": "Other terms", "is_default": False})
        Condition = self.env["b2b.order.condition"]
        small = {"kind": "small_order", "threshold": 500}
        Condition.create({**small, "name": "Small", "charge": 5})
        Condition.create(
            {**small, "name": "Other", "charge": 7, "agreement_id": other.id}
        )
        other.state = "running"
        self.set_lines([(self.tin.id, 2)])
        cart = self.cart_of(self.buyer)
        cart._b2b_switch_agreement(other)
        self.assertEqual(cart.amount_untaxed, 2 * 4 + 7)
        self.assertEqual(cart._b2b_condition_changes(), [])

    def test_taxes_of_the_page_add_up_to_the_order(self):
        taxes = self.env["account.tax"].create(
            [{"name": f"V{rate}", "amount": rate} for rate in (20.0, 5.0)]
        )
        self.tin.taxes_id = taxes[0]
        self.bag.taxes_id = taxes[1]
        self.set_lines([(self.tin.id, 3), (self.bag.id, 10)])
        cart = self.cart_of(self.buyer)
        parts = self.env["b2b.portal.cart"]._b2b_taxes(cart)
        self.assertAlmostEqual(sum(amount for _n, amount in parts), cart.amount_tax)
