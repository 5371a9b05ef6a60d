from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestHistorical(PartyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.party.b2b_state = "blocked"
        line = {"product_id": cls.product.id, "price_unit": 2.55}
        cls.order = cls.env["sale.order"]._b2b_create_historical(
            [
                {
                    "partner_id": cls.party.id,
                    "date_order": "2025-12-01 08:26:00",
                    "order_line": [
                        (0, 0, {**line, "product_uom_qty": 6}),
                        (0, 0, {**line, "product_uom_qty": -1}),
                    ],
                }
            ]
        )

    def test_it_keeps_its_date_and_price_and_is_closed(self):
        self.assertEqual(str(self.order.date_order), "2025-12-01 08:26:00")
        self.assertEqual(self.order.amount_untaxed, 12.75)
        self.assertRecordValues(
            self.order,
            [{"state": "sale", "locked": True, "invoice_status": "invoiced"}],
        )
        self.assertEqual(self.order.order_line.mapped("qty_delivered"), [6, -1])
        self.assertEqual(self.order.order_line.mapped("qty_invoiced"), [6, -1])

    def test_it_moves_no_stock_and_leaves_nothing_to_invoice(self):
        self.assertFalse(self.order.picking_ids)
        self.assertEqual(self.order.amount_to_invoice, 0)
        self.assertEqual(sum(self.order.order_line.mapped("qty_to_invoice")), 0)

    def test_nobody_changes_it(self):
        order = self.order.with_user(self.manager)
        with self.assertRaises(UserError):
            order.write({"client_order_ref": "X"})
        with self.assertRaises(UserError):
            order.order_line[0].write({"name": "X"})
        with self.assertRaises(UserError):
            order.order_line.create(
                {"order_id": order.id, "product_id": self.product.id}
            )
