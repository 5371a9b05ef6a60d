from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .credit_common import CreditCase

CHECK = "odoo.addons.b2b_budget.models.b2b_credit_check"


@tagged("post_install", "-at_install")
class TestCreditAccount(CreditCase):
    def _rates(self, euro, rate, days=0):
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "rate": rate,
                "name": fields.Date.today() - timedelta(days=days),
                "company_id": self.env.company.id,
            }
        )

    def test_orders_keep_their_rate_and_invoices_follow_todays(self):
        euro = self.env.ref("base.EUR")
        if euro == self.env.company.currency_id:
            euro = self.env.ref("base.USD")
        euro.active = True
        euro.rate_ids.unlink()
        self._rates(euro, 2.0, days=30)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": euro.id}
        )
        order = self._make_order(quantity=1, pricelist_id=pricelist.id)
        order.order_line.price_unit = 40.0
        order.action_confirm()
        self.assertEqual(order.currency_id, euro)
        self.assertExposure(confirmed=20.0)
        self._rates(euro, 4.0)
        order.order_line.price_unit = 30.0
        self.assertExposure(confirmed=15.0)
        self._bill(40.0, currency_id=euro.id)
        # At the rate of today, whatever it was posted at.
        self.assertExposure(posted=10.0)
        order._action_cancel()
        self.assertExposure(confirmed=0.0)
        amounts = self.account.entry_ids.filtered("order_id").mapped("amount")
        self.assertEqual(sum(amounts), 0.0)

    def test_account_in_another_currency(self):
        euro = self.env.ref("base.EUR")
        if euro == self.env.company.currency_id:
            euro = self.env.ref("base.USD")
        euro.active = True
        euro.rate_ids.unlink()
        self._rates(euro, 2.0, days=30)
        account = self._make_account(100.0, party=self.rival_party, currency_id=euro.id)
        self._bill(10.0, party=self.rival_party)
        order = self._make_order(seat=self.rival, quantity=4)
        order.action_confirm()
        self.assertExposure(account, posted=20.0, confirmed=80.0, available=0.0)
        order = self._make_order(seat=self.rival, quantity=1)
        order.action_confirm()
        (hold,) = order.b2b_open_hold_ids
        self.assertIn("€20.00 too much", hold.message.replace("$", "€"))

    def test_owner_is_a_party_or_a_group_and_only_once(self):
        accounts = self.env["b2b.credit.account"]
        group = self.env["b2b.party.group"].create({"name": "Holding"})
        with mute_logger("odoo.sql_db"):
            for values in (
                {},
                {"party_id": self.rival_party.id, "party_group_id": group.id},
                {"party_id": self.party.id},
            ):
                with self.assertRaises(IntegrityError), self.cr.savepoint():
                    accounts.create(values)
                    self.env.flush_all()
        contact = self.env["res.partner"].create(
            {"name": "Yard", "parent_id": self.party.id}
        )
        with self.assertRaisesRegex(ValidationError, "is an address"):
            accounts.create({"party_id": contact.id})

    def test_bad_limits_are_refused(self):
        with mute_logger("odoo.sql_db"):
            for values in (
                {"amount": -1.0},
                {"amount": 5.0, "date_from": "2026-02-01", "date_to": "2026-01-01"},
            ):
                with self.assertRaises(IntegrityError), self.cr.savepoint():
                    self._make_limit(self.account, **values)
                    self.env.flush_all()
        other = self._make_account(party=self.rival_party)
        with self.assertRaisesRegex(ValidationError, "stays with its account"):
            self.account.limit_ids.account_id = other

    def test_owner_and_currency_are_fixed_once_there_are_movements(self):
        with self.assertRaisesRegex(UserError, "has movements"):
            self.account.party_id = self.rival_party
        self._confirmed(1)
        with self.assertRaisesRegex(UserError, "kept for the record"):
            self.account.unlink()
        fresh = self._make_account(party=self.rival_party)
        fresh.unlink()
        self.assertFalse(fresh.exists())

    def test_settings_are_what_a_new_account_begins_with(self):
        self.env.company.write(
            {
                "b2b_credit_action": "block",
                "b2b_credit_overdue_action": "warn",
                "b2b_credit_overdue_days": 3,
                "b2b_credit_overdue_ignored": 7.0,
            }
        )
        account = self.env["b2b.credit.account"].create(
            {"party_id": self.rival_party.id}
        )
        self.assertEqual(
            (
                account.action,
                account.overdue_action,
                account.overdue_days,
                account.overdue_ignored,
            ),
            ("block", "warn", 3, 7.0),
        )

    def test_filters_of_the_list(self):
        accounts = self.env["b2b.credit.account"]
        other = self._make_account(10.0, party=self.rival_party)
        self._bill(30.0, due=-5, party=self.rival_party)
        self.assertEqual(accounts.search([("is_over", "=", True)]), other)
        self.assertIn(self.account, accounts.search([("is_over", "=", False)]))
        self.assertEqual(accounts.search([("overdue", ">", 0)]), other)
        other.limit_ids.unlink()
        unchecked = accounts.search([("is_checked", "=", False)])
        self.assertEqual(unchecked & (other | self.account), other)
        found = accounts.search([("display_name", "ilike", "Lindner")])
        self.assertEqual(found, other)
        # An order's form asks for addresses with the names of its parties.
        asked = other.with_context(show_address=True, show_vat=True)
        self.assertEqual(asked.display_name, self.rival_party.name)

    def test_history_joins_ledger_and_books(self):
        order = self._confirmed(4)
        invoice = order._create_invoices()
        invoice.action_post()
        payment = self._pay(15.0)
        history = self.env["b2b.credit.history"].with_user(self.credit)
        rows = history.search([("party_id", "=", self.party.id)])
        self.assertEqual(
            sorted(rows.mapped(lambda row: (row.kind, row.amount))),
            [
                ("confirmed", -40.0),
                ("confirmed", 40.0),
                ("invoice", 40.0),
                ("limit", 100.0),
                ("payment", -15.0),
            ],
        )
        self.assertEqual(len(set(rows.ids)), 5)
        row = rows.filtered(lambda r: r.kind == "payment")
        self.assertEqual(row.move_id, payment.move_id)
        opened = row.action_open_document()
        self.assertEqual(opened["res_id"], payment.move_id.id)
        self.assertFalse(history.has_access("write"))

    def test_nightly_check_reports_and_corrects_nothing(self):
        order = self._confirmed(4)
        accounts = self.env["b2b.credit.account"]
        self.assertEqual(accounts._b2b_credit_drift(), [])
        self.env.cr.execute(
            "UPDATE b2b_credit_account SET confirmed = 41 WHERE id = %s",
            [self.account.id],
        )
        self.env.cr.execute(
            "UPDATE sale_order SET b2b_credit_amount = 50 WHERE id = %s", [order.id]
        )
        self.env.invalidate_all()
        drifts = accounts._b2b_credit_drift()
        self.assertEqual(
            [(d["order_id"], d["booked"].used, d["expected"].used) for d in drifts],
            [(None, 41.0, 40.0), (order.id, 40.0, 50.0)],
        )
        with mute_logger(CHECK):
            accounts._cron_b2b_credit_night()
        bodies = " ".join(self.account.message_ids.mapped("body"))
        self.assertIn("says $41.00, its movements add up to $40.00", bodies)
        self.assertIn(f"{order.name} has booked $40.00", bodies)
        told = self.account.activity_ids
        self.assertEqual(len(told), 2)
        # The next night finds the same, which is on somebody's list already.
        with mute_logger(CHECK):
            accounts._cron_b2b_credit_night()
        self.assertEqual(self.account.activity_ids, told)
        self.account.invalidate_recordset()
        self.assertEqual(self.account.confirmed, 41.0)

    def test_who_pays_in_advance_is_held_for_the_payment(self):
        self.account.limit_ids.amount = 0.0
        order = self._make_order(quantity=4)
        self.assertEqual(order._b2b_prepayment_percent(), 100.0)
        self.assertEqual([f.code for f in order._b2b_findings()], ["prepayment"])
        self._pay(40.0)
        self.account._b2b_exposures(fresh=True)
        self.assertEqual(order._b2b_findings(), [])
        order.action_confirm()
        entry = self.account.entry_ids[:1]
        self.assertEqual((entry.amount, entry.permission), (40.0, "prepaid"))
        # The same money pays no second order.
        second = self._make_order(quantity=4)
        self.assertEqual([f.code for f in second._b2b_findings()], ["prepayment"])

    def test_a_prepaid_share_takes_no_credit_while_it_waits(self):
        order = self._make_order(quantity=14)
        Order = type(order)
        share = patch.object(Order, "_b2b_prepayment_percent", lambda self: 30.0)
        paid = patch.object(Order, "_b2b_prepayment_paid", lambda self: 42.0)
        with share, paid:
            # 98 of 140 are on account.
            self.assertEqual(order._b2b_findings(), [])
            order.action_confirm()
            self.assertEqual(order.state, "sale")
        self._pay(42.0)
        self.assertExposure(confirmed=140.0, posted=-42.0, available=2.0)

    def test_overview_and_form_of_the_party(self):
        self._bill(30.0, due=-5)
        self._confirmed(2)
        self.party.invalidate_recordset()
        self.assertEqual(self.party.with_user(self.rep).b2b_credit_used, 50.0)
        sections = self.party.with_user(self.rep).b2b_overview()["sections"]
        (credit,) = [s for s in sections if s["id"] == "credit"]
        self.assertEqual(credit["figure"], "$50.00")
        self.assertIn("$50.00 left", credit["subtitle"])
        self.assertEqual(credit["alert"]["text"], "$30.00 overdue")
        self.assertEqual([part["share"] for part in credit["parts"]], [0.3, 0.2, 0.0])

    def test_line_on_the_order(self):
        order = self._make_order(quantity=4)
        self.assertIn("$60.00 left after this order", order.b2b_credit_line)
        self.assertEqual(order.b2b_credit_tone, "info")
        order.order_line.product_uom_qty = 11
        self.assertEqual(order.b2b_credit_tone, "danger")
        order.order_line.product_uom_qty = 4
        order.action_confirm()
        self.assertFalse(order.b2b_credit_line)


@tagged("post_install", "-at_install")
class TestCreditQueries(CreditCase):
    def _count(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        order.action_confirm()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_credit_adds_few_queries_to_a_confirmation(self):
        """One warm-up, then the same order of a party without and with an account."""
        self.account.active = False
        orders = [self._make_order(quantity=1) for _number in range(4)]
        self._count(orders[0])
        without = self._count(orders[1])
        self.account.active = True
        self._count(orders[2])
        with_credit = self._count(orders[3])
        self.assertLessEqual(with_credit - without, 4, (without, with_credit))

    def test_figures_of_many_accounts_cost_one_query(self):
        parties = [self._make_party(f"Party {number}") for number in range(5)]
        accounts = self.account
        for party in parties:
            accounts |= self._make_account(50.0, party=party)
        self.env.flush_all()
        self.env.invalidate_all()
        for account in accounts:
            account._b2b_currency().round(1.0)
        with self.assertQueryCount(1):
            accounts._b2b_exposures(fresh=True)
