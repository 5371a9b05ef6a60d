from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import LoyaltyCase

RIGHTS = ("read", "write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestAccess(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "loyalty": new_test_user(cls.env, "acl_loyalty", "b2b_party.group_loyalty"),
            "rep": new_test_user(cls.env, "acl_rep", "b2b_party.group_rep"),
            "planner": new_test_user(
                cls.env, "acl_planner", "b2b_party.group_delivery_planner"
            ),
            "buyer": new_test_user(
                cls.env, "acl_buyer", "base.group_portal,b2b_party.group_buyer"
            ),
            "admin": new_test_user(
                cls.env, "acl_admin", "b2b_party.group_administrator"
            ),
        }

    def rights(self, user, model):
        records = self.env[model].with_user(self.users[user])
        return "".join(right[0] for right in RIGHTS if records.has_access(right))

    def test_rights_by_role(self):
        expected = {
            # model: (loyalty and admin, rep, others)
            "b2b.loyalty.program": ("rwcu", "r", ""),
            "b2b.loyalty.weight": ("rwcu", "r", ""),
            "b2b.loyalty.account": ("r", "r", ""),
            "b2b.loyalty.entry": ("r", "r", ""),
            "b2b.loyalty.adjust": ("rwcu", "", ""),
        }
        for model, (keeper, rep, nobody) in expected.items():
            with self.subTest(model=model):
                self.assertEqual(self.rights("loyalty", model), keeper)
                self.assertEqual(self.rights("admin", model), keeper)
                self.assertEqual(self.rights("rep", model), rep)
                self.assertEqual(self.rights("planner", model), nobody)
                self.assertEqual(self.rights("buyer", model), nobody)

    def test_ledger_can_be_read_by_the_loyalty_role(self):
        self.invoice(self.confirmed((self.goods, 10, 10)))
        entries = self.entries.with_user(self.users["loyalty"]).search(
            [("party_id", "=", self.party.id)]
        )
        rows = entries.web_read(
            {
                "points": {},
                "order_id": {"fields": {"display_name": {}}},
                "move_id": {"fields": {"display_name": {}}},
                "weights_text": {},
            }
        )
        self.assertEqual(len(rows), 3)
        self.assertTrue(rows[0]["order_id"]["display_name"])

    def test_confirming_and_posting_need_no_right_on_points(self):
        desk = new_test_user(
            self.env,
            "acl_desk",
            "b2b_party.group_order_desk,account.group_account_invoice",
        )
        order = self.order((self.goods, 10, 10)).with_user(desk)
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        self.assert_points(100, 0)

    def test_buyer_reaches_nothing(self):
        buyer = self.users["buyer"]
        order = self.order((self.goods, 1, 10), partner=buyer.partner_id)
        with self.assertRaises(AccessError):
            order.with_user(buyer).read(["b2b_points"])
        with self.assertRaises(AccessError):
            buyer.partner_id.with_user(buyer).read(["b2b_loyalty_balance"])

    def test_party_form_of_rep_and_planner(self):
        self.invoice(self.confirmed((self.goods, 10, 10)))
        form = Form(self.party.with_user(self.users["rep"]))
        self.assertEqual(form.b2b_loyalty_balance, 100)
        Form(self.party.with_user(self.users["planner"]))

    def test_company_rule(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        hidden = self.make_program(
            company_id=other.id, currency_id=other.currency_id.id
        )
        account = self.accounts._b2b_get(hidden.id, self.party)
        keeper = self.users["loyalty"]
        for record in (hidden, account):
            found = record.with_user(keeper).search([("id", "=", record.id)])
            self.assertFalse(found)
