import json

from odoo.tests import tagged

from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestFigures(DashboardCase):
    def test_foreign_orders_count_at_the_rate_of_their_day(self):
        self._sell("2026-11-02", 200.0, pricelist_id=self.euro_list.id)
        self._sell("2026-11-12", 200.0, pricelist_id=self.euro_list.id)
        sales = self._sections()["sales_net"]
        self.assertAlmostEqual(sales["value"], 200 / 2 + 200 / 4)
        self.euro.rate_ids.filtered(lambda r: r.rate == 4.0).rate = 8.0
        sales = self._sections()["sales_net"]
        self.assertAlmostEqual(sales["value"], 150.0, msg="a later rate rewrote sales")

    def test_same_days_of_the_month_before(self):
        self._sell("2026-11-18", 300.0)
        self._sell("2026-10-18", 200.0)
        self._sell("2026-10-19", 5000.0)
        sales = self._sections()["sales_net"]
        self.assertEqual(sales["value"], 300.0)
        self.assertEqual(sales["change"], {"text": "+50.0 %", "tone": "good"})
        self.assertIn("200", sales["subtitle"])

    def test_returns_lower_sales_and_only_confirmed_trade_orders_count(self):
        self._sell("2026-11-03", 100.0)
        self._sell("2026-11-04", -30.0, pieces=-3)
        retail = self._make_party("Mrs Miller", b2b_customer_type="retail")
        self._sell("2026-11-04", 1000.0, party=retail)
        self.env["sale.order"].create(
            {
                "partner_id": self.party.id,
                "date_order": "2026-11-05 10:00:00",
                "order_line": [(0, 0, {"product_id": self.article.id})],
            }
        )
        self.assertEqual(self._sections()["sales_net"]["value"], 70.0)

    def test_periods(self):
        self._sell("2026-11-03", 1.0)
        self._sell("2026-10-03", 10.0)
        self._sell("2026-02-03", 100.0)
        for period, value in (("month", 1), ("quarter", 11), ("year", 111)):
            with self.subTest(period):
                sections = self._sections(period=period)
                self.assertEqual(sections["sales_net"]["value"], value)
        self.assertEqual(self._sections(period="century")["sales_net"]["value"], 1)

    def test_months_beside_the_year_before(self):
        self._sell("2026-09-30", 40.0)
        self._sell("2025-09-01", 30.0)
        self._sell("2024-10-01", 7777.0)
        chart = self._sections()["sales_by_month"]
        self.assertEqual(len(chart["series"]), 12)
        september = chart["series"][9]
        self.assertEqual((september["value"], september["before"]), (40.0, 30.0))
        self.assertEqual(sum(point["before"] for point in chart["series"]), 30.0)

    def test_margin_keeps_the_cost_of_the_day(self):
        self._sell("2026-11-03", 100.0, pieces=10)
        self.assertAlmostEqual(self._sections()["margin"]["value"], 0.4)
        self.article.standard_price = 9.0
        self.env.flush_all()
        self.assertAlmostEqual(self._sections()["margin"]["value"], 0.4)

    def test_margin_without_sales_is_no_figure(self):
        margin = self._sections()["margin"]
        self.assertEqual(margin["display"], "–")
        self.assertFalse(margin["unit"])

    def test_groups(self):
        self._sell("2026-11-03", 40.0)
        self._sell("2026-11-04", 60.0, party=self.other)
        series = self._sections()["sales_by_group"]["series"]
        self.assertEqual(
            [(s["label"], s["value"]) for s in series],
            [("no group", 60.0), ("Gift shops", 40.0)],
        )

    def test_every_figure_opens_exactly_its_records(self):
        """Adding up what a click shows gives the figure that was clicked."""
        self._sell("2026-11-03", 40.0)
        self._sell("2026-11-04", 60.0, party=self.other)
        self._sell("2026-10-05", 25.0)
        self._sell("2025-11-05", 15.0)
        data = self._data()
        json.dumps(data, default=str)
        sections = {section["id"]: section for section in data["sections"]}
        orders = self.env["sale.order"].with_user(self.manager)

        def net(domain):
            json.dumps(domain)
            return sum(orders.search(domain).mapped("b2b_net_company"))

        tile = sections["sales_net"]
        self.assertEqual(net(tile["action"]["domain"]), tile["value"])
        count = orders.search_count(sections["orders_sold"]["action"]["domain"])
        self.assertEqual(count, sections["orders_sold"]["value"])
        for point in sections["sales_by_month"]["series"]:
            self.assertEqual(net(point["domain"]), point["value"], point["label"])
            self.assertEqual(net(point["before_domain"]), point["before"])
        for bar in sections["sales_by_group"]["series"]:
            self.assertEqual(net(bar["domain"]), bar["value"], bar["label"])
        for row in sections["best_parties"]["rows"]:
            self.assertEqual(net(row["domain"]), row["cells"]["sales"])
        for section in data["sections"]:
            self.assertIn("action", section, section["id"])
            model = self.env[section["action"]["res_model"]].with_user(self.manager)
            model.search(section["action"]["domain"], limit=1)

    def test_tiles_and_charts_are_there(self):
        kinds = [section["kind"] for section in self._data()["sections"]]
        self.assertGreaterEqual(kinds.count("tile"), 5)
        self.assertGreaterEqual(kinds.count("line") + kinds.count("bar"), 2)

    def test_days_follow_the_zone_of_the_user(self):
        self._sell("2026-11-01", 100.0, date_order="2026-10-31 23:30:00")
        self.assertEqual(self._sections()["sales_net"]["value"], 0.0)
        self.env = self.env(context={**self.env.context, "tz": "Europe/Berlin"})
        self.assertEqual(self._sections()["sales_net"]["value"], 100.0)

    def test_installing_fills_existing_orders_as_the_orm_does(self):
        from ..hooks import pre_init_hook

        orders = self._sell("2026-11-12", 200.0, pricelist_id=self.euro_list.id)
        orders |= self._sell("2026-11-13", 90.0, pieces=3)
        self.env.flush_all()
        before = orders.mapped(lambda o: (o.b2b_net_company, o.b2b_cost_company))
        self.env.cr.execute(
            "UPDATE sale_order SET b2b_net_company = NULL, b2b_cost_company = NULL"
            " WHERE id IN %s",
            [tuple(orders.ids)],
        )
        pre_init_hook(self.env)
        self.env.invalidate_all()
        after = orders.mapped(lambda o: (o.b2b_net_company, o.b2b_cost_company))
        self.assertEqual(after, before)
