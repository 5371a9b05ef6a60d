from odoo.tests import tagged

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestTerms(BudgetCase):
    """What of an order counts, and what a party demands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.off = cls.env["product.product"].create(
            {"name": "Discount", "type": "service", "taxes_id": False}
        )

    def _with_delivery(self, order, price=5.0):
        product = self.env["product.product"].create(
            {"name": "Van", "type": "service", "taxes_id": False}
        )
        values = {"product_id": product.id, "price_unit": price}
        if "is_delivery" in self.env["sale.order.line"]._fields:
            values["is_delivery"] = True
        order.write({"order_line": [(0, 0, values)]})
        return order

    def test_delivery_counts_unless_the_budget_leaves_it_out(self):
        if "is_delivery" not in self.env["sale.order.line"]._fields:
            self.skipTest("no delivery lines without the addon delivery")
        counts = self._make_budget(name="With")
        leaves = self._make_budget(name="Without", include_delivery=False)
        self._submit(self._with_delivery(self._make_order(quantity=7)))
        self.assertBooked(counts, 75.0)
        self.assertBooked(leaves, 70.0)

    def test_categories_share_the_discount_of_the_order(self):
        lamps = self.env["product.category"].create({"name": "Lamps"})
        values = {"name": "Lamp", "categ_id": lamps.id, "list_price": 30.0}
        lamp = self.product.create({**values, "taxes_id": False})
        budget = self._make_budget(category_ids=lamps.ids)
        order = self._make_order(quantity=3)
        order.write(
            {
                "order_line": [
                    (0, 0, {"product_id": lamp.id}),
                    (0, 0, {"product_id": self.off.id, "price_unit": -10.0}),
                ]
            }
        )
        self._submit(order)
        # 30 of 60 in lamps carry half of the 10 that come off.
        self.assertBooked(budget, 25.0)

    def test_who_has_no_budget_orders_freely_unless_a_pot_is_demanded(self):
        self._submit(self._make_order(quantity=50))
        self.party.b2b_pot_required = True
        order = self._make_order(quantity=5)
        with self.assertRaises(GateBlocked) as caught:
            self._submit(order)
        (finding,) = caught.exception.findings
        self.assertEqual((finding.code, finding.side), ("budget_pot", "buyer"))
        self.assertIn("cost centre", finding.buyer_message)
        pot = self._make_budget(name="Window", use="pot")
        self._submit(order)
        self.assertEqual(order.b2b_budget_id, pot)

    def test_a_pot_of_others_does_not_satisfy_the_demand(self):
        self.party.b2b_pot_required = True
        self._make_budget(name="Window", use="pot", seat_ids=self.owner.ids)
        with self.assertRaises(GateBlocked):
            self._submit(self._make_order(quantity=5))

    def test_the_strictest_wins(self):
        """Warning, asking and blocking together: nothing goes through."""
        for action in ("warn", "authorize", "block"):
            self._make_budget(name=action, action=action)
        order = self._make_order(quantity=11)
        with self.assertRaises(GateBlocked) as caught:
            self._submit(order, acknowledged=("budget",))
        severities = {f.severity for f in caught.exception.findings}
        self.assertIn("block", severities)
        self.assertEqual(order.b2b_submit_state, "none")
        self.env["b2b.budget"].search([("action", "=", "block")]).active = False
        result = self._submit(order, acknowledged=("budget",))
        self.assertEqual(result["state"], "waiting")
        asks = self.env["b2b.budget"].search([("name", "=", "authorize")])
        self.assertEqual(
            result["holds"].filtered(lambda h: h.state == "open").mapped("key"),
            [str(asks.id)],
        )

    def test_booked_in_the_order_of_their_ids(self):
        budgets = [self._make_budget(name=name) for name in "cba"]
        order = self._make_order(quantity=7)
        self._submit(order)
        entries = self.env["b2b.budget.entry"].search(
            [("order_id", "=", order.id)], order="id"
        )
        self.assertEqual(list(entries.budget_id.ids), [b.id for b in budgets])

    def test_terms_cost_the_same_for_many_budgets(self):
        def count():
            self.env.flush_all()
            self.env.registry.clear_cache()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            terms = self.env["b2b.budget"]._b2b_terms(
                self.env.company.id, self.party.id
            )
            return len(terms), self.env.cr.sql_log_count - before

        lamps = self.env["product.category"].create({"name": "Lamps"})
        self._make_budget(category_ids=lamps.ids, seat_ids=self.buyer.ids)
        self.env["b2b.budget"].search([]).copy()
        few = count()
        for number in range(40):
            self._make_budget(
                name=str(number), category_ids=lamps.ids, seat_ids=self.buyer.ids
            )
        many = count()
        self.assertGreater(many[0], few[0] + 39)
        self.assertEqual(many[1], few[1])
