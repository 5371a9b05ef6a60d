from odoo.tests import tagged

from .common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestImport(LoyaltyCase):
    """Orders that come in by Odoo's own import, not by the website (L2)."""

    FIELDS = (
        "id",
        "partner_id/.id",
        "state",
        "date_order",
        "b2b_earns_nothing",
        "order_line/id",
        "order_line/product_id/.id",
        "order_line/product_uom_qty",
        "order_line/price_unit",
        "order_line/tax_ids/.id",
    )

    def load(self, *rows):
        result = self.env["sale.order"].load(
            list(self.FIELDS),
            [
                [
                    f"__import__.points_{name}",
                    str(self.contact.id),
                    state,
                    day,
                    nothing,
                    f"__import__.points_line_{name}",
                    str(self.goods.id),
                    str(quantity),
                    "10",
                    "",
                ]
                for name, state, day, nothing, quantity in rows
            ],
        )
        self.assertFalse(result["messages"], result["messages"])
        self.env.flush_all()
        return self.env["sale.order"].browse(result["ids"])

    def test_confirmed_orders_count_once_with_their_own_day(self):
        rows = (
            ("a", "sale", "2026-02-03 10:00:00", "", 10),
            ("b", "sale", "2026-03-04 10:00:00", "", 5),
        )
        orders = self.load(*rows)
        self.assert_points(0, 150)
        days = {str(entry.date) for entry in self.account().entry_ids}
        self.assertEqual(days, {"2026-02-03", "2026-03-04"})
        again = self.load(*rows)
        self.assertEqual(again, orders)
        self.assert_points(0, 150)
        self.invoice(orders)
        self.assert_points(150, 0)

    def test_the_import_says_that_they_earn_nothing(self):
        orders = self.load(
            ("c", "sale", "2026-02-03 10:00:00", "1", 10),
            ("d", "sale", "2026-03-04 10:00:00", "0", 5),
        )
        self.assert_points(0, 50)
        self.invoice(orders)
        self.assert_points(50, 0)

    def test_drafts_earn_nothing_until_they_are_confirmed(self):
        order = self.load(("e", "draft", "2026-02-03 10:00:00", "", 10))
        self.assertFalse(self.account())
        order.action_confirm()
        self.env.flush_all()
        self.assert_points(0, 100)
