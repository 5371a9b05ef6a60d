from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestSupplier(PartyCase):
    """Suppliers are parties too (P10); a party with open orders stays."""

    def test_one_list_with_roles(self):
        supplier = self._make_party("Pottery", b2b_customer_type="retail")
        supplier.b2b_is_supplier = True
        self.rival_party.b2b_is_supplier = True
        self.assertEqual(self.party.b2b_party_role, "customer")
        self.assertEqual(supplier.b2b_party_role, "supplier")
        self.assertEqual(self.rival_party.b2b_party_role, "both")
        self.assertFalse(self.buyer.user_id.partner_id.b2b_party_role)
        self.assertTrue(supplier.supplier_rank)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "b2b_party.res_partner_action_b2b"
        )
        parties = self.env["res.partner"].search([("b2b_party_role", "!=", False)])
        self.assertIn("b2b_party_role", action["domain"])
        self.assertLessEqual(self.party | supplier | self.rival_party, parties)
        self.assertNotIn(self.buyer.user_id.partner_id, parties)

    def test_a_supplier_is_not_called_a_retail_customer(self):
        view = self.env["res.partner"].get_view(
            self.env.ref("base.view_partner_form").id, "form"
        )
        labels = etree.fromstring(view["arch"]).xpath(
            "//group[@name='b2b_facts_left']/label[@for='b2b_customer_type']"
        )
        self.assertEqual(
            {label.get("invisible"): label.get("string") for label in labels},
            {
                "b2b_party_role == 'supplier'": None,
                "b2b_party_role != 'supplier'": "If it buys from us",
            },
        )

    def test_articles_of_a_supplier_propose_its_terms(self):
        euro = self.env.ref("base.EUR")
        supplier = self._make_party(
            "Pottery",
            b2b_is_supplier=True,
            b2b_supply_currency_id=euro.id,
            b2b_supply_days=12,
        )
        row = self.env["product.supplierinfo"].create(
            {
                "partner_id": supplier.id,
                "product_tmpl_id": self.product.product_tmpl_id.id,
            }
        )
        self.assertEqual((row.currency_id, row.delay), (euro, 12))
        self.assertEqual(supplier.b2b_supplied_ids, row)
        buyer = new_test_user(
            self.env,
            "b2b_test_supply",
            "b2b_party.group_sales_manager,product.group_product_manager",
        )
        with Form(supplier.with_user(buyer)) as form:
            form.b2b_supply_days = 20
        self.assertEqual(row.delay, 12)

    # -- archive --

    def test_a_party_with_open_orders_is_not_archived(self):
        draft = self._make_order()
        order = self._make_order(quantity=2)
        order.action_confirm()
        sent = self._make_order()
        sent.action_quotation_sent()
        (self.buyer | self.approver | self.owner).user_id.active = False
        party = self.party.with_user(self.manager)
        with self.assertRaises(UserError) as raised:
            party.action_archive()
        text = str(raised.exception)
        self.assertIn(f"{order.name} (Sales Order)", text)
        self.assertIn(sent.name, text)
        self.assertNotIn(draft.name, text)
        sent._action_cancel()
        order._action_cancel()
        self.env["sale.order"]._b2b_create_historical(
            [{"partner_id": self.party.id, "date_order": "2020-03-01 10:00:00"}]
        )
        party.child_ids.action_archive()
        party.action_archive()
        self.assertFalse(self.party.active)

    def test_a_contact_may_leave_while_the_company_has_orders(self):
        contact = self.env["res.partner"].create(
            {"name": "Old", "parent_id": self.party.id}
        )
        self._make_order(partner_id=contact.id, b2b_seat_id=False).action_confirm()
        contact.with_user(self.manager).action_archive()
        self.assertFalse(contact.active)
