import random
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ..rules.segment import OPERATORS, belongs
from .common import PartyCase

TODAY = fields.Date.today()


@tagged("post_install", "-at_install")
class TestSegments(PartyCase):
    """Who is in a segment, who would be, and why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.segments = cls.env["b2b.party.segment"]
        cls.uk, cls.de = cls.env.ref("base.uk"), cls.env.ref("base.de")
        cls.party.country_id, cls.rival_party.country_id = cls.uk, cls.de
        cls._figures(cls.party, turnover=12400, count=186, last=4)
        cls._figures(cls.rival_party, turnover=900, count=2, last=120)
        cls.ours = cls.party | cls.rival_party
        # Figures are read-only for everybody; who else is in a database is not ours.
        others = cls.env["res.partner"].search([("id", "not in", cls.ours.ids)])
        others.b2b_customer_type = "retail"

    @classmethod
    def _figures(cls, party, turnover=0, count=0, last=None, first=None):
        party.write(
            {
                "b2b_turnover_12m": turnover,
                "b2b_order_count_12m": count,
                "b2b_last_order": last is not None and TODAY - timedelta(days=last),
                "b2b_first_order": first is not None and TODAY - timedelta(days=first),
            }
        )

    def _segment(self, *conditions, match="all", **values):
        return self.segments.create(
            {
                "name": "Segment",
                "match": match,
                "condition_ids": [(0, 0, self._condition(*c)) for c in conditions],
                **values,
            }
        )

    def _condition(self, figure, operator, value=0, block=False):
        condition = {"figure": figure, "operator": operator, "block": block}
        if isinstance(value, (int, float)):
            return {**condition, "number": value}
        name = self.env["b2b.party.segment.condition"]._b2b_figures()[figure].values
        return {**condition, name: [(6, 0, value.ids)]}

    def _members(self, *conditions, **values):
        segment = self._segment(*conditions, **values)
        segment._b2b_refresh()
        return segment.partner_ids

    def test_all_and_any(self):
        big, german = ("turnover_12m", "ge", 10000), ("country", "in", self.de)
        self.assertEqual(self._members(big), self.party)
        self.assertFalse(self._members(big, german))
        self.assertEqual(self._members(big, german, match="any"), self.ours)

    def test_conditions_of_one_letter_are_joined_by_the_other_word(self):
        conditions = [
            ("turnover_12m", "ge", 10000, "A"),
            ("order_count_12m", "le", 2, "A"),
            ("country", "in", self.de),
        ]
        self.assertEqual(self._members(*conditions), self.rival_party)
        self.assertEqual(self._members(*conditions, match="any"), self.rival_party)
        conditions[1] = ("order_count_12m", "ge", 100, "A")
        self.assertEqual(self._members(*conditions, match="any"), self.ours)

    def test_nobody_is_in_a_segment_without_conditions(self):
        self.assertFalse(self._members())
        self.assertFalse(self._members(match="any"))

    def test_days_since_an_order_leave_out_who_never_ordered(self):
        self._figures(self.party)
        self.assertEqual(self._members(("last_order", "ge", 90)), self.rival_party)
        self.assertFalse(self._members(("last_order", "le", 90)))
        self.assertEqual(self._members(("last_order", "unset")), self.party)

    def test_the_same_day_counts(self):
        self.assertEqual(self._members(("last_order", "le", 4)), self.party)
        self.assertFalse(self._members(("last_order", "lt", 4)))
        self.assertEqual(self._members(("last_order", "eq", 120)), self.rival_party)

    def test_channels_are_those_of_confirmed_orders_of_twelve_months(self):
        phone = self.env["b2b.sales.channel"].create({"name": "P", "code": "xphone"})
        order = self._make_order(b2b_channel_id=phone.id)
        self.env["res.partner"]._b2b_refresh_figures()
        self.assertFalse(self._members(("channel", "in", phone)))
        order.action_confirm()
        self.env["res.partner"]._b2b_refresh_figures()
        self.assertEqual(self._members(("channel", "in", phone)), self.party)
        self.assertEqual(self._members(("channel", "not_in", phone)), self.rival_party)
        order.with_context(disable_cancel_warning=True)._action_cancel()
        self.env["res.partner"]._b2b_refresh_figures()
        self.assertFalse(self.party.b2b_used_channel_ids)

    def test_contacts_retail_and_archived_parties_are_in_no_segment(self):
        everybody = ("turnover_12m", "ge", -1e9)
        self.assertEqual(self._members(everybody), self.ours)
        self.rival_party.b2b_seat_ids.action_suspend()
        self.rival_party.active = False
        self.party.b2b_customer_type = "retail"
        self.assertFalse(self._members(everybody))

    def test_a_refresh_writes_differences_only(self):
        segment = self._segment(("country", "in", self.uk | self.de))
        self.assertEqual(segment._b2b_refresh(), (2, 0))
        self.assertEqual(segment._b2b_refresh(), (0, 0))
        self.rival_party.country_id = self.env.ref("base.fr")
        self.assertEqual(segment._b2b_refresh(), (0, 1))
        self.assertEqual(self.party.b2b_segment_ids, segment)
        self.assertEqual(segment.party_count, 1)

    def test_a_segment_of_a_company_holds_its_parties_and_shared_ones(self):
        company = self.env["res.company"].create({"name": "B"})
        other = self._make_party("Of B", company_id=company.id)
        everybody = ("turnover_12m", "ge", -1e9)
        self.assertEqual(self._members(everybody), self.ours | other)
        mine = self.env.company.id
        self.assertEqual(self._members(everybody, company_id=mine), self.ours)

    def test_an_archived_segment_is_empty_at_once(self):
        segment = self._segment(("country", "in", self.uk))
        segment._b2b_refresh()
        segment.active = False
        self.assertFalse(self.party.b2b_segment_ids)

    def test_reasons_in_words(self):
        segment = self._segment(
            ("turnover_12m", "ge", 10000),
            ("order_count_12m", "gt", 12),
            ("last_order", "le", 30),
            ("country", "in", self.uk),
        )
        segment._b2b_refresh()
        self.env.company.currency_id = self.env.ref("base.GBP")
        (found,) = self.party._b2b_segment_reasons()
        symbol = self.party.b2b_company_currency_id.symbol
        self.assertEqual(
            found["reasons"],
            [
                f"Turnover {symbol}12,400 ≥ {symbol}10,000",
                "Orders 186 > 12",
                "Last order 4 days ago ≤ 30",
                "Country United Kingdom",
            ],
        )

    def test_a_party_that_will_leave_has_no_reason(self):
        segment = self._segment(("country", "in", self.uk))
        segment._b2b_refresh_step()
        segment.condition_ids.country_ids = self.de
        self.assertEqual(segment.refresh_state, "changed")
        self.assertEqual(self.party._b2b_segment_reasons()[0]["reasons"], [])

    def test_who_would_be_in_it_shows_before_saving(self):
        with Form(self.segments.with_user(self.manager)) as form:
            form.name = "British"
            self.assertEqual(form.preview_count, 0)
            with form.condition_ids.new() as condition:
                condition.figure = "country"
                condition.country_ids.add(self.uk)
            self.assertEqual(form.preview_count, 1)
            self.assertEqual(form.preview_names, self.party.name)
        self.assertFalse(form.record.partner_ids)

    def test_conditions_that_make_no_sense_are_refused(self):
        for condition, words in (
            (("country", "ge", 3), "cannot be compared"),
            (("turnover_12m", "in", 3), "cannot be compared"),
            (("country", "in", self.env["res.country"]), "names nothing"),
            (("last_order", "ge", -1), "enter a whole number"),
        ):
            with (
                self.subTest(condition),
                self.assertRaisesRegex(ValidationError, words),
            ):
                self._segment(condition)

    def test_managers_keep_segments_and_reps_read_them(self):
        segment = self._segment(("country", "in", self.uk))
        with self.assertRaises(AccessError):
            segment.with_user(self.rep).name = "Mine"
        with self.assertRaises(AccessError):
            segment.with_user(self.rep).action_refresh()
        self.assertEqual(segment.with_user(self.rep).name, "Segment")

    def test_a_list_of_segments_costs_no_count_of_parties(self):
        segments = self._segment(("country", "in", self.uk))
        segments |= self._segment(("country", "in", self.de))
        segments |= self._segment(("country", "in", self.uk | self.de))
        segments._b2b_refresh()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.assertEqual(segments.mapped("party_count"), [1, 1, 2])

    def test_sql_and_the_pure_rule_agree(self):
        """Random parties and conditions: two computations, one answer."""
        dice = random.Random(19)
        groups = self.env["b2b.customer.group"].create(
            [{"name": f"G{n}"} for n in range(3)]
        )
        countries = self.uk | self.de | self.env.ref("base.fr")
        parties = self.env["res.partner"].create(
            [self._random_party(dice, groups, countries, n) for n in range(60)]
        )
        parties |= self.ours
        parties.mapped("b2b_used_channel_ids")
        channels = self.env["b2b.sales.channel"].search([], limit=3)
        for party in parties:
            party.b2b_used_channel_ids = channels.browse(
                dice.sample(channels.ids, dice.randint(0, 2))
            )
        values = {"country": countries, "customer_group": groups, "channel": channels}
        for _n in range(150):
            conditions = [
                self._random_condition(dice, values) for _c in range(dice.randint(1, 4))
            ]
            self._compare(dice.choice(("all", "any")), conditions, parties)

    def _random_party(self, dice, groups, countries, number):
        day = [False, *(TODAY - timedelta(days=d) for d in (0, 1, 30, 90, 365))]
        return {
            "name": f"P{number}",
            "is_company": True,
            "b2b_customer_type": "trade",
            "b2b_turnover_12m": dice.choice((-5, 0, 9.99, 10, 10.01, 5000)),
            "b2b_order_count_12m": dice.choice((0, 1, 2, 12)),
            "b2b_last_order": dice.choice(day),
            "b2b_first_order": dice.choice(day),
            "b2b_employee_count": dice.choice((0, 1, 10)),
            "country_id": dice.choice((False, *countries.ids)),
            "b2b_customer_group_id": dice.choice((False, *groups.ids)),
        }

    def _random_condition(self, dice, values):
        figures = self.env["b2b.party.segment.condition"]._b2b_figures()
        figure = dice.choice(
            [n for n, f in figures.items() if f.kind != "choice" or n in values]
        )
        kind = figures[figure].kind
        operator = dice.choice(OPERATORS[kind])
        value = dice.choice((0, 1, 10, 30, 90))
        if kind == "choice":
            chosen = dice.sample(values[figure].ids, dice.randint(1, 2))
            value = values[figure].browse(chosen)
        return figure, operator, value, dice.choice((False, False, "A", "B"))

    def _compare(self, match, conditions, parties):
        segment = self._segment(*conditions, match=match)
        rules = [condition._b2b_rule() for condition in segment.condition_ids]
        expected = parties.filtered(
            lambda party: belongs(
                match,
                rules,
                {c.figure: c._b2b_fact(party, TODAY) for c in segment.condition_ids},
            )
        )
        segment._b2b_refresh()
        self.assertEqual(segment.partner_ids, expected, (match, rules))
