from pathlib import Path

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PartyCase

# Eleven groups as an ERP writes them: leading zeros, blanks, B2B in three spellings.
FILE = Path(__file__).parent / "files" / "customer_groups.xls"


@tagged("post_install", "-at_install")
class TestCustomerGroup(PartyCase):
    """Exactly one group per client, marked B2B or B2C, with an ERP ID (P6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group, cls.other = cls.env["b2b.customer.group"].create(
            [{"name": "Gift shops"}, {"name": "Department stores"}]
        )
        cls.party.b2b_customer_group_id = cls.group
        cls.importer = new_test_user(
            cls.env,
            "b2b_test_import",
            "b2b_party.group_data_import,base.group_partner_manager",
        )

    def test_the_mark_changes_by_the_dialog_that_counts(self):
        group = self.group.with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, r"Gift shops has clients \(1\)"):
            group.write({"kind": "b2c"})
        self.other.with_user(self.manager).kind = "b2c"
        action = group.action_change_kind()
        wizard = self.env["b2b.customer.group.kind"].with_user(self.manager)
        wizard = wizard.with_context(**action["context"]).create({})
        self.assertEqual((wizard.kind, wizard.client_count), ("b2c", 1))
        self.assertEqual(wizard.trade_count, 1)
        wizard.action_apply()
        self.assertEqual(group.kind, "b2c")
        self.assertEqual(self.party.b2b_customer_type, "trade")

    def test_the_dialog_is_for_those_who_keep_groups(self):
        with self.assertRaises(AccessError):
            self.group.with_user(self.rep).action_change_kind()
        with self.assertRaises(AccessError):
            self.env["b2b.customer.group.kind"].with_user(self.rep).create(
                {"group_id": self.group.id}
            )

    def test_the_heads_of_an_erp_file_are_found(self):
        labels = self.env["b2b.customer.group"].fields_get(["name", "kind", "erp_ref"])
        heads = {name: field["string"] for name, field in labels.items()}
        self.assertEqual(
            heads, {"name": "Group name", "kind": "Type", "erp_ref": "ERP ID"}
        )

    def test_the_erp_id_is_unique_in_a_company(self):
        self.group.erp_ref = " 0020 "
        self.assertEqual(self.group.erp_ref, "0020")
        with self.assertRaisesRegex(ValidationError, "already belongs to Gift shops"):
            self.other.erp_ref = "0020"
        self.other.write({"erp_ref": "0020", "company_id": self.env.company.id})
        third, fourth = self.other.create([{"name": "A"}, {"name": "B"}])
        third.erp_ref = fourth.erp_ref = ""
        self.env.flush_all()
        self.assertFalse(third.erp_ref)

    def test_a_list_of_clients_takes_nobody_over(self):
        for command in ((4, self.party.id), (6, 0, self.party.ids)):
            with self.assertRaisesRegex(ValidationError, "is in group Gift shops"):
                self.other.with_user(self.manager).partner_ids = [command]
        self.group.with_user(self.manager).partner_ids = [(4, self.party.id)]
        self.assertEqual(self.party.b2b_customer_group_id, self.group)

    def test_a_branch_is_a_client_and_a_contact_is_not(self):
        self.env["res.partner"].create(
            [
                {
                    "name": "Branch",
                    "is_company": True,
                    "parent_id": self.party.id,
                    "b2b_customer_group_id": self.group.id,
                },
                {"name": "Contact", "parent_id": self.party.id},
            ]
        )
        self.assertEqual(self.group.partner_count, 2)
        action = self.group.with_user(self.rep).action_open_clients()
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(sorted(found.mapped("name")), ["Branch", self.party.name])
        self.assertEqual(action["target"], "new")
        # others' clients count in the list, the dialog says why it shows none
        self.assertIn("None of your parties", action["help"])

    # -- import --

    def _import(self, **options):
        wizard = self.env["base_import.import"].with_user(self.importer)
        wizard = wizard.create(
            {
                "res_model": "b2b.customer.group",
                "file": FILE.read_bytes(),
                "file_name": FILE.name,
                "file_type": "application/vnd.ms-excel",
            }
        )
        columns = ["erp_ref", "name", "kind"]
        return wizard.execute_import(
            columns, columns, {"has_headers": True, "quoting": '"', **options}
        )

    def test_the_file_of_the_erp_imports_as_it_is(self):
        before = self.group.search([])
        result = self._import()
        self.assertFalse(result["messages"])
        made = self.group.search([]) - before
        self.assertEqual(len(made), 11)
        self.assertEqual(len(made.filtered(lambda g: g.kind == "b2b")), 8)
        self.assertIn("0010", made.mapped("erp_ref"))
        self.assertFalse([g.name for g in made if g.name != g.name.strip()])

    def test_twice_the_same_file_is_refused_with_the_number(self):
        self._import()
        [message, *_rest] = self._import()["messages"]
        self.assertIn("ERP ID 0010", message["message"])
        self.assertIn("already belongs to", message["message"])

    def test_two_groups_for_one_client_are_refused(self):
        partners = self.env["res.partner"].with_user(self.importer)
        names = ["id", "name", "b2b_customer_group_id"]
        rows = [
            ["test.client_1", "Larkspur", "Gift shops"],
            ["test.client_2", "Blum", "Gift shops"],
            ["test.client_1", "Larkspur", "Department stores"],
        ]
        [message] = partners.load(names, rows)["messages"]
        self.assertIn(
            "Department stores here and in Gift shops in row 1", message["message"]
        )
        self.assertEqual(message["rows"], {"from": 2, "to": 2})
        self.assertFalse(partners.search([("name", "=", "Larkspur")]))
        rows[2][2] = "Gift shops"
        # Odoo tries all rows at once, fails on the equal ids, and goes row by row.
        with mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_model"):
            self.assertFalse(partners.load(names, rows)["messages"])

    def test_portal_users_import_nothing(self):
        for model in ("res.partner", "b2b.customer.group"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.buyer.user_id).load(["name"], [["x"]])

    def test_an_erp_id_twice_in_a_file_or_with_us_is_refused(self):
        partners = self.env["res.partner"].with_user(self.importer)
        names = ["name", "is_company", "b2b_erp_ref"]
        rows = [["A", "1", "0001"], ["B", "1", "0001"]]
        [message] = partners.load(names, rows)["messages"]
        self.assertIn("stands in row 1", message["message"])
        self.party.b2b_erp_ref = "0007"
        [message] = partners.load(names, [["C", "1", "0007 "]])["messages"]
        self.assertIn(
            "ERP ID 0007 of C already belongs to Brightwell", message["message"]
        )
