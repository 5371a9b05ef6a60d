from odoo.tests import tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestFindings(ApprovalCase):
    def _codes(self, order):
        return [finding.code for finding in order._b2b_findings()]

    def test_a_role_without_the_right_is_stopped(self):
        viewer = self._make_seat(self.party, "Vera", "viewer")
        self.assertEqual(self._codes(self._make_order(viewer)), ["permission"])

    def test_the_limit_is_measured_without_tax_unless_set_otherwise(self):
        tax = self.env["account.tax"].create({"name": "T", "amount": 20.0})
        self.product.taxes_id = tax
        order = self._make_order(quantity=9)
        self.assertEqual(order.amount_total, 108.0)
        self.assertEqual(self._codes(order), [])
        self.party.b2b_limit_basis = "total"
        self.assertEqual(self._codes(order), ["seat_limit"])

    def test_exactly_the_limit_passes(self):
        self.assertEqual(self._codes(self._make_order(quantity=10)), [])

    def test_po_number_required(self):
        self.party.b2b_po_policy = "required"
        self.assertEqual(self._codes(self._make_order()), ["po_number"])
        order = self._make_order(client_order_ref=" ")
        self.assertEqual(self._codes(order), ["po_number"])
        order = self._make_order(client_order_ref="PO 1")
        self.assertEqual(self._codes(order), [])

    def test_po_number_used_once_ignoring_blanks_and_case(self):
        self.party.b2b_po_policy = "unique"
        first = self._submitted(quantity=1, client_order_ref="PO 45 1187")
        second = self._make_order(client_order_ref="po451187")
        finding = second._b2b_findings()[0]
        self.assertIn(first.name, finding.message)
        first.action_cancel()
        self.assertEqual(self._codes(second), [])

    def test_po_number_of_a_waiting_order_is_taken(self):
        self.party.b2b_po_policy = "unique"
        self._submitted(client_order_ref="A1")
        self.assertEqual(
            self._codes(self._make_order(client_order_ref="A1")), ["po_number"]
        )

    def test_po_number_of_another_party_is_free(self):
        (self.party | self.rival_party).b2b_po_policy = "unique"
        self._submitted(quantity=1, client_order_ref="A1")
        self.assertEqual(
            self._codes(self._make_order(self.rival, client_order_ref="A1")), []
        )
