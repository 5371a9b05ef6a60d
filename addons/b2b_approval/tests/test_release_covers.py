from odoo.tests import tagged

from .common import ApprovalCase


@tagged("post_install", "-at_install")
class TestReleaseCovers(ApprovalCase):
    """What voids a release and what does not (DECISIONS 5), on whole orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["product.product"].create(
            {"name": "Cakestand", "list_price": 10.0, "taxes_id": False}
        )
        cls.yard, cls.shop = cls.env["res.partner"].create(
            [
                {"name": name, "parent_id": cls.party.id, "type": "delivery"}
                for name in ("Yard", "Shop")
            ]
        )

    def _after(self, change):
        """An order that is changed between the page and the yes."""
        order = self._submitted(partner_shipping_id=self.yard.id)
        hold = order.b2b_open_hold_ids
        change(order)
        self.env.flush_all()
        hold.with_user(self.approver.user_id).action_release()
        return order

    def assertVoid(self, change):
        order = self._after(change)
        self.assertEqual((order.state, order.b2b_submit_state), ("draft", "waiting"))
        self.assertEqual(len(order.b2b_open_hold_ids), 1)
        self.assertEqual(order.b2b_open_hold_ids.snapshot, order._b2b_snapshot())

    def assertStands(self, change):
        self.assertEqual(self._after(change).state, "sale")

    def test_more_pieces(self):
        self.assertVoid(lambda o: o.order_line.write({"product_uom_qty": 31}))
        self.assertStands(lambda o: o.order_line.write({"product_uom_qty": 29}))

    def test_a_higher_price(self):
        def dearer(order):
            order.order_line.write({"price_unit": 11, "product_uom_qty": 20})

        self.assertVoid(dearer)
        self.assertStands(lambda o: o.order_line.write({"price_unit": 9}))

    def test_less_discount(self):
        def change(order):
            order.order_line.write({"price_unit": 12, "discount": 10})

        self.assertVoid(change)

    def test_another_article(self):
        self.assertVoid(lambda o: o.order_line.write({"product_id": self.other.id}))

        def one_more(order):
            line = {"order_id": order.id, "product_id": self.other.id, "price_unit": 0}
            order.order_line.create(line)

        self.assertVoid(one_more)

    def test_another_address(self):
        self.assertVoid(lambda o: o.write({"partner_shipping_id": self.shop.id}))
        self.assertVoid(lambda o: o.write({"partner_invoice_id": self.shop.id}))

    def _taxed(self, percent):
        taxes = self.env["account.tax"]
        name = f"Race {percent}"
        tax = taxes.search([("name", "=", name)]) or taxes.create(
            {"name": name, "amount": percent}
        )
        return lambda order: order.order_line.write({"tax_ids": [(6, 0, tax.ids)]})

    def test_a_higher_total_within_the_tolerance_of_the_company(self):
        self.assertVoid(self._taxed(5))
        self.env.company.b2b_release_tolerance = 0.05
        self.assertStands(self._taxed(5))
        self.assertVoid(self._taxed(6))

    def test_the_tolerance_is_for_the_total_only(self):
        self.env.company.b2b_release_tolerance = 0.5
        self.assertVoid(lambda o: o.order_line.write({"product_uom_qty": 31}))
