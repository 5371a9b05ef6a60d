from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestCommercial(PartyCase):
    """Trade data is kept on the company, whoever writes on a contact (P1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env,
            "b2b_test_clerk",
            "b2b_party.group_sales_manager,account.group_account_invoice,"
            "b2b_party.group_data_import,product.group_product_pricelist",
        )
        cls.term, cls.other_term = cls.env["account.payment.term"].create(
            [{"name": "30 days"}, {"name": "60 days"}]
        )
        cls.group = cls.env["b2b.customer.group"].create({"name": "Gift shops"})
        cls.uk = cls.env.ref("base.uk")
        cls.party.write(
            {
                "country_id": cls.uk.id,
                "vat": "GB432111902",
                "property_payment_term_id": cls.term.id,
                "b2b_customer_group_id": cls.group.id,
            }
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Hannah Dale", "parent_id": cls.party.id}
        )

    def test_a_contact_does_not_change_the_company(self):
        pricelist = self.env["product.pricelist"].create({"name": "Own"})
        position = self.env["account.fiscal.position"].create({"name": "Own"})
        group = self.env["b2b.customer.group"].create({"name": "Others"})
        contact = self.contact.with_user(self.clerk)
        for name, value in (
            ("vat", "GB295081148"),
            ("vat", False),
            ("property_payment_term_id", self.other_term.id),
            ("property_account_position_id", position.id),
            ("property_product_pricelist", pricelist.id),
            ("specific_property_product_pricelist", pricelist.id),
            ("credit_limit", 500.0),
            ("b2b_customer_type", "retail"),
            ("b2b_customer_group_id", group.id),
            ("b2b_erp_ref", "0815"),
        ):
            with (
                self.subTest(name),
                self.assertRaisesRegex(
                    ValidationError, "Hannah Dale is kept on Brightwell & Sons Ltd"
                ),
            ):
                contact.write({name: value})
        self.assertEqual(self.party.vat, "GB432111902")
        self.assertEqual(self.contact.vat, "GB432111902")
        self.assertEqual(self.contact.property_payment_term_id, self.term)

    def test_the_sentence_names_the_field(self):
        with self.assertRaisesRegex(ValidationError, "Customer group of Hannah Dale"):
            self.contact.with_user(self.clerk).b2b_customer_group_id = False

    def test_what_is_the_same_passes(self):
        self.contact.with_user(self.clerk).write(
            {"vat": "GB432111902", "function": "Buyer", "b2b_customer_type": "trade"}
        )
        self.assertEqual(self.contact.function, "Buyer")

    def test_contacts_follow_the_company(self):
        party = self.party.with_user(self.clerk)
        party.write(
            {"property_payment_term_id": self.other_term.id, "vat": "GB295081148"}
        )
        self.assertEqual(self.contact.property_payment_term_id, self.other_term)
        self.assertEqual(self.contact.vat, "GB295081148")

    def test_a_new_contact_gets_the_values_of_the_company(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        contact = partners.create(
            {
                "name": "Tom",
                "parent_id": self.party.id,
                "b2b_customer_type": "retail",
                "vat": False,
            }
        )
        self.assertEqual(contact.b2b_customer_type, "trade")
        self.assertEqual(contact.b2b_customer_group_id, self.group)
        with self.assertRaisesRegex(ValidationError, "VAT|Tax ID"):
            partners.create(
                {"name": "Eve", "parent_id": self.party.id, "vat": "GB295081148"}
            )
        self.assertEqual(self.party.vat, "GB432111902")

    def test_a_contact_that_leaves_or_becomes_a_company_has_its_own(self):
        contact = self.contact.with_user(self.clerk)
        contact.write({"is_company": True, "b2b_erp_ref": "0815"})
        self.assertEqual(contact.b2b_erp_ref, "0815")
        contact.write({"parent_id": False, "b2b_customer_type": "retail"})
        self.assertEqual(contact.b2b_customer_type, "retail")

    def test_import_of_a_contact_says_the_same(self):
        names = ["name", "parent_id/.id", "b2b_customer_group_id"]
        rows = [["Ann", str(self.party.id), "Gift shops"]]
        partners = self.env["res.partner"].with_user(self.clerk)
        self.assertFalse(partners.load(names, rows)["messages"])
        self.env["b2b.customer.group"].create({"name": "Others"})
        rows = [["Bob", str(self.party.id), "Others"]]
        [message] = partners.load(names, rows)["messages"]
        self.assertIn("Bob is kept on Brightwell", message["message"])

    def test_merging_contacts_still_works(self):
        twin = self.env["res.partner"].create(
            {
                "name": "Hannah D",
                "vat": "GB295081148",
                "b2b_incoterm_id": self.env.ref("account.incoterm_DAP").id,
            }
        )
        # As a real administrator: with all rights lifted nothing would be checked.
        user = new_test_user(
            self.env,
            "b2b_test_merge",
            "base.group_system,b2b_party.group_administrator,"
            "account.group_account_invoice",
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user)
        wizard = wizard.create({})
        wizard._merge((self.contact | twin).ids, self.contact.with_user(user))
        self.assertFalse(twin.exists())
        lone = self.env["res.partner"].create({"name": "B & S", "is_company": True})
        wizard._merge((self.party | lone).ids, self.party.with_user(user))
        self.assertEqual(self.party.property_payment_term_id, self.term)
