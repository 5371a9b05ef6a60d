from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.b2b_party.exceptions import GateBlocked

from .common import ApprovalCase


class UnusualCase(ApprovalCase):
    """A party that usually orders 12 hearts; 60 are fine, above 240 the desk looks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small_role.order_limit = 0
        cls.company = cls.env.company
        cls.desk = new_test_user(
            cls.env, "b2b_test_desk", "b2b_party.group_order_desk,base.group_user"
        )
        cls._history(10, 12, 14)

    @classmethod
    def _history(cls, *quantities, party=None, product=None, days=30, **values):
        orders = cls.env["sale.order"]
        for quantity in quantities:
            orders |= orders._b2b_create_historical(
                [
                    {
                        "partner_id": (party or cls.party).id,
                        "date_order": fields.Datetime.now() - timedelta(days=days),
                        "order_line": [
                            (
                                0,
                                0,
                                {
                                    "product_id": (product or cls.product).id,
                                    "product_uom_qty": quantity,
                                    "price_unit": 10.0,
                                },
                            )
                        ],
                        **values,
                    }
                ]
            )
        return orders

    @classmethod
    def _product(cls, name):
        values = {"name": name, "list_price": 10.0, "taxes_id": False}
        return cls.env["product.product"].create(values)

    def _unusual(self, order):
        return [f for f in order._b2b_findings() if f.code == "unusual"]

    def _keys(self, order):
        return {f.key: f.severity for f in self._unusual(order)}

    def _article(self, product=None):
        return f"article-{(product or self.product).id}"


@tagged("post_install", "-at_install")
class TestUnusual(UnusualCase):
    def test_thresholds(self):
        self.company.b2b_unusual_totals = False
        article = self._article()
        for quantity, expected in (
            (60, {}),
            (61, {article: "warn"}),
            (240, {article: "warn"}),
            (241, {f"desk-{article}": "authorize"}),
        ):
            with self.subTest(quantity):
                self.assertEqual(
                    self._keys(self._make_order(quantity=quantity)), expected
                )

    def test_both_figures_and_the_unit_are_said(self):
        (line, total) = self._unusual(self._make_order(quantity=100))
        self.assertEqual(line.buyer_message, "Heart: 100 Units; you usually order 12.")
        self.assertIn("Brightwell & Sons Ltd usually orders 12", line.message)
        self.assertEqual(total.key, "total")
        self.assertIn("1,000.00", total.buyer_message)
        self.assertIn("120.00", total.buyer_message)

    def test_whole_pieces_are_usual_in_whole_pieces(self):
        star, grain = self._product("Star"), self._product("Grain")
        grain.uom_id = self.env.ref("uom.product_uom_kgm")
        for product, words in (
            (star, "80 Units; you usually order 8."),
            (grain, "80 kg; you usually order 7.50."),
        ):
            self._history(7, 8, 7, 8, product=product)
            order = self._make_order(quantity=80)
            order.order_line.product_id = product
            order.order_line.product_uom_qty = 80
            self.assertIn(words, self._unusual(order)[0].buyer_message)

    def test_figures_are_of_the_article_in_its_own_unit(self):
        self.company.b2b_unusual_totals = False
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._make_order(quantity=5)
        order.order_line.product_uom_id = dozen
        self.assertEqual(self._keys(order), {})
        order.order_line.copy({"order_id": order.id, "product_uom_qty": 1})
        self.assertEqual(self._keys(order), {self._article(): "warn"})
        self.assertIn("72 Units", self._unusual(order)[0].message)

    def test_of_fewer_orders_nothing_is_concluded(self):
        self.company.b2b_unusual_minimum = 4
        self.assertEqual(self._keys(self._make_order(quantity=900)), {})

    def test_older_than_a_year_and_other_companies_do_not_count(self):
        orders = self.env["sale.order"].search([("b2b_party_id", "=", self.party.id)])
        orders.sudo().date_order = fields.Datetime.now() - timedelta(days=400)
        self.assertEqual(self._keys(self._make_order(quantity=900)), {})

    def test_a_new_article_is_compared_with_everybody(self):
        star = self._product("Star")
        order = self._make_order(quantity=12)
        order.order_line.product_id = star
        order.order_line.product_uom_qty = 60
        self.assertEqual(self._keys(order), {})
        self._history(2, 2, 2, party=self.rival_party, product=star)
        self.assertEqual(
            self._keys(order), {f"desk-{self._article(star)}": "authorize"}
        )
        text = self._unusual(order)[0].buyer_message
        self.assertIn("60 Units; 2 are usual in one order", text)
        self.assertNotIn("Lindner", text)

    def test_returns_are_taken_off(self):
        self.company.b2b_unusual_totals = False
        # Of 12, 300 and 300 the usual is 300; what came back was never needed.
        star = self._product("Star")
        self._history(12, 300, 310, -305, product=star)
        order = self._make_order(quantity=70)
        order.order_line.product_id = star
        self.assertEqual(self._keys(order), {self._article(star): "warn"})
        self.assertIn("usually order 12", self._unusual(order)[0].buyer_message)

    def test_an_agents_order_and_a_reps_order_count_the_same(self):
        self._history(600, 600, 600, 600, user_id=self.rep.id)
        self.assertEqual(self._keys(self._make_order(quantity=2400)), {})

    def test_every_check_can_be_switched_off(self):
        order = self._make_order(quantity=900)
        self.company.write({"b2b_unusual_lines": False, "b2b_unusual_totals": False})
        with self.assertQueryCount(0):
            self.assertEqual(order._b2b_unusual_findings(), [])

    def test_queries_do_not_grow_with_the_lines(self):
        products = [self._product(f"Article {n}") for n in range(20)]

        def ask(count):
            order = self._make_order(
                order_line=[
                    (0, 0, {"product_id": product.id}) for product in products[:count]
                ]
            )
            order._b2b_findings()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            order._b2b_unusual_findings()
            return self.env.cr.sql_log_count - before

        self.company.b2b_unusual_first = True
        self.assertEqual(ask(2), 1)
        self.assertEqual(ask(20), 1)

    def test_settings_that_make_no_sense(self):
        for values in (
            {"b2b_unusual_factor": 1.0},
            {"b2b_unusual_desk_factor": 4.0},
            {"b2b_unusual_minimum": 0},
            {"b2b_unusual_hours": 0},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.company.write(values)
                self.env.flush_all()
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestUnusualEvents(UnusualCase):
    def test_the_same_lines_again(self):
        self.company.b2b_unusual_repeats = True
        first = self._submitted(quantity=12)
        again = self._make_order(quantity=12)
        self.assertEqual(self._keys(again), {"repeat": "warn"})
        self.assertIn(first.name, self._unusual(again)[0].buyer_message)
        self.assertEqual(self._keys(self._make_order(quantity=13)), {})
        first.sudo().b2b_submitted_at = fields.Datetime.now() - timedelta(hours=49)
        self.assertEqual(self._keys(again), {})
        first.sudo().b2b_submitted_at = fields.Datetime.now()
        first._action_cancel()
        self.assertEqual(self._keys(again), {})

    def test_the_first_order_and_then_no_more(self):
        self.company.write({"b2b_unusual_first": True, "b2b_unusual_places": True})
        order = self._make_order(self.rival, quantity=1)
        self.assertEqual(self._keys(order), {"first": "warn"})
        order._b2b_submit(acknowledged=["unusual:first"])
        self.assertEqual(order.state, "sale")
        self.assertEqual(self._keys(self._make_order(self.rival, quantity=2)), {})

    def test_the_first_delivery_to_an_address(self):
        self.company.b2b_unusual_places = True
        depot = self.env["res.partner"].create(
            {"name": "Depot", "type": "delivery", "parent_id": self.party.id}
        )
        order = self._make_order(partner_shipping_id=depot.id)
        self.assertEqual(self._keys(order), {f"place-{depot.id}": "warn"})
        order._b2b_submit(acknowledged=[f"unusual:place-{depot.id}"])
        again = self._make_order(partner_shipping_id=depot.id, quantity=2)
        self.assertEqual(self._keys(again), {})


@tagged("post_install", "-at_install")
class TestUnusualAnswers(UnusualCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.b2b_unusual_totals = False

    def _held(self, quantity=500):
        order = self._submitted(quantity=quantity)
        self.assertEqual(order.b2b_submit_state, "waiting")
        return order, order.b2b_open_hold_ids

    def test_each_warning_has_a_tick_of_its_own(self):
        star = self._product("Star")
        self._history(1, 1, 1, product=star)
        order = self._make_order(quantity=100)
        line = {"order_id": order.id, "product_id": star.id, "product_uom_qty": 10}
        self.env["sale.order.line"].create(line)
        hearts, stars = (f"unusual:{self._article(p)}" for p in (self.product, star))
        with self.assertRaises(GateBlocked) as caught:
            order._b2b_submit(acknowledged=[hearts])
        self.assertEqual([f.tick for f in caught.exception.findings], [stars])
        order._b2b_submit(acknowledged=[hearts, stars])
        self.assertEqual(order.state, "sale")
        rows = order.b2b_decision_ids
        self.assertEqual(set(rows.mapped("verdict")), {"acknowledged"})
        self.assertEqual(rows.user_id, self.buyer.user_id)

    def test_more_than_was_confirmed_is_asked_again(self):
        order = self._make_order(quantity=100)
        tick = f"unusual:{self._article()}"
        order._b2b_submit(acknowledged=[tick])
        order._action_cancel()
        order.action_draft()
        order.order_line.product_uom_qty = 101
        with self.assertRaises(GateBlocked):
            order._b2b_submit()

    def test_confirming_is_no_release(self):
        order = self._make_order(quantity=500)
        order._b2b_submit(acknowledged=["unusual", f"unusual:{self._article()}"])
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertEqual(order.b2b_open_hold_ids.side, "seller")

    def test_the_order_desk_releases_and_nobody_else(self):
        order, hold = self._held()
        for user in (self.buyer.user_id, self.owner.user_id, self.rep, self.manager):
            with self.assertRaises(AccessError):
                hold.with_user(user).action_correct()
            with self.assertRaises(AccessError):
                hold.with_user(user).action_release()
        hold.with_user(self.desk).action_release("Asked by phone")
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.order_line.product_uom_qty, 500)

    def test_correct_to_usual(self):
        order, hold = self._held()
        wizard = (
            self.env["b2b.order.hold.decide"]
            .with_user(self.desk)
            .create({"hold_id": hold.id, "comment": "Typed a zero too many"})
        )
        self.assertEqual(wizard.usual_quantity, 12)
        wizard.action_correct()
        self.assertRecordValues(
            order.order_line, [{"product_uom_qty": 12.0, "price_subtotal": 120.0}]
        )
        self.assertEqual((order.state, hold.state), ("sale", "void"))
        decision = hold.decision_ids
        self.assertEqual((decision.verdict, decision.user_id), ("corrected", self.desk))
        body = order.message_ids[0].body
        self.assertIn("500 → 12 Units", body)
        self.assertIn("Typed a zero too many", body)
        with self.assertRaises(UserError):
            hold.with_user(self.desk).action_correct()

    def test_corrected_the_order_still_waits_for_others(self):
        self.small_role.order_limit = 100
        order, holds = self._held()
        desk = holds.filtered(lambda hold: hold.side == "seller")
        desk.with_user(self.desk).action_correct()
        self.assertEqual(order.b2b_submit_state, "waiting")
        self.assertEqual(order.order_line.product_uom_qty, 12)
        order.b2b_open_hold_ids.with_user(self.approver.user_id).action_release()
        self.assertEqual(order.state, "sale")

    def test_several_lines_of_the_article_become_one(self):
        order = self._make_order(quantity=200)
        order.order_line.copy({"order_id": order.id, "product_uom_qty": 100})
        order._b2b_submit()
        order.b2b_open_hold_ids.with_user(self.desk).action_correct()
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [12.0])

    def test_other_holds_have_nothing_to_correct(self):
        self.small_role.order_limit = 10
        order = self._submitted(quantity=12)
        with self.assertRaises(AccessError):
            order.b2b_open_hold_ids.with_user(self.desk).action_correct()

    def test_ask_the_buyer(self):
        order, hold = self._held()
        self.env["b2b.order.hold.decide"].with_user(self.desk).create(
            {"hold_id": hold.id, "comment": "Really 500?"}
        ).action_ask_back()
        self.assertEqual(order.b2b_submit_state, "failed")
        self.assertIn("Really 500?", order.message_ids[0].body)

    def test_nobody_at_a_screen(self):
        order = self._make_order(quantity=100)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.b2b_decision_ids.verdict, "not_acknowledged")

    def test_a_confirmed_order_does_not_grow_past_the_desk(self):
        order = self._submitted(quantity=12)
        with self.assertRaisesRegex(GateBlocked, "usually orders 12"):
            order.order_line.product_uom_qty = 241
            self.env.flush_all()
