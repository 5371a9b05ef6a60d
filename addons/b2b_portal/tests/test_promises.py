from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..rules import promise
from .catalog_common import CatalogCase

#: Monday, 09:47 in London.
NOW = "2026-11-23 09:47:00"
THURSDAY = datetime(2026, 12, 3, 9)
PERHAPS = "Perhaps partly later; you will be told"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPromises(CatalogCase):
    """Seven tins are there; what a cart with more of them is told."""

    def setUp(self):
        super().setUp()
        self.party.b2b_schedule_ids = False
        self.env.company.b2b_default_schedule_id = False
        self.sign_in(self.buyer)

    def put(self, quantity, product=None, mode="set", seat=None):
        context = self.context_of(seat or self.buyer)
        rows = [((product or self.tin).id, quantity)]
        self.env["sale.order"]._b2b_cart_set_lines(context, rows, mode)

    def said(self, seat=None):
        """What the cart says of the tin."""
        context = self.context_of(seat or self.buyer)
        values = context.env["b2b.portal.cart"]._b2b_values(context, context.cart)
        return {row["id"]: row["promise"] for row in values["rows"]}.get(self.tin.id)

    def move(self, quantity, source, target, when=THURSDAY, **values):
        move = self.env["stock.move"].create(
            {
                "product_id": self.tin.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
                "picking_type_id": self.warehouse.in_type_id.id,
                "date": when,
                **values,
            }
        )
        move._action_confirm(merge=False)
        move.date = when
        return move

    def receive(self, quantity, when=THURSDAY, **values):
        supplier = self.env.ref("stock.stock_location_suppliers")
        return self.move(
            quantity, supplier, self.warehouse.lot_stock_id, when, **values
        )

    def long_ago(self, moment):
        self.env.flush_all()
        self.env.cr.execute("UPDATE b2b_stock_question SET create_date = %s", [moment])
        self.env.invalidate_all()

    # -- figures -----------------------------------------------------------------

    def test_a_line_that_is_covered_says_nothing(self):
        self.put(7, mode="add")
        self.assertEqual(self.said(), "")
        self.assertNotIn("o_b2b_short", self.page("/trade/checkout").text)

    def test_what_is_short_says_when_it_comes(self):
        self.put(10, mode="add")
        self.assertEqual(self.said(), "7 now, 3 later, no date yet")
        self.receive(2)
        self.assertEqual(self.said(), "7 now, 2 from Thu 3 Dec, 1 later, no date yet")
        self.receive(5, when=THURSDAY + timedelta(days=1))
        self.assertEqual(self.said(), "7 now, 2 from Thu 3 Dec, 1 from Fri 4 Dec")
        for path in ("/trade/cart", "/trade/checkout"):
            self.assertIn("7 now, 2 from Thu 3 Dec", self.page(path).text, path)

    def test_the_cart_says_it_when_a_quantity_is_set(self):
        self.put(1, mode="add")
        answer = self.json(
            "/trade/cart/set",
            cart_id=self.cart_of(self.buyer).id,
            lines=[[self.tin.id, 9]],
            page=True,
        ).json()["result"]
        self.assertEqual(answer["rows"][0]["promise"], "7 now, 2 later, no date yet")

    def test_the_stock_beside_it_tells_no_other_date(self):
        self.receive(2)
        customers = self.env.ref("stock.stock_location_customers")
        self.move(9, self.warehouse.lot_stock_id, customers)._action_assign()
        self.put(1, mode="add")
        context = self.context_of(self.buyer)
        values = context.env["b2b.portal.cart"]._b2b_values(context, context.cart)
        (row,) = values["rows"]
        self.assertEqual(row["promise"], "1 later, no date yet")
        self.assertEqual(row["stock"]["main"]["text"], "Out")

    def test_an_overdue_receipt_and_what_customers_send_back_promise_nothing(self):
        self.put(10, mode="add")
        self.receive(50, when=fields.Datetime.now() - timedelta(days=1))
        customers = self.env.ref("stock.stock_location_customers")
        self.move(50, customers, self.warehouse.lot_stock_id)
        self.assertEqual(self.said(), "7 now, 3 later, no date yet")

    def test_what_others_were_promised_comes_first(self):
        self.receive(10)
        customers = self.env.ref("stock.stock_location_customers")
        waiting = self.move(11, self.warehouse.lot_stock_id, customers)
        self.put(5, mode="add")
        # 7 - 11 = -4, of the 10 that come 6 are left
        self.assertEqual(self.said(), "5 from Thu 3 Dec")
        waiting._action_assign()
        self.assertEqual(waiting.quantity, 7)
        self.assertEqual(self.said(), "5 from Thu 3 Dec")
        waiting._action_cancel()
        self.assertEqual(self.said(), "")

    def test_another_warehouse_promises_nothing(self):
        other = self.env["stock.warehouse"].create({"name": "North", "code": "NO"})
        self.env["stock.quant"]._update_available_quantity(
            self.tin, other.lot_stock_id, 100
        )
        self.put(10, mode="add")
        self.assertEqual(self.said(), "7 now, 3 later, no date yet")
        transit = self.env["stock.location"].create(
            {"name": "On the road", "usage": "transit"}
        )
        self.move(3, transit, self.warehouse.lot_stock_id)
        self.assertEqual(self.said(), "7 now, 3 from Thu 3 Dec")

    # -- masks -------------------------------------------------------------------

    def test_yes_or_no_hears_no_figures_and_hidden_nothing(self):
        self.put(10, mode="add")
        self.receive(2)
        self.party.b2b_stock_mask = "yes_no"
        self.assertEqual(self.said(), "Partly later")
        self.assertNotIn("7 now", self.page("/trade/checkout").text)
        self.party.b2b_stock_mask = "hidden"
        self.assertEqual(self.said(), "")
        self.party.b2b_stock_mask = "exact"
        self.buyer.role_id = self.buyer.role_id.copy(
            {"see_stock": False, "party_id": self.party.id}
        )
        self.assertEqual(self.said(), "")
        self.assertNotIn("o_b2b_short", self.page("/trade/checkout").text)

    # -- probing -----------------------------------------------------------------

    def test_a_quantity_that_nobody_means_tells_nothing(self):
        self.receive(30)
        self.party.b2b_stock_threshold = 10
        self.put(10, mode="add")
        self.assertEqual(self.said(), "7 now, 3 from Thu 3 Dec")
        self.put(999_000)
        self.assertEqual(self.said(), PERHAPS)
        # the same where all is there
        self._stock(self.tin, 2_000_000)
        self.assertEqual(self.said(), PERHAPS)
        self.assertNotIn("7 now", self.page("/trade/checkout").text)

    def test_what_is_usually_ordered_may_be_asked_for(self):
        self.party.b2b_stock_threshold = 10
        for _number in range(3):
            order = self._make_order(quantity=100)
            order.order_line.product_id = self.tin
            order.action_confirm()
        self._stock(self.tin, 400)
        self.put(400, mode="add")
        self.assertRegex(self.said(), r"^\d+ now, \d+ later")
        self.put(501)
        self.assertEqual(self.said(), PERHAPS)

    def test_yes_or_no_is_not_asked_often(self):
        self.party.b2b_stock_mask = "yes_no"
        for quantity in range(8, 8 + promise.YES_NO_TRIES):
            self.put(quantity, mode="set" if quantity > 8 else "add")
        self.assertEqual(self.said(), "Partly later")
        self.put(9)
        self.assertEqual(self.said(), PERHAPS)

    def test_many_quantities_hear_no_figures_any_more(self):
        for quantity in range(10, 10 + promise.TRIES):
            self.put(quantity, mode="set" if quantity > 10 else "add")
        self.assertIn("7 now", self.said())
        self.put(99)
        self.assertEqual(self.said(), PERHAPS)
        # the same where nothing is missing, or the answer would tell
        self.put(3)
        self.assertEqual(self.said(), PERHAPS)
        self.assertIn(PERHAPS, self.page("/trade/checkout").text)
        self.long_ago("2026-11-23 08:46:00")
        self.assertEqual(self.said(), "")

    def test_taking_the_line_out_and_in_again_is_counted_too(self):
        for quantity in range(10, 12 + promise.TRIES):
            self.put(quantity, mode="add")
            self.put(0)
        self.put(20, mode="add")
        self.assertEqual(self.said(), PERHAPS)

    def test_it_is_counted_by_company_and_article(self):
        for quantity in range(10, 12 + promise.TRIES):
            self.put(quantity, mode="set" if quantity > 10 else "add")
        self.assertEqual(self.said(), PERHAPS)
        self.put(10, seat=self.owner, mode="add")
        self.assertEqual(self.said(self.owner), PERHAPS)
        self.put(10, seat=self.rival, mode="add")
        self.assertIn("7 now", self.said(self.rival))

    def test_what_is_not_changed_or_not_stocked_is_not_counted(self):
        Question = self.env["b2b.stock.question"]
        before = Question.search_count([])
        self.put(10, mode="add")
        self.put(10)
        self.put(0)
        self.assertEqual(Question.search_count([]), before + 1)
        self.party.b2b_stock_mask = "hidden"
        self.put(10, mode="add")
        self.assertEqual(Question.search_count([]), before + 1)

    def test_questions_are_swept_up_and_nobody_reads_them_by_call(self):
        self.put(10, mode="add")
        Question = self.env["b2b.stock.question"]
        self.assertTrue(Question.search_count([("party_id", "=", self.party.id)]))
        Question._gc_old_questions()
        self.assertTrue(Question.search_count([("party_id", "=", self.party.id)]))
        self.long_ago("2026-11-22 09:46:00")
        Question._gc_old_questions()
        self.assertFalse(Question.search_count([("party_id", "=", self.party.id)]))
        self.assertFalse(Question.with_user(self.buyer.user_id).has_access("read"))

    # -- queries -----------------------------------------------------------------

    def test_queries_do_not_grow_with_the_short_lines(self):
        def queries():
            self.env.invalidate_all()
            context = self.context_of(self.buyer)
            cart = context.cart
            wanted = cart._b2b_cart_quantities()
            context.env["b2b.portal.promise"]._b2b_texts(context, cart, wanted)
            before = self.env.cr.sql_log_count
            self.env.invalidate_all()
            context.env["b2b.portal.promise"]._b2b_texts(context, cart, wanted)
            return self.env.cr.sql_log_count - before

        self.put(10, mode="add")
        few = queries()
        for number in range(12):
            self.put(5, self._make_article(f"A{number}", f"A{number}", 1.0), "add")
        self.assertLessEqual(queries(), few)
