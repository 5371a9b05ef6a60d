from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.b2b_portal.tests.common import TradeHttpCase

TOKEN = "0123456789abcdef" * 2


@tagged("post_install", "-at_install")
class TestPortalBudget(TradeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls._make_budget("Shop floor", seat_ids=cls.buyer.ids)
        cls.others = cls._make_budget("Leeds", seat_ids=cls.approver.ids)
        cls.foreign = cls._make_budget("Lager", party_id=cls.rival_party.id)

    @classmethod
    def _make_budget(cls, name, **values):
        values = {
            "name": name,
            "party_id": cls.party.id,
            "amount": 100.0,
            "action": "authorize",
            "currency_id": cls.env.company.currency_id.id,
            **values,
        }
        return cls.env["b2b.budget"].create(values)

    def setUp(self):
        super().setUp()
        self.sign_in(self.buyer)

    def _order(self, quantity):
        """Send an order of ten each through the checkout."""
        cart = self._make_cart(quantity=quantity)
        values = {
            "token": f"{cart.id:032x}",
            "cart_id": cart.id,
            "seen": cart._b2b_seen(),
        }
        answer = self.form("/trade/checkout", **values)
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        return cart

    def test_home_cart_and_checkout_say_what_is_left(self):
        self.assertIn(self.money(100), self.page("/trade").text)
        self._make_cart(quantity=3)
        for path in ("/trade/cart", "/trade/checkout"):
            page = self.page(path).text
            self.assertIn("Shop floor", page)
            self.assertIn(f"{self.money(70)} left after this", page)
            self.assertNotIn("Leeds", page)

    def test_an_order_above_it_waits_and_the_yes_is_weighed(self):
        order = self._order(12)
        self.assertEqual(order.b2b_submit_state, "waiting")
        thanks = self.page(f"/trade/order/{order.id}/thanks").text
        self.assertIn(f"{self.money(20)} over {self.money(100)}", thanks)
        self.sign_in(self.approver)
        page = self.page(f"/trade/approvals/{order.id}").text
        self.assertIn("What your yes does", page)
        self.assertIn(self.money(-20), page)
        values = {"verdict": "approve", "seen": order._b2b_seen()}
        self.form(f"/trade/approvals/{order.id}/decide", **values)
        decision = self.env["b2b.order.decision.pending"].search([])
        decision.effective_at = fields.Datetime.now() - timedelta(seconds=1)
        decision._b2b_take_effect()
        self.assertEqual(order.state, "sale")
        self.assertEqual(self.budget._b2b_status()["used"], 120)

    def test_page_with_figures_people_and_movements(self):
        order = self._order(4)
        page = self.page("/trade/budgets").text
        for words in (
            self.money(60),
            self.money(40),
            order.name,
            "Hannah",
            "even pace",
        ):
            self.assertIn(words, page)
        self.assertIn("<polyline", page)
        self.assertEqual(self.page(f"/trade/budgets/{self.budget.id}").status_code, 200)

    def test_only_what_counts_the_own_orders(self):
        page = self.page("/trade/budgets").text
        self.assertIn("Shop floor", page)
        for name in ("Leeds", "Lager"):
            self.assertNotIn(name, page)
        for budget in (self.others, self.foreign):
            path = f"/trade/budgets/{budget.id}"
            self.assertRefused(self.page(path), 404)
        for number in ("0", "987654321", "99999999999999999999", "x"):
            self.assertRefused(self.page(f"/trade/budgets/{number}"), 404)
        self.sign_in(self.owner)
        page = self.page("/trade/budgets").text
        self.assertIn("Leeds", page)
        self.assertNotIn("Lager", page)
        self.sign_in(self.rival)
        page = self.page("/trade/budgets").text
        self.assertNotIn("Shop floor", page)
        self.assertRefused(self.page(f"/trade/budgets/{self.budget.id}"), 404)

    def test_query_budget_does_not_grow_with_the_budgets(self):
        for number in range(30):
            self._make_budget(f"Budget {number}")
        self._order(1)
        self.sign_in(self.owner)
        self.page("/trade/budgets")
        with self.assertQueryCount(40):
            self.page("/trade/budgets")

    def test_checkout_with_budgets_stays_within_its_queries(self):
        self._make_cart(quantity=12)
        self.page("/trade/checkout")
        with self.assertQueryCount(40):
            self.page("/trade/checkout")

    def test_pages_without_a_cart(self):
        self.env["sale.order"].search([("b2b_is_cart", "=", True)]).unlink()
        for path in ("/trade", "/trade/cart"):
            self.assertEqual(self.page(path).status_code, 200, path)

    def test_no_budget_no_entry(self):
        (self.budget | self.others).active = False
        page = self.page("/trade").text
        self.assertNotIn("/trade/budgets", page)
        self.assertIn("No budget counts your orders", self.page("/trade/budgets").text)

    def test_without_prices_there_is_no_bar(self):
        self.viewer.role_id = self.viewer.role_id.copy({"party_id": self.party.id})
        self.budget.seat_ids |= self.viewer
        self.sign_in(self.viewer)
        self.assertNotIn("o_b2b_budget_bar", self.page("/trade").text)
        self.assertRefused(self.page("/trade/budgets"), 403)

    def test_pots_are_chosen_at_checkout(self):
        pots = self._make_budget("Events", use="pot") + self._make_budget(
            "Window", use="pot"
        )
        cart = self._make_cart(quantity=1)
        page = self.page("/trade/checkout").text
        self.assertIn("Cost centre or event", page)
        values = {"token": TOKEN, "cart_id": cart.id, "seen": cart._b2b_seen()}
        answer = self.form("/trade/checkout", **values)
        self.assertRefused(answer, 400, "Choose what this order is for")
        answer = self.form("/trade/checkout", pot_id=self.foreign.id, **values)
        self.assertRefused(answer, 404)
        answer = self.form("/trade/checkout", pot_id=pots[1].id, **values)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(cart.b2b_budget_id, pots[1])
