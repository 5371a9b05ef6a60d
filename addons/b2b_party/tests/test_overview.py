from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import PartyCase

NOW = fields.Datetime.now()


@tagged("post_install", "-at_install")
class TestOverview(PartyCase):
    """The page before a call: figures that open their records, by right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.party.user_id = cls.rep

    def _sell(self, quantity, party=None, **ago):
        line = {
            "product_id": self.product.id,
            "product_uom_qty": quantity,
            "price_unit": 10.0,
        }
        return self.env["sale.order"]._b2b_create_historical(
            [
                {
                    "partner_id": (party or self.party).id,
                    "date_order": NOW - relativedelta(**ago),
                    "user_id": self.rep.id,
                    "order_line": [(0, 0, line)],
                }
            ]
        )

    def _section(self, name, user=None, party=None):
        party = (party or self.party).with_user(user or self.manager)
        sections = {s["id"]: s for s in party.b2b_overview()["sections"]}
        return sections.get(name)

    def test_turnover_is_compared_with_the_same_days_of_the_year_before(self):
        self._sell(114, days=3)
        self._sell(100, years=1, days=3)
        self._sell(999, years=1, days=-1 + 365 * 2)
        section = self._section("turnover")
        self.assertTrue(section["figure"].endswith("1,140"), section["figure"])
        self.assertEqual(section["chip"], {"text": "+14 %", "tone": "good"})
        self.assertEqual(len(section["bars"]), 12)
        self.assertTrue(section["bars"][-1]["running"])

    def test_every_bar_opens_the_orders_it_adds_up(self):
        orders = self._sell(5, months=2) | self._sell(7, months=2)
        self._sell(1, party=self.rival_party, months=2)
        bar = max(self._section("turnover")["bars"], key=lambda b: b["value"])
        self.assertEqual(bar["value"], 120)
        found = self.env["sale.order"].search(bar["action"]["domain"])
        self.assertEqual(found, orders)

    def test_last_orders_come_with_their_state(self):
        old, new = self._sell(5, days=40), self._make_order(quantity=2)
        new.action_confirm()
        section = self._section("orders")
        rows = [(r["label"], r["tag"]["text"]) for r in section["rows"]]
        self.assertEqual(rows, [(new.name, "confirmed"), (old.name, "delivered")])
        self.assertEqual(section["link"]["text"], "All 2")
        self.assertEqual(section["rows"][0]["action"]["res_id"], new.id)

    def test_open_points_name_what_is_offered_and_blocked(self):
        quote = self._make_order()
        quote.state = "sent"
        self.party.b2b_state = "blocked"
        texts = [row["text"] for row in self._section("open")["rows"]]
        self.assertEqual(texts[0], "Trade state: blocked")
        self.assertTrue(texts[1].startswith(f"{quote.name} offered"))
        self.assertEqual(self._section("open")["badge"], 2)

    def test_segments_say_why(self):
        self._sell(5, days=4)
        segment = self.env["b2b.party.segment"].create(
            {
                "name": "Loyal",
                "condition_ids": [
                    (0, 0, {"figure": "order_count_12m", "operator": "ge", "number": 1})
                ],
            }
        )
        self.env["b2b.party.segment"]._b2b_refresh_all()
        (row,) = self._section("segments", self.rep)["rows"]
        self.assertEqual((row["tag"]["text"], row["text"]), ("Loyal", "Orders 1 ≥ 1"))
        self.assertEqual(row["action"]["res_id"], segment.id)

    def test_credit_is_for_those_who_read_the_accounts(self):
        credit = new_test_user(self.env, "b2b_test_credit", "b2b_party.group_credit")
        self.assertIsNone(self._section("credit", self.rep))
        self.assertIn("figure", self._section("credit", credit))

    def test_a_party_without_anything_says_so(self):
        party = self._make_party("New")
        for name in ("turnover", "orders", "open", "segments"):
            section = self._section(name, party=party)
            self.assertTrue(section["empty"], name)
            self.assertFalse(section.get("rows") or section.get("bars"), name)

    def test_a_rep_counts_only_orders_he_may_see(self):
        """A narrowed rep is shown no figure of a party that is not his."""
        self._sell(5, days=4)
        self.rep.b2b_own_parties_only = True
        self.assertTrue(self._section("orders", self.rep)["rows"])
        self.party.write({"user_id": self.manager.id, "b2b_rep_ids": False})
        with self.assertRaises(AccessError):
            self._section("orders", self.rep)

    def test_portal_users_are_refused_for_their_own_party_too(self):
        for seat in (self.owner, self.rival):
            with self.assertRaisesRegex(AccessError, "for our own staff"):
                self.party.with_user(seat.user_id).b2b_overview()

    def test_a_contact_shows_its_company(self):
        order = self._sell(5, days=4)
        rows = self._section("orders", party=self.buyer.user_id.partner_id)["rows"]
        self.assertEqual(rows[0]["label"], order.name)

    def test_many_orders_cost_as_many_queries_as_few(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            party, before = (
                self.party.with_user(self.manager),
                self.env.cr.sql_log_count,
            )
            party.b2b_overview()
            return self.env.cr.sql_log_count - before

        for days in (1, 2, 3, 4, 5):
            self._sell(5, days=days)
        queries()
        few = queries()
        for days in range(6, 26):
            self._sell(5, days=days)
        # One more where something cached was dropped meanwhile, but not one per order.
        self.assertLessEqual(queries(), few + 2)
        self.assertLess(few, 40)

    def test_orders_of_the_day_count_in_the_zone_of_the_reader(self):
        self.manager.tz = "Pacific/Auckland"
        order = self._sell(3, days=0)
        order.sudo().date_order = NOW - timedelta(minutes=1)
        self.assertTrue(self._section("turnover")["figure"].endswith("30"))
