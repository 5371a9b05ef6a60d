from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestParty(PartyCase):
    def test_contacts_follow_type_and_group_of_the_company(self):
        group = self.env["b2b.customer.group"].create({"name": "Gift shops"})
        self.party.b2b_customer_group_id = group
        contact = self.buyer.user_id.partner_id
        self.assertEqual(contact.b2b_customer_type, "trade")
        self.assertEqual(contact.b2b_customer_group_id, group)
        self.assertEqual(group.partner_count, 1)

    def test_erp_id_is_unique_also_without_a_company(self):
        self.party.b2b_erp_ref = " 0000017850 "
        self.assertEqual(self.party.b2b_erp_ref, "0000017850")
        with self.assertRaisesRegex(ValidationError, "already belongs to Brightwell"):
            self.rival_party.b2b_erp_ref = "0000017850"
        self.rival_party.write(
            {"b2b_erp_ref": "0000017850", "company_id": self.env.company.id}
        )

    def test_empty_erp_ids_are_none(self):
        (self.party | self.rival_party).write({"b2b_erp_ref": " "})
        self.env.flush_all()
        self.assertFalse(self.party.b2b_erp_ref)

    def test_default_addresses_are_chosen_on_a_new_order(self):
        make = self.env["res.partner"].create
        make({"name": "Alpha", "type": "delivery", "parent_id": self.party.id})
        yard = make({"name": "Yard", "type": "delivery", "parent_id": self.party.id})
        self.party.b2b_default_delivery_id = yard
        order = self.env["sale.order"].create({"partner_id": self.party.id})
        self.assertEqual(order.partner_shipping_id, yard)

    def test_default_address_of_another_party_is_refused(self):
        foreign = self.env["res.partner"].create(
            {"name": "X", "type": "delivery", "parent_id": self.rival_party.id}
        )
        with self.assertRaises(ValidationError):
            self.party.b2b_default_delivery_id = foreign

    def test_the_state_is_changed_by_button_and_role_only(self):
        with self.assertRaises(AccessError):
            self.party.with_user(self.rep).write({"b2b_state": "blocked"})
        with self.assertRaises(AccessError):
            self.party.with_user(self.rep).action_b2b_block()
        self.party.with_user(self.manager).action_b2b_block()
        self.assertEqual(self.party.b2b_state, "blocked")

    def test_figures_count_confirmed_lines_net_of_returns(self):
        self._make_order(quantity=7).action_confirm()
        self.env["sale.order"]._b2b_create_historical(
            [
                self._historical("2020-03-01 10:00:00", 100),
                self._historical("2026-11-01 10:00:00", -2),
            ]
        )
        self._make_order(quantity=99)
        self.env["res.partner"]._b2b_refresh_figures()
        self.assertEqual(self.party.b2b_turnover_12m, 50.0)
        self.assertEqual(self.party.b2b_order_count_12m, 1)
        self.assertEqual(str(self.party.b2b_first_order), "2020-03-01")
        self.assertFalse(self.rival_party.b2b_turnover_12m)

    def _historical(self, date_order, quantity):
        line = {
            "product_id": self.product.id,
            "product_uom_qty": quantity,
            "price_unit": 10.0,
        }
        return {
            "partner_id": self.party.id,
            "date_order": date_order,
            "order_line": [(0, 0, line)],
        }
