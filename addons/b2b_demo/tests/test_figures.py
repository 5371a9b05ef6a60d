from collections import Counter

from odoo import fields
from odoo.tests import tagged

from ..builder.order_plan import PLANS
from .common import DemoCase

#: States of a plan in which the order is booked in its budgets.
BOOKED = ("approved", "confirmed", "partly", "rest", "delivered", "invoiced", "paid")


@tagged("post_install", "-at_install")
class TestFigures(DemoCase):
    def test_documents_of_a_year(self):
        orders = self.env["sale.order"].search([("b2b_historical", "=", True)])
        since = fields.Datetime.subtract(fields.Datetime.now(), months=12)
        young = Counter(
            order.b2b_party_id for order in orders if order.date_order >= since
        )
        for key, party in self.parties().items():
            # Blum stopped early and lies at the lower end
            self.assertTrue(8 <= young[party] <= 40, f"{key}: {young[party]}")
        self.assertGreater(len(orders), 300)
        self.assertFalse(orders.filtered(lambda o: not o.locked))
        self.assertEqual(set(orders.mapped("state")), {"sale"})
        self.assertEqual(set(orders.mapped("invoice_status")), {"invoiced"})
        self.assertFalse(orders.picking_ids)
        self.assertLess(max(orders.mapped("date_order")), fields.Datetime.now())

    def test_few_orders_went_through_the_real_flow(self):
        orders = self.env["sale.order"].search([("b2b_historical", "=", False)])
        self.assertLessEqual(len(orders), 60)
        for order in orders:
            goods = order.order_line.filtered(lambda line: not line.is_delivery)
            self.assertLessEqual(len(goods), 10, order.name)

    def test_turnover_is_the_sum_of_the_orders(self):
        self.env["res.partner"]._b2b_refresh_figures()
        since = fields.Date.subtract(fields.Date.today(), years=1)
        for key, party in self.parties().items():
            orders = self.env["sale.order"].search(
                [("b2b_party_id", "=", party.id), ("state", "=", "sale")]
            )
            year = orders.filtered(lambda o: o.date_order.date() > since)
            total = sum(year.mapped("b2b_net_company"))
            # each order is rounded to pence, the figure only once
            self.assertAlmostEqual(party.b2b_turnover_12m, total, delta=1.0, msg=key)
            self.assertGreater(party.b2b_turnover_12m, 0)

    def test_budget_counters_are_the_sums_of_their_movements(self):
        Entry = self.env["b2b.budget.entry"]
        periods = self.env["b2b.budget.period"].search([])
        self.assertTrue(periods.filtered("used"))
        for period in periods:
            entries = Entry.search([("period_id", "=", period.id)])
            sums = Counter()
            for entry in entries:
                sums[entry.kind] += entry.amount
            self.assertAlmostEqual(sums["used"], period.used)
            self.assertAlmostEqual(sums["pending"], period.pending)

    def test_one_budget_is_nearly_used_and_one_is_fine(self):
        nearly, fine = self.get("budget_shop_floor"), self.get("budget_lindner")
        self.assertTrue(80 <= nearly.percent < 100, nearly.percent)
        self.assertTrue(0 < fine.percent < 50, fine.percent)
        booked = [
            self.get(f"order_{plan.key}").amount_untaxed
            for plan in PLANS
            if plan.seat in ("buyer", "nell") and plan.state in BOOKED
        ]
        booked.append(self.get("order_points_paid").amount_untaxed)
        self.assertAlmostEqual(nearly.used, sum(booked))
        waiting = self.get("order_waiting_shop").amount_untaxed
        self.assertAlmostEqual(nearly.pending, waiting)
        cart = self.get("order_cart")
        self.assertIn("budget", [f.code for f in cart._b2b_findings()])

    def test_the_shop_floor_burns_down_day_by_day(self):
        data = self.get("budget_shop_floor")._b2b_burn_down()
        left = [row["left"] for row in data["series"] if row["left"] is not None]
        # Early in a month all that came before fell on its first day.
        steps = min(8, fields.Date.context_today(self.env.user).day // 4)
        self.assertGreaterEqual(len(set(left)), steps)
        self.assertEqual(
            {row["name"] for row in data["people"]}, {"Hannah Dale", "Nell Hart"}
        )

    def test_what_was_written_down_later_bears_its_own_day(self):
        order = self.get("order_waiting_shop")
        self.assertEqual(order.b2b_open_hold_ids.create_date, order.b2b_submitted_at)
        self.assertEqual(order.date_order, order.b2b_submitted_at)
        entries = self.env["b2b.credit.entry"].search([("order_id", "=", order.id)])
        self.assertEqual(set(entries.mapped("date")), {order.b2b_submitted_at})
        self.assertEqual(entries.user_id, order.b2b_orderer_id)
        budgets = self.env["b2b.budget.entry"].search(
            [("budget_id", "=", self.get("budget_shop_floor").id)], order="id"
        )
        self.assertEqual(budgets.mapped("date"), sorted(budgets.mapped("date")))

    def test_a_prepaid_order_waits_and_a_rest_is_closed(self):
        order = self.get("order_waiting_money")
        self.assertEqual(order.b2b_open_hold_ids.mapped("code"), ["prepayment"])
        self.assertTrue(order.b2b_prepayment_requested_at)
        pay = order._b2b_prepayment_values()
        self.assertEqual(pay["account"], self.get("bank_account_eur").acc_number)
        self.assertEqual(pay["missing"], order.amount_total)
        self.assertTrue(order.message_attachment_count)
        rest = self.get("order_floor_tins")
        self.assertGreaterEqual(len(rest.b2b_rest_ids), 1)
        self.assertFalse(rest.b2b_rest_open)
        # Hannah may take back what has not come; the standard role may not.
        self.assertTrue(self.get("user_buyer")._b2b_can("change_orders"))
        self.assertTrue(self.get("order_floor_gifts")._b2b_buyer_may_close())
        self.assertFalse(self.env.ref("b2b_party.role_buyer").change_orders)
        self.assertTrue(self.get("user_owner")._b2b_can("change_orders"))

    def test_the_group_counts_all_members_and_alerts_are_told(self):
        shared = self.get("budget_group")
        brightwell = self.get("party_brightwell")
        self.assertIn(brightwell, shared.entry_ids.party_id)
        single = self.get("budget_shop_floor").used + self.get("budget_leeds").used
        self.assertGreater(shared.used, single)
        self.assertEqual(self.env["b2b.budget.period"]._b2b_counter_drift(), [])
        own = self.get("budget_lighting")
        self.assertEqual(own.kept_by, "customer")
        self.assertLessEqual(own.amount, brightwell.b2b_budget_ceiling)
        told = self.get("budget_shop_floor").alert_ids
        self.assertEqual(sorted(told.mapped("percent")), [50, 80])
        self.assertTrue(all(told.mapped("sent_at")))

    def test_points_ledger_and_counters_agree(self):
        accounts = self.env["b2b.loyalty.account"].search([])
        self.assertTrue(accounts.filtered(lambda a: a.balance > 0))
        self.assertTrue(accounts.filtered(lambda a: a.pending > 0))
        self.assertEqual(accounts._b2b_drift(), [])
        old = accounts.entry_ids.filtered("order_id.b2b_historical")
        self.assertGreater(len(old), 100, "documents of the past earned as well")
        for account in accounts:
            entries = account.entry_ids
            sums = {"pending": account.pending, "reserve": account.reserved}
            for kind, known in sums.items():
                rows = entries.filtered(lambda e, kind=kind: e.kind == kind)
                self.assertEqual(sum(rows.mapped("points")), known)
            granted = entries.filtered(lambda e: e.kind not in ("pending", "reserve"))
            self.assertEqual(sum(granted.mapped("points")), account.balance)

    def test_points_in_every_state_are_to_be_seen(self):
        paid = self.get("order_points_paid")
        self.assertEqual((paid.state, paid.b2b_points_used), ("sale", 500))
        self.assertEqual(paid.b2b_points_value, 5.0)
        mine = paid.b2b_points_account_id
        self.assertTrue(mine._b2b_ending(fields.Date.context_today(mine)))
        accounts = self.env["b2b.loyalty.account"].search([])
        self.assertTrue(accounts.filtered(lambda a: a.balance < 0))
        self.assertIn("expire", accounts.entry_ids.mapped("kind"))

    def test_receivables_have_every_age(self):
        today = fields.Date.context_today(self.env.user)
        items = self.env["account.move.line"].search(
            [
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual", ">", 0),
            ]
        )
        late = [(today - item.date_maturity).days for item in items]
        for low, high in ((-400, 0), (0, 30), (30, 60), (60, 400)):
            self.assertTrue([d for d in late if low < d <= high], (low, high))
        euro = items.filtered(lambda item: item.currency_id.name == "EUR")
        self.assertTrue(euro)

    def test_what_is_out_says_when_it_comes(self):
        user = self.get("user_buyer")
        ctx = self.env["b2b.portal.context"].with_user(user)._b2b_build()
        out = self.get("article_23201")
        words = ctx.env["b2b.portal.stock"]._b2b_words(ctx, out.with_env(ctx.env))
        self.assertEqual(words[out.id]["main"]["level"], "out")
        self.assertRegex(words[out.id]["main"]["text"], r" · \d+ \w+$")

    def test_stock_left_the_warehouse(self):
        """What was delivered is missing on the shelf, what waits is not."""
        article = self.get("article_20725")
        start = next(
            int(row["stock"])
            for row in self.kit.rows("articles.csv")
            if row["code"] == "20725"
        )
        lines = self.env["sale.order.line"].search(
            [
                ("product_id", "=", article.id),
                ("order_id.b2b_historical", "=", False),
                ("state", "=", "sale"),
            ]
        )
        delivered = sum(lines.mapped("qty_delivered"))
        self.assertGreater(delivered, 0)
        self.assertEqual(article.qty_available, start - delivered)
