from odoo.tests import tagged

from odoo.addons.b2b_budget.rules import booking
from odoo.addons.b2b_party.tools import money

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestFindings(BudgetCase):
    def _money(self, amount):
        return money(self.env, amount, self.currency)

    def _make_product(self, name, category, price):
        values = {"name": name, "categ_id": category.id, "list_price": price}
        return self.product.create({**values, "taxes_id": False})

    def _findings(self, order):
        codes = ("budget", "order_maximum", "budget_seat", "budget_pot")
        return [f for f in order._b2b_findings() if f.code in codes]

    def test_words_say_what_where_and_who(self):
        self._make_budget(action="authorize")
        self._submit(self._make_order(quantity=4))
        (finding,) = self._findings(self._make_order(quantity=9))
        self.assertEqual((finding.severity, finding.side), ("authorize", "buyer"))
        self.assertEqual(finding.amount, 30.0)
        label = self.env["b2b.budget"].search([])[0].period_label
        self.assertEqual(
            finding.buyer_message,
            f"This order is {self._money(30)} above what is left of “Shop floor, "
            f"{label}” ({self._money(60)}). Marcus will be asked.",
        )
        for amount in (100, 40, 0, 90, 30):
            self.assertIn(self._money(amount), finding.message)

    def test_severity_follows_the_action(self):
        budget, order = self._make_budget(), self._make_order(quantity=11)
        for action in booking.ACTIONS:
            budget.action = action
            (finding,) = self._findings(order)
            self.assertEqual(finding.severity, action)
        self.assertIn("Lower the order", finding.buyer_message)

    def test_who_keeps_the_budgets_is_not_sent_to_himself(self):
        budget = self._make_budget(supervisor_ids=False, kept_by="seller")
        order = self._make_order(self.owner, quantity=11)
        as_owner = order.with_user(self.owner.user_id).sudo()
        (finding,) = self._findings(as_owner)
        asked = f"ask {self.env.company.name} for a larger budget"
        self.assertIn(asked, finding.buyer_message)
        budget.kept_by = "customer"
        (finding,) = self._findings(as_owner)
        self.assertIn("enlarge the budget under Budgets", finding.buyer_message)
        self.assertNotIn("administrator", finding.buyer_message)
        self.party.b2b_pot_required = True
        self.env["b2b.budget"].search([]).action_archive()
        order = self._make_order(self.owner, quantity=1)
        (finding,) = self._findings(order.with_user(self.owner.user_id).sudo())
        self.assertIn("make one under Budgets", finding.buyer_message)
        (finding,) = self._findings(self._make_order(quantity=1))
        self.assertIn("ask the company's administrator", finding.buyer_message)

    def test_order_maximum(self):
        budget = self._make_budget(amount=0, max_order_amount=50, action="authorize")
        self.assertFalse(self._findings(self._make_order(quantity=5)))
        order = self._make_order(quantity=7)
        (finding,) = self._findings(order)
        self.assertEqual((finding.code, finding.key), ("order_maximum", str(budget.id)))
        self.assertEqual(
            finding.buyer_message,
            f"This order of {self._money(70)} is {self._money(20)} above the order "
            f"maximum of “Shop floor” ({self._money(50)} excl. tax). Marcus will be "
            "asked.",
        )
        holds = self._submit(order)["holds"]
        self._decide(holds)
        self.assertEqual(order.state, "sale")
        # Nothing per period is counted where there is no amount.
        self.assertFalse(self._entries(budget))

    def test_narrow_budgets_are_named_first(self):
        self._make_budget(amount=10, name="Party")
        self._make_budget(amount=10, name="Seat", seat_ids=self.buyer.ids)
        messages = [f.message for f in self._findings(self._make_order(quantity=2))]
        self.assertEqual(
            ["“Seat" in messages[0], "“Party" in messages[1]], [True, True]
        )

    def test_own_booking_does_not_count_twice(self):
        self._make_budget()
        order = self._make_order(quantity=7)
        self._submit(order)
        self.assertFalse(self._findings(order))
        (effect,) = order._b2b_budget_effect()
        self.assertEqual((effect["left_before"], effect["left_after"]), (100.0, 30.0))

    def test_effect_of_a_cart(self):
        budget = self._make_budget()
        self._submit(self._make_order(quantity=2))
        (effect,) = self._make_order(quantity=9)._b2b_budget_effect()
        self.assertEqual(effect["budget"], budget)
        wanted = {
            "amount": 90.0,
            "total": 100.0,
            "used": 20.0,
            "pending": 0.0,
            "left_before": 80.0,
            "left_after": -10.0,
            "over": 10.0,
            "over_maximum": 0.0,
        }
        self.assertEqual({key: effect[key] for key in wanted}, wanted)
        self.assertBooked(budget, 20.0)

    def test_only_the_categories_count(self):
        parent = self.env["product.category"].create({"name": "Lighting"})
        child = parent.create({"name": "Lamps", "parent_id": parent.id})
        lamp = self._make_product("Lamp", child, 30.0)
        budget = self._make_budget(category_ids=parent.ids)
        order = self._make_order(quantity=50)
        self.assertFalse(self._findings(order))
        order.order_line = [(0, 0, {"product_id": lamp.id, "product_uom_qty": 3})]
        self._submit(order)
        self.assertBooked(budget, 90.0)
        # The same total by other articles moves the budget as well.
        order.order_line[0].product_uom_qty = 49
        self.assertBooked(budget, 90.0)
        new = parent.create({"name": "Later", "parent_id": child.id})
        bulb = self._make_product("Bulb", new, 10.0)
        second = self._make_order(quantity=1)
        second.order_line.product_id = bulb
        self.assertEqual(second._b2b_budget_effect()[0]["amount"], 10.0)

    def test_seat_must_be_named_where_budgets_are_per_seat(self):
        self._make_budget(amount=1000, name="Party")
        order = self._make_order(b2b_seat_id=False)
        self.assertFalse(self._findings(order))
        self._make_budget(amount=1000, seat_ids=self.buyer.ids)
        (finding,) = self._findings(order)
        self.assertEqual((finding.code, finding.severity), ("budget_seat", "block"))
        order.b2b_seat_id = self.owner
        self.assertFalse(self._findings(order))

    # ------------------------------------------------------------- who decides

    def test_supervisors_of_the_budget_are_asked_first(self):
        boss = self._make_seat(self.party, "Otto", "approver")
        self.buyer.supervisor_id = boss
        budget = self._make_budget(amount=10, action="authorize")
        order = self._make_order(quantity=2)
        (finding,) = self._findings(order)
        deciders = order._b2b_buyer_deciders
        self.assertEqual(deciders(finding), self.approver.user_id)
        budget.supervisor_ids = False
        self.assertEqual(deciders(finding), boss.user_id)
        # A budget that is gone asks nobody.
        budget.supervisor_ids = self.approver
        budget.action_archive()
        self.assertEqual(deciders(finding), boss.user_id)
        budget.action_unarchive()
        # Somebody whose limit does not suffice is not asked.
        budget.supervisor_ids = self.approver
        self.approver.role_id = self.approver.role_id.copy(
            {"party_id": self.party.id, "approve_limit": 5.0}
        )
        self.assertEqual(deciders(finding), boss.user_id)

    def test_nobody_decides_about_his_own_order(self):
        self._make_budget(amount=10, action="authorize")
        order = self._make_order(seat=self.approver, quantity=2)
        (finding,) = self._findings(order)
        self.assertEqual(order._b2b_buyer_deciders(finding), self.owner.user_id)
        self.assertIn("Priya", finding.buyer_message)
