from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestProgram(LoyaltyCase):
    @mute_logger("odoo.sql_db")
    def test_bad_values_are_refused(self):
        for vals in (
            {"points": 0},
            {"points": 1_000_001},
            {"valid_months": 1201},
            {"redeem_minimum": -1},
            {"weight_ids": [Command.create({"name": "Huge", "factor": 101})]},
            {"per_amount": 0},
            {"per_amount": -1},
            {"point_value": -1},
            {"date_from": "2026-02-01", "date_to": "2026-01-01"},
            {"weight_ids": [Command.create({"name": "Negative", "factor": -1})]},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.make_program(**vals)

    def test_currency_without_rate_is_refused(self):
        currency = self.env["res.currency"].create(
            {"name": "XPT", "symbol": "pt", "rate_ids": [Command.clear()]}
        )
        with self.assertRaisesRegex(ValidationError, "XPT has no exchange rate"):
            self.make_program(currency_id=currency.id)

    def test_currency_and_company_stay_once_there_are_accounts(self):
        other = self.env["res.currency"].search(
            [("id", "!=", self.currency.id)], limit=1
        ) or self.env["res.currency"].create({"name": "XPU", "symbol": "pu"})
        self.env["res.currency.rate"].create(
            {"currency_id": other.id, "name": "2020-01-01", "rate": 2}
        )
        self.program.currency_id = other
        self.program.currency_id = self.currency
        self.confirmed((self.goods, 10, 10))
        with self.assertRaisesRegex(UserError, "has accounts already"):
            self.program.currency_id = other
        self.program.write({"currency_id": self.currency.id, "name": "Same"})

    def test_first_program_that_fits(self):
        self.party.b2b_customer_group_id = self.group
        special = self.make_program(
            name="Shops", sequence=1, points=3, customer_group_ids=self.group.ids
        )
        order = self.order((self.goods, 1, 10))
        self.assertEqual(order._b2b_points_preview(), 30)
        special.active = False
        order.invalidate_recordset(["b2b_points"])
        self.assertEqual(order._b2b_points_preview(), 10)

    def test_program_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.program.active = False
        self.make_program(company_id=other.id, currency_id=other.currency_id.id)
        self.assertEqual(self.order((self.goods, 1, 10))._b2b_points_preview(), 0)

    def test_totals(self):
        self.confirmed((self.goods, 10, 10))
        self.invoice(self.confirmed((self.goods, 5, 10)))
        self.assertEqual(
            (self.program.account_count, self.program.balance, self.program.pending),
            (1, 50, 100),
        )
        self.assertEqual(self.program.liability, 0.5)
