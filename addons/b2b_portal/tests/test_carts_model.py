from datetime import timedelta

from odoo import fields
from odoo.exceptions import MissingError, UserError
from odoo.tests import tagged

from ..context import LOST, LOST_MAIN
from .catalog_common import CatalogCase


@tagged("post_install", "-at_install")
class TestCartsModel(CatalogCase):
    def setUp(self):
        super().setUp()
        self.Order = self.env["sale.order"]

    def build(self, cart_id=None, seat=None):
        user = (seat or self.buyer).user_id
        return self.env["b2b.portal.context"].with_user(user)._b2b_build(cart_id)

    def new(self, name, seat=None):
        return self.Order._b2b_cart_new(self.build(seat=seat), name)

    def put(self, rows, cart=None, mode="add", **options):
        context = self.build(cart.id if cart else None)
        return self.Order._b2b_cart_set_lines(context, rows, mode, **options)

    def held(self, cart):
        return {
            line.product_id: line.product_uom_qty for line in cart._b2b_cart_lines()
        }

    def open(self, seat=None):
        return self.Order._b2b_carts(seat or self.buyer, self.env.company)

    # -- which one is current ------------------------------------------------------

    def test_the_latest_chosen_is_current_on_every_device(self):
        self.put([(self.tin.id, 1)])
        main = self.cart_of(self.buyer)
        spring = self.new("Spring window")
        self.assertEqual(self.cart_of(self.buyer), spring)
        self.assertEqual(self.build().cart, spring)
        main._b2b_cart_choose()
        self.assertEqual(self.build().cart, main)
        spring._b2b_cart_choose()
        self.assertEqual(self.open(), spring | main)
        self.assertEqual(self.build().carts[0], spring)

    def test_turning_to_a_cart_is_no_change_of_it(self):
        self.put([(self.tin.id, 1)])
        main = self.cart_of(self.buyer)
        self.env.flush_all()
        before = main.write_date
        self.env.cr.execute(
            "UPDATE sale_order SET write_date = write_date - interval '1 day'"
            " WHERE id = %s RETURNING write_date",
            (main.id,),
        )
        (past,) = self.env.cr.fetchone()
        main.invalidate_recordset()
        main._b2b_cart_choose()
        self.assertEqual(main.write_date, past)
        self.assertLess(main.write_date, before)

    def test_ordering_one_leaves_the_others_and_goes_on_with_the_last_used(self):
        self.put([(self.tin.id, 1)])
        main = self.cart_of(self.buyer)
        spring, leeds = self.new("Spring"), self.new("Leeds")
        self.put([(self.tin.id, 2)])
        spring._b2b_cart_choose()
        self.put([(self.tin.id, 3)])
        spring.write({"b2b_is_cart": False, "b2b_submit_state": "waiting"})
        self.assertEqual(self.open(), leeds | main)
        self.assertEqual(self.held(leeds), {self.tin: 2})
        self.assertEqual(self.held(main), {self.tin: 1})
        self.assertEqual(spring.b2b_cart_name, "Spring")

    # -- the cart of a page --------------------------------------------------------

    def test_a_page_is_about_the_cart_it_was_made_for(self):
        self.put([(self.tin.id, 1)])
        main, spring = self.cart_of(self.buyer), self.new("Spring")
        for given in (main.id, str(main.id)):
            self.assertEqual(self.build(given).cart, main)
            self.assertFalse(self.build(given).lost_cart)
        self.assertEqual(self.build().cart, spring)
        # A page that showed no cart is about the one without a name.
        self.assertEqual(self.build(0).cart, main)

    def test_carts_that_are_gone_are_never_replaced_by_another(self):
        self.put([(self.tin.id, 1)])
        main, spring = self.cart_of(self.buyer), self.new("Spring")
        foreign = self.Order._b2b_cart_make(self.build(seat=self.rival))
        for given in (foreign.id, 2**31 - 1, "x", "", [], {}, True, -3, 10**20):
            self.assertEqual(self.build(given).lost_cart, LOST, given)
        spring._b2b_cart_delete()
        self.assertEqual(self.build(spring.id).lost_cart, LOST)
        main.b2b_is_cart = False
        lost = self.build(main.id)
        self.assertEqual((lost.cart, lost.lost_cart), (self.Order, LOST_MAIN))

    def test_lines_enter_the_cart_of_the_page(self):
        self.put([(self.tin.id, 1)])
        main, spring = self.cart_of(self.buyer), self.new("Spring")
        self.put([(self.tin.id, 5)], main)
        self.put([(self.bag.id, 10)])
        self.assertEqual(self.held(main), {self.tin: 6})
        self.assertEqual(self.held(spring), {self.bag: 10})

    # -- what all carts hold (DECISIONS 22) ------------------------------------------

    def test_in_cart_counts_every_open_cart_of_the_seat_and_no_other(self):
        self.put([(self.tin.id, 1), (self.bag.id, 10)])
        spring = self.new("Spring")
        self.put([(self.tin.id, 5)])
        gone = self.new("Gone")
        self.put([(self.tin.id, 90)])
        gone._b2b_cart_delete()
        other = self.build(seat=self.owner)
        self.Order._b2b_cart_set_lines(other, [(self.tin.id, 400)])
        context = self.build()
        self.assertEqual(context.cart, spring)
        self.assertEqual(context.in_cart, {self.tin.id: 6, self.bag.id: 10})
        self.assertEqual(context.cart_lines, 1)
        row = self.env["b2b.portal.rows"]._b2b_rows(context, self.tin)[0]
        self.assertEqual(row["in_cart"], 6)

    def test_figures_of_many_carts_need_no_more_queries(self):
        def needed():
            self.env.flush_all()
            self.env.invalidate_all()
            self.env["b2b.portal.carts"]._b2b_rows(self.build())  # caches
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["b2b.portal.carts"]._b2b_rows(self.build())
            return self.env.cr.sql_log_count - before

        for name in ("A", "B", "C"):
            self.new(name)
            self.put([(self.tin.id, 1)])
        few = needed()
        for name in ("D", "E", "F", "G", "H"):
            self.new(name)
            self.put([(self.tin.id, 2), (self.bag.id, 10)])
        self.assertEqual(needed(), few)

    # -- names and number -----------------------------------------------------------

    def test_names_are_used_once_whatever_their_case(self):
        self.new("Spring window")
        for name in ("spring  WINDOW", "Spring window", "Main cart", "main cart"):
            with self.assertRaisesRegex(UserError, "already"):
                self.new(name)
        for name in ("", "  ", None):
            with self.assertRaisesRegex(UserError, "Give the cart a name"):
                self.new(name)
        with self.assertRaisesRegex(UserError, "at most 60"):
            self.new("x" * 61)
        self.new("Spring window", seat=self.owner)  # a colleague has his own names

    def test_a_cart_keeps_its_own_name_when_it_is_renamed(self):
        spring = self.new("Spring")
        spring._b2b_cart_rename(self.build(), "SPRING")
        self.assertEqual(spring.b2b_cart_name, "SPRING")
        leeds = self.new("Leeds")
        with self.assertRaises(UserError):
            leeds._b2b_cart_rename(self.build(), "spring")

    def test_there_is_an_end_to_it(self):
        carts = self.Order
        for number in range(20):
            carts |= self.new(f"Cart {number}")
        with self.assertRaisesRegex(UserError, "20 open carts"):
            self.new("One more")
        carts[0]._b2b_cart_delete()
        self.new("One more")
        with self.assertRaisesRegex(UserError, "20 open carts"):
            carts[0]._b2b_cart_restore(self.build())

    def test_the_fields_are_not_written_by_people(self):
        cart = self.new("Spring")
        for name in ("b2b_cart_deleted_at", "b2b_cart_chosen_at"):
            with self.assertRaises(UserError):
                cart.with_user(self.manager).write({name: fields.Datetime.now()})

    # -- new, copy, empty, delete ----------------------------------------------------

    def test_a_new_cart_begins_with_the_usual_terms(self):
        self.put([(self.tin.id, 1)])
        main = self.cart_of(self.buyer)
        main._b2b_switch_agreement(self.prepaid)
        main.partner_shipping_id = self.shop
        spring = self.new("Spring")
        self.assertEqual(spring.b2b_agreement_id, self.agreement)
        self.assertEqual(spring.partner_shipping_id, self.yard)
        self.assertEqual(spring.b2b_seat_id, self.buyer)
        self.assertFalse(spring.order_line)

    def test_a_copy_has_articles_agreement_and_address(self):
        self.put([(self.tin.id, 3), (self.bag.id, 20)])
        main = self.cart_of(self.buyer)
        main._b2b_switch_agreement(self.prepaid)
        main.write({"partner_shipping_id": self.shop.id, "client_order_ref": "PO 7"})
        self.catalog.excluded_product_ids |= self.bag.product_tmpl_id
        self._price(self.tin, 3.0, 1)
        fresh, added, left_out = main._b2b_cart_copy(self.build(), "Again")
        self.assertEqual((added, left_out), (1, 1))
        self.assertEqual(self.held(fresh), {self.tin: 3})
        self.assertEqual(fresh.b2b_agreement_id, self.prepaid)
        self.assertFalse(fresh.client_order_ref)
        self.assertEqual(self.held(main), {self.tin: 3, self.bag: 20})
        self.assertEqual(self.cart_of(self.buyer), fresh)

    def test_a_copy_of_an_ended_agreement_goes_on_under_the_usual_one(self):
        self.put([(self.tin.id, 3)])
        main = self.cart_of(self.buyer)
        main._b2b_switch_agreement(self.prepaid)
        self.prepaid.state = "closed"
        fresh, _added, _left = main._b2b_cart_copy(self.build(), "Again")
        self.assertEqual(fresh.b2b_agreement_id, self.agreement)

    def test_emptying_gives_back_the_rows(self):
        self.put([(self.tin.id, 3), (self.bag.id, 20)])
        cart = self.cart_of(self.buyer)
        rows = cart._b2b_cart_empty()
        self.assertFalse(self.held(cart))
        self.put(rows, mode="set")
        self.assertEqual(self.held(cart), {self.tin: 3, self.bag: 20})

    def test_a_deleted_cart_comes_back_as_it_was(self):
        self.put([(self.tin.id, 3)])
        main = self.cart_of(self.buyer)
        main.order_line.price_unit = 3.33
        main._b2b_cart_delete()
        self.assertFalse(self.open())
        self.put([(self.bag.id, 10)])
        self.assertNotEqual(self.cart_of(self.buyer), main)
        main._b2b_cart_restore(self.build())
        self.assertEqual(main.b2b_cart_name, "Main cart (2)")
        self.assertEqual(self.cart_of(self.buyer), main)
        self.assertEqual(main.order_line.price_unit, 3.33)

    def test_a_deleted_cart_counts_nowhere(self):
        spring = self.new("Spring")
        party = self.party.with_user(self.manager)
        count = party.sale_order_count
        spring._b2b_cart_delete()
        party.invalidate_recordset()
        self.assertEqual(party.sale_order_count, count - 1)
        self.assertEqual(spring.state, "cancel")
        self.assertEqual(spring.b2b_cart_title, "Spring, deleted by the buyer")
        spring._b2b_cart_restore(self.build())
        self.assertEqual((spring.state, spring.b2b_cart_title), ("draft", "Spring"))

    def test_staff_take_up_a_deleted_cart_as_a_quotation(self):
        spring = self.new("Spring")
        spring._b2b_cart_delete()
        spring.with_user(self.manager).action_draft()
        self.assertEqual(spring.state, "draft")
        self.assertFalse(spring.b2b_is_cart or spring.b2b_cart_deleted_at)
        self.assertNotIn(spring, self.open())
        with self.assertRaises(MissingError):
            self.Order._b2b_own_cart(self.build(), spring.id, deleted=True)

    def test_staff_read_the_name_of_a_cart_and_find_carts(self):
        self.put([(self.tin.id, 3)])
        main, spring = self.cart_of(self.buyer), self.new("Spring")
        self.assertEqual(main.b2b_cart_title, "Main cart")
        view = self.Order.with_user(self.manager).get_view(
            self.env.ref("sale.view_quotation_tree").id, "list"
        )
        self.assertIn("b2b_cart_title", view["arch"])
        order = self._make_order()
        self.assertFalse(order.b2b_cart_title)
        found = self.Order.search([("b2b_is_cart", "=", True), ("state", "=", "draft")])
        self.assertLessEqual(main | spring, found)
        self.assertNotIn(order, found)

    def test_deleted_carts_are_swept_up_after_a_week(self):
        spring, leeds = self.new("Spring"), self.new("Leeds")
        spring._b2b_cart_delete()
        leeds._b2b_cart_delete()
        spring.b2b_cart_deleted_at -= timedelta(days=8)
        kept = self.new("Kept")
        self.env["sale.order"]._gc_b2b_deleted_carts()
        self.assertEqual((spring | leeds | kept).exists(), leeds | kept)

    def test_others_carts_are_not_there(self):
        spring = self.new("Spring")
        for seat in (self.owner, self.approver, self.rival):
            with self.assertRaises(MissingError):
                self.Order._b2b_own_cart(self.build(seat=seat), spring.id)
            self.assertNotIn(spring, self.build(spring.id, seat=seat).carts)
        with self.assertRaises(MissingError):
            self.Order._b2b_own_cart(self.build(), spring.id, deleted=True)

    # -- two tabs -------------------------------------------------------------------

    def test_what_another_tab_changed_is_not_overwritten(self):
        self.put([(self.tin.id, 2)])
        cart = self.cart_of(self.buyer)
        self.put([(self.tin.id, 5)], mode="set", seen={self.tin.id: 2})
        result = self.put([(self.tin.id, 3)], mode="set", seen={self.tin.id: 2})[0]
        self.assertIn("Set to 5 elsewhere", result["error"])
        self.assertEqual(result["now"], 5)
        self.assertEqual(self.held(cart), {self.tin: 5})
        result = self.put([(self.tin.id, 0)], mode="set", seen={self.tin.id: 2})[0]
        self.assertTrue(result["error"])
        # Entered again it counts; the same figure from both is no conflict.
        self.put([(self.tin.id, 3)], mode="set", seen={self.tin.id: 5})
        self.assertEqual(self.held(cart), {self.tin: 3})
        self.assertFalse(
            self.put([(self.tin.id, 3)], mode="set", seen={self.tin.id: 2})[0]["error"]
        )
        self.put([(self.tin.id, 0)], mode="set")
        result = self.put([(self.tin.id, 4)], mode="set", seen={self.tin.id: 3})[0]
        self.assertIn("Removed elsewhere", result["error"])
        self.assertFalse(self.held(cart))

    # -- carts that lay for weeks ------------------------------------------------------

    def age(self, cart, days=40):
        """As if the cart had been filled so many days ago."""
        cart.date_order -= timedelta(days=days)
        self.env.flush_all()

    def values(self, cart):
        context = self.build(cart.id)
        return self.env["b2b.portal.cart"]._b2b_values(context, context.cart)

    def change_price(self, product, price):
        """As a price list is changed: the rule closes, a new one begins now."""
        now = fields.Datetime.now()
        rule = self.pricelist.item_ids.filtered(
            lambda item: item.product_tmpl_id == product.product_tmpl_id
        )
        rule[:1].copy({"fixed_price": price, "date_start": now - timedelta(minutes=5)})
        rule.date_end = now - timedelta(minutes=6)

    def test_an_old_cart_shows_and_takes_the_prices_of_today(self):
        self.put([(self.tin.id, 2), (self.bag.id, 10)])
        old = self.cart_of(self.buyer)
        self.age(old)
        self.new("Spring")
        self.change_price(self.tin, 4.5)
        values = self.values(old)
        changes = {row["id"]: row["change"] for row in values["rows"]}
        self.assertEqual(changes[self.tin.id]["before"], 4.0)
        self.assertEqual(changes[self.tin.id]["after"], 4.5)
        self.assertIsNone(changes[self.bag.id])
        self.assertIn("price", [f["code"] for f in values["findings"]])
        old._b2b_cart_renew()
        prices = {line.product_id: line.price_unit for line in old.order_line}
        self.assertEqual(prices[self.tin], 4.5)
        self.assertNotIn("price", [f["code"] for f in self.values(old)["findings"]])

    def test_a_line_added_to_an_old_cart_costs_what_the_catalog_says(self):
        self.put([(self.bag.id, 10)])
        old = self.cart_of(self.buyer)
        self.age(old)
        self.change_price(self.tin, 4.5)
        self.put([(self.tin.id, 2)])
        line = old.order_line.filtered(lambda ln: ln.product_id == self.tin)
        self.assertEqual(line.price_unit, 4.5)

    def test_an_old_cart_is_ordered_on_the_day_it_is_sent(self):
        self.put([(self.tin.id, 2)])
        old = self.cart_of(self.buyer)
        self.age(old)
        old._b2b_checkout_submit(self.build(), "a" * 32)
        self.assertEqual(old.date_order.date(), fields.Date.today())

    def test_an_ended_agreement_says_line_by_line_what_going_on_changes(self):
        dear = self.env["product.pricelist"].create({"name": "Dear"})
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": dear.id,
                "applied_on": "1_product",
                "product_tmpl_id": self.tin.product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": 4.75,
            }
        )
        self.put([(self.tin.id, 2)])
        cart = self.cart_of(self.buyer)
        self.agreement.state = "closed"
        self.prepaid.state = "draft"
        self.prepaid.pricelist_id = dear
        self.prepaid.state = "running"
        self.new("Spring")
        values = self.values(cart)
        (row,) = values["rows"]
        self.assertEqual((row["change"]["before"], row["change"]["after"]), (4.0, 4.75))
        found = {f["code"]: f for f in values["findings"]}
        self.assertEqual(found["agreement"]["action"]["url"], "/trade/cart/reprice")
        self.assertIn("changes from", found["price"]["text"])
        self.assertIn("4.75", found["price"]["text"])
        self.assertFalse(found["price"]["action"])
        cart._b2b_cart_renew()
        self.assertEqual(cart.b2b_agreement_id, self.prepaid)
        self.assertEqual(cart.order_line.price_unit, 4.75)
        self.assertFalse(self.values(cart)["rows"][0]["change"])

    def test_an_ended_agreement_in_another_currency_names_the_new_price(self):
        own = self.env.company.currency_id
        currencies = self.env["res.currency"].with_context(active_test=False)
        euro = currencies.search([("id", "!=", own.id)], limit=1)
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2020-01-01", "rate": 1.25}
        )
        abroad = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": euro.id}
        )
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": abroad.id,
                "applied_on": "1_product",
                "product_tmpl_id": self.tin.product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": 5.0,
            }
        )
        self.put([(self.tin.id, 2)])
        cart = self.cart_of(self.buyer)
        self.agreement.state = "closed"
        self.prepaid.state = "draft"
        self.prepaid.pricelist_id = abroad
        self.prepaid.state = "running"
        change = self.values(cart)["rows"][0]["change"]
        self.assertIsNone(change["delta"])
        self.assertEqual((change["after"], change["currency"]), (5.0, euro))
