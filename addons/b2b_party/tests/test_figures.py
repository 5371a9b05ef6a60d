from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PartyCase

NOW = fields.Datetime.now()
TODAY = fields.Date.today()


@tagged("post_install", "-at_install")
class TestFigures(PartyCase):
    """What counts as turnover, as an order, as first and last one."""

    def _sell(self, quantity, days_ago=10, party=None, env=None, **values):
        line = {
            "product_id": self.product.id,
            "product_uom_qty": quantity,
            "price_unit": 10.0,
        }
        values = {
            "partner_id": (party or self.party).id,
            "date_order": NOW - timedelta(days=days_ago),
            "order_line": [(0, 0, line)],
            **values,
        }
        return (env or self.env)["sale.order"]._b2b_create_historical([values])

    def _figures(self, party=None):
        self.env["res.partner"]._b2b_refresh_figures()
        party = party or self.party
        return (
            party.b2b_turnover_12m,
            party.b2b_order_count_12m,
            party.b2b_first_order,
            party.b2b_last_order,
        )

    def _day(self, days_ago):
        return TODAY - timedelta(days=days_ago)

    def test_returns_lower_the_turnover_and_are_no_orders(self):
        self._sell(7, days_ago=40)
        self._sell(-2, days_ago=5)
        self.assertEqual(self._figures(), (50.0, 1, self._day(40), self._day(40)))

    def test_a_party_that_only_cancelled_has_no_orders_and_a_negative_turnover(self):
        self._sell(-3)
        self.assertEqual(self._figures(), (-30.0, 0, False, False))

    def test_what_cancels_itself_out_in_one_order_is_no_order(self):
        order = self._sell(3)
        order.order_line.sudo().copy({"order_id": order.id, "product_uom_qty": -3})
        self.assertEqual(self._figures(), (0.0, 0, False, False))

    def test_older_orders_count_for_the_first_one_only(self):
        self._sell(1, days_ago=800)
        self._sell(4, days_ago=100)
        self.assertEqual(self._figures(), (40.0, 1, self._day(800), self._day(100)))

    def test_quotations_and_cancelled_orders_count_for_nothing(self):
        self._make_order(quantity=5)
        cancelled = self._make_order(quantity=6)
        cancelled.action_confirm()
        cancelled._action_cancel()
        self.assertEqual(self._figures(), (0.0, 0, False, False))

    def test_a_second_refresh_writes_nothing(self):
        self._sell(7)
        before = self._figures()
        self.env.cr.execute("SELECT xmin FROM res_partner WHERE id=%s", self.party.ids)
        version = self.env.cr.fetchone()
        self.assertEqual(self._figures(), before)
        self.env.cr.execute("SELECT xmin FROM res_partner WHERE id=%s", self.party.ids)
        self.assertEqual(self.env.cr.fetchone(), version)

    def test_orders_in_another_currency_count_at_their_own_rate(self):
        main = self.env["res.partner"]._b2b_figures_company().currency_id
        foreign = self.env.ref("base.CHF" if main.name != "CHF" else "base.GBP")
        foreign.active = True
        self.env["res.currency.rate"].create(
            [
                {"currency_id": foreign.id, "name": self._day(300), "rate": 2.0},
                {"currency_id": foreign.id, "name": self._day(5), "rate": 4.0},
            ]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        self._sell(8, days_ago=100, pricelist_id=pricelist.id)
        self.assertEqual(self._figures()[0], 40.0)

    def test_a_shared_party_buys_from_two_companies_in_one_currency(self):
        """80 francs there at two for one of ours, and 10 here, make 50."""
        main = self.env["res.partner"]._b2b_figures_company()
        foreign = self.env.ref("base.CHF")
        foreign.active = True
        self.assertNotEqual(main.currency_id, foreign)
        other = self.env["res.company"].create(
            {"name": "Swiss branch", "currency_id": foreign.id}
        )
        self.env["res.currency.rate"].create(
            {
                "currency_id": foreign.id,
                "name": self._day(300),
                "rate": 2.0,
                "company_id": main.id,
            }
        )
        there = self.env(context={**self.env.context, "allowed_company_ids": other.ids})
        self._sell(8, days_ago=100, env=there, company_id=other.id)
        self._sell(1)
        self.assertEqual(self._figures()[:2], (50.0, 2))
        self.assertEqual(self.party.b2b_company_currency_id, main.currency_id)
        own = self._make_party("Swiss only", company_id=other.id)
        self._sell(8, party=own, env=there, company_id=other.id)
        self.assertEqual(self._figures(own)[0], 80.0)
        self.assertEqual(own.b2b_company_currency_id, foreign)
