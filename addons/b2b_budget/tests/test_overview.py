from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import BudgetCase


@tagged("post_install", "-at_install")
class TestOverview(BudgetCase):
    """What the portal's budget page shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._make_seat(cls.party, "Owen", "buyer")
        cls.floor = cls._make_budget(
            amount=300, action="authorize", seat_ids=(cls.buyer | cls.second).ids
        )
        cls.small = cls._make_budget(
            amount=10, name="Lighting", action="warn", seat_ids=cls.second.ids
        )
        cls.year = cls._make_budget(amount=9000, name="Year", period="year")
        with freeze_time("2026-11-02 10:00:00"):
            cls._make_order(quantity=9).sudo()._b2b_submit()
        with freeze_time("2026-11-05 23:59:00"):
            cls.last = cls._make_order(seat=cls.second, quantity=6)
            cls.last.sudo()._b2b_submit(acknowledged=("budget",))

    def _overview(self, seat):
        with freeze_time("2026-11-10 12:00:00"):
            return self.env["b2b.budget"].sudo()._b2b_overview(seat)

    def test_figures(self):
        result = self._overview(self.owner)
        # What runs out first stands first: Lighting is used up, Shop floor will be.
        self.assertEqual(
            [item["title"] for item in result],
            ["Lighting · November", "Shop floor · November", "Year · 2026"],
        )
        floor = result[1]
        self.assertEqual(
            {key: floor[key] for key in ("amount", "used", "pending", "left")},
            {"amount": 300.0, "used": 150.0, "pending": 0.0, "left": 150.0},
        )
        self.assertEqual(floor["action_label"], "asks Marcus")
        self.assertEqual(sorted(floor["seats"]), ["Hannah", "Owen"])
        self.assertEqual(
            floor["pace"],
            {
                "even_used": 100.0,
                "even_left": 200.0,
                "ahead": 50.0,
                "runs_out": date(2026, 11, 21),
            },
        )
        self.assertEqual(result[2]["seats"], [])

    def test_series(self):
        floor = self._overview(self.owner)[1]
        left = {point["date"].day: point["left"] for point in floor["series"]}
        self.assertEqual(len(left), 30)
        self.assertEqual([left[d] for d in (1, 2, 4, 5, 10)], [300, 210, 210, 150, 150])
        self.assertIsNone(left[11])
        self.assertEqual(floor["series"][-1]["even"], 0.0)

    def test_people_and_movements(self):
        floor = self._overview(self.owner)[1]
        people = [(p["name"], p["used"], p["pending"]) for p in floor["people"]]
        self.assertEqual(people, [("Hannah", 90.0, 0.0), ("Owen", 60.0, 0.0)])
        newest = floor["movements"][0]
        self.assertEqual(
            (newest["order"], newest["by"], newest["kind"], newest["amount"]),
            (self.last.name, "Owen", "used", 60.0),
        )
        self.assertEqual(newest["left_after"], 150.0)
        self.assertEqual(floor["movement_count"], 2)

    def test_buyer_sees_his_budgets_and_only_his_own_movements(self):
        result = self._overview(self.buyer)
        self.assertEqual([item["name"] for item in result], ["Shop floor", "Year"])
        floor = result[0]
        self.assertEqual(floor["used"], 150.0)
        self.assertEqual([p["name"] for p in floor["people"]], ["Hannah"])
        self.assertEqual({m["by"] for m in floor["movements"]}, {"Hannah"})

    def test_rival_sees_nothing(self):
        self.assertEqual(self._overview(self.rival), [])

    def test_queries_do_not_grow_with_the_budgets(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            # Both times as a transaction that has to read its counters.
            self.env["b2b.budget.period"]._b2b_moved()
            before = self.env.cr.sql_log_count
            self._overview(self.owner)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(8):
            self._make_budget(name=f"More {number}", seat_ids=self.buyer.ids)
        self.assertLessEqual(count(), few)

    def test_the_page_reads_only_what_it_shows(self):
        Budget = self.env["b2b.budget"].sudo()

        def page(**values):
            with freeze_time("2026-11-10 12:00:00"):
                return Budget._b2b_overview_page(
                    self.owner, self.env.company, **{"limit": 40, **values}
                )

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            page()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page()
            return self.env.cr.sql_log_count - before

        items, total = page()
        full = self._overview(self.owner)
        self.assertEqual(total, 3)
        for head, item in zip(items, full, strict=True):
            self.assertEqual(head, {key: item[key] for key in head})
        self.assertEqual(page(limit=1, offset=1)[0], items[1:2])
        few = count()
        self._clone(500)
        self.assertEqual(page()[1], 503)
        self.assertEqual(count(), few)

    def _clone(self, number):
        """Budgets by SQL: the ORM would take minutes."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'b2b_budget' AND column_name NOT IN ('id', 'name')"
        )
        columns = ", ".join(f'"{name}"' for (name,) in self.env.cr.fetchall())
        self.env.cr.execute(
            f"""INSERT INTO b2b_budget (name, {columns})
                SELECT 'Copy ' || n, {columns}
                  FROM b2b_budget, generate_series(1, %s) n WHERE id = %s""",  # noqa: S608
            [number, self.year.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
