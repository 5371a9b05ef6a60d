from odoo.tests import tagged

from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestParties(DashboardCase):
    def _rows(self, section, **filters):
        return self._sections(**filters)[section]["rows"]

    def test_best_parties_are_sorted_with_their_share(self):
        self._sell("2026-11-03", 50.0)
        self._sell("2026-11-04", 200.0, party=self.other)
        cells = [row["cells"] for row in self._rows("best_parties")]
        self.assertEqual([c["party"] for c in cells], ["Lindner", "Brightwell"])
        self.assertEqual([c["share"] for c in cells], [1.0, 0.25])

    def test_sleeping_is_measured_by_the_own_rhythm(self):
        for day in ("2026-08-01", "2026-08-11", "2026-08-21", "2026-08-31"):
            self._sell(day)  # every 10 days, silent for 79
        for day in ("2026-03-18", "2026-06-16", "2026-09-14"):
            self._sell(day, party=self.other)  # every 90 days, silent for 65
        rows = self._rows("sleeping_parties")
        self.assertEqual([row["cells"]["party"] for row in rows], ["Brightwell"])
        self.assertEqual(rows[0]["cells"]["silent"], 79)
        self.assertEqual(rows[0]["cells"]["rhythm"], "every 10 d")
        self.assertEqual(rows[0]["cells"]["net"], 400.0)

    def test_two_orders_are_no_rhythm(self):
        self._sell("2026-01-01")
        self._sell("2026-01-02")
        self.assertEqual(self._rows("sleeping_parties"), [])

    def test_stock_that_soon_is_gone(self):
        location = (
            self.env["stock.warehouse"]
            .search([("company_id", "=", self.company.id)], limit=1)
            .lot_stock_id
        )
        self._sell("2026-11-01", 900.0, pieces=90)  # one piece a day
        rows = self._rows("stock_at_risk")
        self.assertEqual([row["cells"]["article"] for row in rows], ["Heart"])
        self.assertEqual(rows[0]["cells"]["lasts"], 0)
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.article, location, 10)
        row = self._rows("stock_at_risk")[0]
        self.assertEqual((row["cells"]["free"], row["cells"]["lasts"]), (10.0, 10))
        self.assertEqual(row["tone"], "warn")
        quants._update_available_quantity(self.article, location, 10)
        self.assertEqual(self._rows("stock_at_risk"), [])
