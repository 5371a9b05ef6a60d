from odoo.tests import Form, new_test_user, tagged

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestOrderFormRoles(PricingCase):
    """An order opens for every role that may read orders, whatever its form shows."""

    def test_pricing_and_credit_open_orders(self):
        order = self._make_order()
        order.action_confirm()
        order._create_invoices()
        for role in ("pricing", "credit", "order_desk"):
            user = new_test_user(self.env, f"b2b_{role}", f"b2b_party.group_{role}")
            self.env.invalidate_all()
            with self.subTest(role=role):
                form = Form(order.with_user(user))
                self.assertEqual(form.invoice_count, 1)
                self.assertEqual(form.state, "sale")

    def test_pricing_reads_no_bill_of_a_supplier(self):
        user = new_test_user(self.env, "b2b_pricing", "b2b_party.group_pricing")
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.rival_party.id}
        )
        self.assertFalse(bill.with_user(user).has_access("read"))
        order = self._make_order()
        order.action_confirm()
        invoice = order._create_invoices().with_user(user)
        self.assertTrue(invoice.has_access("read"))
        self.assertFalse(invoice.has_access("write"))
        self.assertFalse(order.with_user(user).has_access("write"))
        self.env.invalidate_all()
        self.assertEqual(Form(invoice).partner_id, invoice.sudo().partner_id)

    def test_who_reads_is_offered_nothing_that_changes_the_lines(self):
        for role, offered in (("pricing", False), ("credit", False), ("rep", True)):
            user = new_test_user(self.env, f"b2b_{role}", f"b2b_party.group_{role}")
            arch = self.env["sale.order"].with_user(user).get_view()["arch"]
            for name in ("action_open_discount_wizard", "action_lower"):
                self.assertEqual(f'name="{name}"' in arch, offered, (role, name))
