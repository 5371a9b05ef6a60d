from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestCustomerCategory(PartyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["b2b.customer.category"].create(
            {"name": "Garden centres", "code": "GC"}
        )

    def test_count_and_list_show_the_parties(self):
        self.party.b2b_customer_category_id = self.category
        self.assertEqual(self.category.party_count, 1)
        domain = self.category.with_user(self.rep).action_open_parties()["domain"]
        self.assertEqual(self.env["res.partner"].search(domain), self.party)

    def test_counting_many_categories_is_one_query(self):
        more = self.env["b2b.customer.category"].create(
            [{"name": f"C{n}"} for n in range(5)]
        )
        categories = (self.category | more).with_user(self.manager)
        self.category.with_user(self.manager).party_count  # noqa: B018
        self.env.invalidate_all()
        with self.assertQueryCount(2):  # access to the category, the count
            categories.mapped("party_count")

    def test_the_code_is_unique_whatever_its_case(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.category.copy({"name": "Others", "code": "gc"})

    def test_a_category_of_another_company_is_refused(self):
        companies = self.env["res.company"].create([{"name": "A"}, {"name": "B"}])
        self.category.company_id = companies[0]
        party = self._make_party("Of B", company_id=companies[1].id)
        with self.assertRaisesRegex(ValidationError, "belongs to A"):
            party.b2b_customer_category_id = self.category

    def test_a_category_in_use_stays(self):
        self.party.b2b_customer_category_id = self.category
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.category.unlink()

    def test_reps_use_categories_and_managers_keep_them(self):
        with self.assertRaises(AccessError):
            self.category.with_user(self.rep).name = "Gardens"
        self.category.with_user(self.manager).name = "Gardens"
