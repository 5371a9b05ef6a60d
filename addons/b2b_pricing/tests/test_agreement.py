from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestAgreement(PricingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls._make_list("Brightwell", 7.0)
        cls.other_list = cls._make_list("Prepaid", 6.5)
        cls.agreement = cls._make_agreement(pricelist_id=cls.list.id, is_default=True)

    def _days(self, number):
        return self.today + timedelta(days=number)

    def test_only_running_ones_in_their_dates_can_be_used(self):
        draft = self._make_agreement("Draft", run=False)
        future = self._make_agreement("Future", date_start=self._days(3))
        ended = self._make_agreement(
            "Ended", date_start=self._days(-9), date_end=self._days(-1)
        )
        closed = self._make_agreement("Closed")
        closed.action_close()
        usable = self.party._b2b_agreements()
        self.assertEqual(usable, self.agreement)
        self.assertIn(future, self.party._b2b_agreements(self._days(3)))
        self.assertIn(ended, self.party._b2b_agreements(self._days(-1)))
        self.assertTrue(ended.is_expired)
        self.assertEqual(
            self.env["b2b.agreement"].search(
                [("is_expired", "=", True), ("party_id", "=", self.party.id)]
            ),
            ended,
        )
        self.assertFalse(usable & (draft | closed))
        self.assertFalse(self.rival_party._b2b_agreements())

    def test_group_agreement_is_for_all_clients_of_the_group(self):
        group = self.env["b2b.customer.group"].create({"name": "Gift shops"})
        shared = self._make_agreement(
            "Group terms", customer_group_id=group.id, is_default=True
        )
        self.assertNotIn(shared, self.party._b2b_agreements())
        (self.party | self.rival_party).b2b_customer_group_id = group
        # Own default before that of the group.
        self.assertEqual(self.party._b2b_default_agreement(), self.agreement)
        self.assertEqual(self.rival_party._b2b_default_agreement(), shared)
        self.assertEqual(self.party._b2b_agreements(), self.agreement | shared)

    def test_another_company_does_not_see_it(self):
        company = self.env["res.company"].create({"name": "Second Ltd"})
        self.assertFalse(self.party.with_company(company)._b2b_agreements())
        with self.refuses(ValidationError, "belongs to Second Ltd"):
            self._make_agreement(
                run=False,
                pricelist_id=self._make_list("Second", 1.0, company_id=company.id).id,
            )

    @mute_logger("odoo.sql_db")
    def test_an_agreement_has_one_owner(self):
        group = self.env["b2b.customer.group"].create({"name": "Gift shops"})
        for values in (
            {"party_id": False},
            {"party_id": self.party.id, "customer_group_id": group.id},
        ):
            with self.assertRaises(Exception) as caught, self.cr.savepoint():
                self.env["b2b.agreement"].create({"name": "x", **values})
            self.assertIn("one_owner", str(caught.exception))
        contact = self.buyer.user_id.partner_id
        with self.refuses(ValidationError, "make the agreement with"):
            self._make_agreement(run=False, party_id=contact.id)

    def test_end_before_start(self):
        with self.refuses(ValidationError, "before it begins"):
            self._make_agreement(
                date_start=self._days(5), date_end=self._days(4), run=False
            )

    def test_one_default_at_a_time(self):
        second = self._make_agreement("Prepaid", run=False, is_default=True)
        with self.refuses(ValidationError, "30 days net"):
            second.action_run()
        self.agreement.date_end = self._days(9)
        with self.refuses(ValidationError, "another default agreement"):
            second.write({"date_start": self._days(9)})
            second.action_run()
        second.write({"date_start": self._days(10)})
        second.action_run()
        self.assertEqual(self.party._b2b_default_agreement(), self.agreement)
        self.assertEqual(self.party._b2b_default_agreement(self._days(10)), second)

    def test_a_running_agreement_keeps_its_terms(self):
        term = self.env["account.payment.term"].search([], limit=1)
        with self.refuses(UserError, "Make a new version"):
            self.agreement.payment_term_id = term
        with self.refuses(UserError, "Price list"):
            self.agreement.write({"pricelist_id": self.other_list.id})
        # The same value is no change, and the end may move.
        self.agreement.write({"pricelist_id": self.list.id, "date_end": self._days(30)})

    def test_state_is_written_by_buttons_only(self):
        manager = self.agreement.with_user(self.manager)
        with self.refuses(UserError, "buttons"):
            manager.write({"state": "closed"})
        manager.action_close()
        self.assertEqual(self.agreement.state, "closed")
        self.assertEqual(self.agreement.date_end, self.today)
        with self.assertRaises(AccessError):
            self.agreement.with_user(self.rep).action_draft()

    def test_new_version_replaces_at_its_date(self):
        action = self.agreement.action_new_version()
        second = self.env["b2b.agreement"].browse(action["res_id"])
        self.assertEqual(
            (second.version, second.state, second.number, second.pricelist_id),
            (2, "draft", self.agreement.number, self.list),
        )
        self.assertEqual(second.date_start, self._days(1))
        # Asking again opens the same draft.
        self.assertEqual(self.agreement.action_new_version()["res_id"], second.id)
        second.pricelist_id = self.other_list
        second.action_run()
        self.assertEqual(self.agreement.date_end, self.today)
        self.assertTrue(second.is_default)
        self.assertEqual(self.party._b2b_agreements(), self.agreement)
        self.assertEqual(self.party._b2b_default_agreement(), self.agreement)
        tomorrow = self._days(1)
        self.assertEqual(self.party._b2b_agreements(tomorrow), second)
        self.assertEqual(self.party._b2b_default_agreement(tomorrow), second)
        self.assertEqual(second.version_ids, second | self.agreement)

    def test_new_version_from_today_closes_the_old_one(self):
        cart = self._make_cart()
        second = self.env["b2b.agreement"].browse(
            self.agreement.action_new_version()["res_id"]
        )
        second.date_start = self.today
        second.action_run()
        self.assertEqual(self.agreement.state, "closed")
        self.assertEqual(self.party._b2b_default_agreement(), second)
        self.assertEqual(cart.b2b_agreement_id, self.agreement)

    def test_used_agreements_are_never_deleted(self):
        cart = self._make_cart()
        with self.refuses(UserError, "used by 1 orders"):
            self.agreement.with_user(self.manager).unlink()
        with self.refuses(UserError, "keeps its terms"):
            self.agreement.action_draft()
        cart.unlink()
        self.agreement.action_draft()
        self.agreement.unlink()

    def test_who_may_write(self):
        pricing = new_test_user(self.env, "b2b_test_pricing", "b2b_party.group_pricing")
        for user in (self.manager, pricing):
            self.agreement.with_user(user).name = "By " + user.login
        with self.assertRaises(AccessError):
            self.agreement.with_user(self.rep).name = "By rep"
        self.assertTrue(self.agreement.with_user(self.rep).pricelist_id.name)
        with self.assertRaises(AccessError):
            self.agreement.with_user(self.buyer.user_id).read(["name"])

    def test_the_form_shows_sales_products_order_of_lists_and_changes(self):
        order = self._make_cart(quantity=3)
        order.with_user(self.manager).action_confirm()
        group = self.env["b2b.customer.group"].create(
            {"name": "Gift shops", "pricelist_id": self.list.id}
        )
        self.party.b2b_customer_group_id = group
        self.agreement.invalidate_recordset()
        agreement = self.agreement.with_user(self.manager)
        self.assertEqual(agreement.net_sales, 21.0)
        self.assertEqual(agreement.order_count, 1)
        found = self.env["product.product"].search(
            agreement.action_open_products()["domain"]
        )
        self.assertEqual(agreement.product_count, len(found))
        rows = agreement._b2b_price_order_rows()
        self.assertEqual([row["counts"] for row in rows], [True] + [False] * 5)
        self.assertEqual(
            [row["list"] and row["rules"] for row in rows], [1, "", 1, "", "", 1]
        )
        self.assertIn("Brightwell", agreement.price_order)
        self.list.active = False
        rows = agreement._b2b_price_order_rows()
        self.assertTrue(rows[0]["archived"])
        self.assertEqual([r["counts"] for r in rows], [False] * 5 + [True])
        fresh = self.env["b2b.agreement"].browse(
            agreement.action_new_version()["res_id"]
        )
        fresh.pricelist_id = self.other_list
        self.assertEqual(agreement.changes, "first version")
        self.assertIn("Prepaid", fresh.changes)
        self.assertIn("→", fresh.changes)
