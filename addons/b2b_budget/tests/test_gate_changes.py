from odoo.exceptions import UserError
from odoo.tests import tagged

from .gate_common import GateCase


@tagged("post_install", "-at_install")
class TestGateChanges(GateCase):
    """Every later change of a confirmed order of 70: booked, or refused with reason."""

    def setUp(self):
        super().setUp()
        self.order = self._confirmed(7)
        self.assertCounts(70)

    def assertRefused(self, change, words="Shop floor"):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            change()
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertCounts(70)

    def test_quantity_up_and_down(self):
        line = self.order.order_line
        self.assertRefused(lambda: line.write({"product_uom_qty": 11}))
        line.product_uom_qty = 10
        self.assertCounts(100)
        line.product_uom_qty = 4
        self.assertCounts(40)

    def test_a_line_on_a_locked_order(self):
        self.order.action_lock()
        values = {"order_id": self.order.id, "product_id": self.product.id}
        Line = self.env["sale.order.line"]
        self.assertRefused(lambda: Line.create({**values, "product_uom_qty": 4}))
        Line.create({**values, "product_uom_qty": 2})
        self.assertCounts(90)

    def test_delivery_line(self):
        service = self.env["product.product"].create(
            {"name": "Van", "type": "service", "taxes_id": False}
        )
        carrier = self.env["delivery.carrier"].create(
            {"name": "Van", "product_id": service.id, "delivery_type": "fixed"}
        )
        self.assertRefused(lambda: self.order.set_delivery_line(carrier, 31.0))
        self.order.set_delivery_line(carrier, 20.0)
        self.assertCounts(90)
        self.order.order_line.filtered("is_delivery").unlink()
        self.assertCounts(70)

    def test_discount_wizard(self):
        wizard = self.env["sale.order.discount"].create(
            {
                "sale_order_id": self.order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.5,
            }
        )
        wizard.action_apply_discount()
        self.assertCounts(35)
        discount = self.order.order_line[-1]
        self.assertLess(discount.price_unit, 0)
        # Taken back it is the order that was let through, and no new one.
        wizard.discount_percentage = 0
        wizard.action_apply_discount()
        self.assertCounts(70)

    def test_prices_are_updated(self):
        self.product.list_price = 20.0
        self.assertRefused(self.order._recompute_prices)
        self.product.list_price = 5.0
        self.order._recompute_prices()
        self.assertCounts(35)

    def test_tax_that_only_a_recomputation_sees(self):
        self.order._action_cancel()
        gross = self._make_budget(amount=80, name="Gross", tax_basis="total")
        tax = self.env["account.tax"].create({"name": "Tax", "amount": 0.0})
        self.product.taxes_id = tax
        self.order = self._confirmed(7)
        self.assertBooked(gross, 70)

        def raise_tax():
            tax.amount = 50.0
            lines = self.order.order_line
            self.env.add_to_compute(lines._fields["price_total"], lines)
            self.env.add_to_compute(self.order._fields["amount_total"], self.order)

        self.assertRefused(raise_tax, "Gross")
        self.assertBooked(gross, 70)

    def test_another_party_takes_the_order_over(self):
        theirs = self._make_budget(
            amount=50, name="Lindner", party_id=self.rival_party.id, supervisor_ids=[]
        )
        partner = self.rival.user_id.partner_id
        values = {"partner_id": partner.id, "b2b_seat_id": self.rival.id}
        self.assertRefused(lambda: self.order.write(values), "Lindner")
        theirs.amount = 80
        self.order.write(values)
        self.assertBooked(self.budget, 0)
        self.assertBooked(theirs, 70)

    def test_another_company_is_invoiced(self):
        other = self.rival_party
        account = self.env["b2b.credit.account"].create(
            {
                "party_id": other.id,
                "action": "hold",
                "overdue_action": "none",
                "currency_id": self.currency.id,
                "limit_ids": [
                    (0, 0, {"amount": 50, "date_from": "2020-01-01", "kind": "own"})
                ],
            }
        )
        values = {"partner_invoice_id": other.id}
        self.assertRefused(lambda: self.order.write(values), "redit")
        account.limit_ids.amount = 80
        self.order.write(values)
        self.env.flush_all()
        figures = [
            each._b2b_exposures(fresh=True)[each.id].confirmed
            for each in (self.account, account)
        ]
        self.assertEqual(figures, [0, 70])
        self.assertBooked(self.budget, 70)

    # -- the warehouse -----------------------------------------------------------

    def _deliver(self, quantity):
        picking = self.order.picking_ids.filtered(lambda p: p.state != "done")
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True)._action_done()
        self.env.flush_all()

    def test_more_than_ordered_does_not_leave(self):
        self.assertRefused(lambda: self._deliver(8), "8 would be delivered, 7 were")
        self.order.order_line.product_uom_qty = 8
        self._deliver(8)
        self.assertEqual(self.order.order_line.qty_delivered, 8)
        self.assertCounts(80)

    def test_in_parts_it_is_added_up(self):
        self._deliver(4)
        self.assertRefused(lambda: self._deliver(4), "8 would be delivered, 7 were")
        self._deliver(3)
        self.assertCounts(70)

    def test_two_deliveries_that_leave_together_are_added_up(self):
        first = self.order.picking_ids
        first.move_ids.quantity = 4
        first.action_split_transfer()
        both = self.order.picking_ids
        self.assertEqual(len(both), 2)

        def leave(quantity):
            both.move_ids.write({"quantity": quantity, "picked": True})
            both.with_context(skip_backorder=True)._action_done()

        self.assertRefused(lambda: leave(7), "14 would be delivered, 7 were")
        self.assertCounts(70)

    def test_an_article_nobody_ordered(self):
        picking = self.order.picking_ids
        star = self.env["product.product"].create({"name": "Star", "list_price": 90})
        move = {
            "product_id": star.id,
            "product_uom_qty": 3,
            "product_uom": star.uom_id.id,
            "picking_id": picking.id,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
        }

        def deliver():
            self.env["stock.move"].create(move)
            self._deliver(3)

        self.assertRefused(deliver, "Star: 3 would be delivered, it was not ordered")

    def test_a_house_that_delivers_all_the_same_is_told_and_counts_it(self):
        self.order.company_id.b2b_over_delivery = "flag"
        self._deliver(9)
        activity = self.order.activity_ids
        self.assertIn("9 delivered, 7 were ordered", activity.note)
        exposure = self.account._b2b_exposures(fresh=True)[self.account.id]
        self.assertEqual(exposure.confirmed, 90)
        self.assertBooked(self.budget, 70)
