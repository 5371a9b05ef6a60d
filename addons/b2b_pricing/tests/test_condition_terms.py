from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .condition_common import ConditionCase


@tagged("post_install", "-at_install")
class TestConditionTerms(ConditionCase):
    """For whom a condition counts, and what cannot be entered."""

    def _cost(self, order):
        return self.amounts(order).get("delivery", 0.0)

    def test_the_most_specific_counts(self):
        group = self.env["b2b.customer.group"].create({"name": "Gift", "kind": "b2b"})
        self.party.b2b_customer_group_id = group
        chain = self.env["b2b.party.group"].create({"name": "Chain"})
        self.env["b2b.party.group.member"].create(
            {"group_id": chain.id, "partner_id": self.party.id}
        )
        agreement = self._make_agreement(run=False)
        owners = [
            {},
            {"customer_group_id": group.id},
            {"party_group_id": chain.id},
            {"party_id": self.party.id},
            {"agreement_id": agreement.id},
        ]
        for charge, owner in enumerate(owners, 1):
            self._make_condition("delivery", charge=charge, **owner)
            if owner.get("agreement_id"):
                agreement.action_run()
                agreement.is_default = True
            self.assertEqual(self._cost(self._cart_of((self.ten, 1))), charge)
        # another party has none of them but that for everyone
        other = self._cart_of(
            (self.ten, 1), partner_id=self.rival_party.id, b2b_seat_id=self.rival.id
        )
        self.assertEqual(self._cost(other), 1.0)

    def test_an_own_condition_of_nothing_is_an_exemption(self):
        self._make_condition("small_order", threshold=100.0, charge=9.0)
        self.assertEqual(
            self.amounts(self._cart_of((self.ten, 1))), {"small_order": 9.0}
        )
        own = self._make_condition("small_order", party_id=self.party.id)
        self.assertEqual(self.amounts(self._cart_of((self.ten, 1))), {})
        self.assertEqual(own.terms_text, "none")

    def test_dates_and_archive(self):
        condition = self._make_condition(
            "delivery", charge=7.0, date_end=self.today - timedelta(days=1)
        )
        self.assertEqual(self._cost(self._cart_of((self.ten, 1))), 0.0)
        condition.date_end = self.today
        self.assertEqual(self._cost(self._cart_of((self.ten, 1))), 7.0)
        condition.active = False
        self.assertEqual(self._cost(self._cart_of((self.ten, 1))), 0.0)

    def test_another_company(self):
        other = self.env["res.company"].create({"name": "Second"})
        self._make_condition(
            "delivery",
            charge=7.0,
            company_id=other.id,
            currency_id=other.currency_id.id,
        )
        self.assertEqual(self._cost(self._cart_of((self.ten, 1))), 0.0)

    def test_a_running_agreement_keeps_them(self):
        agreement = self._make_agreement(run=False)
        condition = self._make_condition(
            "discount", steps=((100.0, 2.0),), agreement_id=agreement.id
        )
        condition.step_ids.percent = 3.0
        agreement.action_run()
        for change in (
            lambda: condition.write({"threshold": 1.0}),
            lambda: condition.step_ids.write({"percent": 4.0}),
            lambda: condition.step_ids.unlink(),
            lambda: condition.unlink(),
            lambda: self._make_condition("minimum", agreement_id=agreement.id),
        ):
            with self.refuses(UserError, "new version"), self.cr.savepoint():
                change()
        fresh = agreement.browse(agreement.action_new_version()["res_id"])
        self.assertEqual(fresh.condition_ids.terms_text, condition.terms_text)
        fresh.condition_ids.step_ids.percent = 5.0
        self.assertEqual(condition.step_ids.percent, 3.0)

    def test_totals_under_another_agreement(self):
        self._make_condition("delivery", charge=12.5)
        one = self._make_agreement("One", is_default=True)
        two = self._make_agreement("Two", run=False)
        self._make_condition("discount", steps=((0.0, 10.0),), agreement_id=two.id)
        self._make_condition("delivery", charge=0.0, agreement_id=two.id)
        two.action_run()
        order = self._cart_of((self.ten, 10), (self.book, 10))
        self.assertEqual(order.b2b_agreement_id, one)
        rows = {row["name"]: row for row in order.b2b_compare_agreements()}
        self.assertEqual(rows["One"]["amount_untaxed"], 122.5)
        self.assertEqual(rows["Two"]["amount_untaxed"], 99.0)
        totals = order._b2b_switch_agreement(two)["after"]
        self.assertEqual(totals["amount_total"], rows["Two"]["amount_total"])

    def test_bad_figures(self):
        cases = [
            (
                ("discount",),
                {"steps": ((500.0, 3.0), (1000.0, 2.0))},
                "higher discount",
            ),
            (("discount",), {"steps": ((500.0, 101.0),)}, "0 to 100"),
            (("discount",), {"steps": ((500.0, -1.0),)}, "0 to 100"),
            (("discount",), {}, "at least one"),
            (("discount",), {"steps": ((5.0, 2.0), (5.0, 3.0))}, "same amount"),
            (("delivery",), {"charge": -1.0}, "below zero"),
            (("minimum",), {"threshold": -1.0}, "below zero"),
            (("minimum",), {"threshold": 9.0, "below": "charge"}, "what is charged"),
            (
                ("minimum",),
                {"date_start": self.today, "date_end": self.today - timedelta(days=1)},
                "before it begins",
            ),
        ]
        for args, values, words in cases:
            with self.refuses(ValidationError, words), self.cr.savepoint():
                self._make_condition(*args, **values)

    def test_two_of_a_kind_at_a_time(self):
        self._make_condition("minimum", "First", threshold=1.0, date_end=self.today)
        with self.refuses(ValidationError, "First"), self.cr.savepoint():
            self._make_condition("minimum", "Second", threshold=2.0)
        self._make_condition(
            "minimum", "Third", threshold=2.0, date_start=self.today + timedelta(days=1)
        )
        self._make_condition("minimum", "Own", party_id=self.party.id)

    def test_currency_without_rate(self):
        lonely = self.env["res.currency"].create({"name": "XQX", "symbol": "q"})
        with self.refuses(ValidationError, "no rate of XQX"), self.cr.savepoint():
            self._make_condition("minimum", threshold=1.0, currency_id=lonely.id)

    def test_one_audience(self):
        group = self.env["b2b.customer.group"].create({"name": "Gift", "kind": "b2b"})
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._make_condition(
                "minimum", party_id=self.party.id, customer_group_id=group.id
            )

    def test_rights(self):
        condition = self._make_condition("minimum", threshold=1.0)
        pricing = new_test_user(self.env, "b2b_c_pricing", "b2b_party.group_pricing")
        for user in (pricing, self.manager):
            condition.with_user(user).threshold += 1
        self.assertEqual(condition.with_user(self.rep).threshold, 3.0)
        with self.assertRaises(AccessError):
            condition.with_user(self.rep).threshold = 9
        with self.assertRaises(AccessError):
            condition.with_user(self.buyer.user_id).read(["threshold"])

    def test_narrowed_reps_see_no_other_party(self):
        own = self._make_condition("minimum", party_id=self.party.id)
        agreement = self._make_agreement(run=False, party_id=self.rival_party.id)
        other = self._make_condition("minimum", agreement_id=agreement.id)
        everyone = self._make_condition("minimum")
        self.party.b2b_rep_ids = self.rep
        self.rep.b2b_own_parties_only = True
        seen = self.env["b2b.order.condition"].with_user(self.rep).search([])
        self.assertIn(own, seen)
        self.assertIn(everyone, seen)
        self.assertNotIn(other, seen)

    def test_every_change_is_logged(self):
        condition = self._make_condition(
            "minimum", threshold=10.0, party_id=self.party.id
        )
        condition.threshold = 20.0
        entry = self.env["b2b.audit.entry"].search(
            [("model", "=", condition._name), ("res_id", "=", condition.id)],
            order="id desc",
            limit=1,
        )
        self.assertEqual(entry.party_id, self.party)
        self.assertIn("20.00", entry.plain_after)
