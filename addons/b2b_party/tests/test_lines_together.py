from odoo.tests import tagged

from .common import PartyCase


@tagged("post_install", "-at_install")
class TestLinesTogether(PartyCase):
    """Changed lines of a confirmed order reach the warehouse together."""

    def setUp(self):
        super().setUp()
        self.products = self.env["product.product"].create(
            [{"name": f"Jar {n}", "is_storable": True} for n in range(4)]
        )
        lines = [self._line(product, 5) for product in self.products[:3]]
        self.order = self._make_order(order_line=lines)
        self.order.action_confirm()
        self.runs = []
        original = type(self.env["stock.rule"]).run

        def run(rules, procurements, *args, **options):
            # Rules call on with what follows from them, most often nothing.
            if procurements:
                self.runs.append([asked.product_qty for asked in procurements])
            return original(rules, procurements, *args, **options)

        self.patch(type(self.env["stock.rule"]), "run", run)

    def _line(self, product, quantity):
        return (0, 0, {"product_id": product.id, "product_uom_qty": quantity})

    def _asked(self):
        """What the warehouse is to deliver, by article."""
        moves = self.order.picking_ids.move_ids.filtered(lambda m: m.state != "cancel")
        return [
            sum(moves.filtered(lambda m, p=p: m.product_id == p).mapped("product_qty"))
            for p in self.products
        ]

    def test_more_less_and_none_of_it_in_one_go(self):
        one, two, three = self.order.order_line
        self.order.write(
            {
                "order_line": [
                    (1, one.id, {"product_uom_qty": 8}),
                    (1, two.id, {"product_uom_qty": 2}),
                    (1, three.id, {"product_uom_qty": 0}),
                ]
            }
        )
        self.assertEqual(self._asked(), [8, 2, 0, 0])
        self.assertEqual(self.runs, [[3, -3, -5]])

    def test_new_lines_and_a_line_that_is_sent_twice(self):
        one = self.order.order_line[0]
        self.order.write(
            {
                "order_line": [
                    (1, one.id, {"product_uom_qty": 8}),
                    self._line(self.products[3], 4),
                    (1, one.id, {"product_uom_qty": 6}),
                ]
            }
        )
        self.assertEqual(self._asked(), [6, 5, 5, 4])
        self.assertEqual(self.runs, [[4], [1]])

    def test_a_refusal_leaves_the_delivery_as_it_was(self):
        one, two = self.order.order_line[:2]
        with self.assertRaises(TypeError), self.env.cr.savepoint():
            self.order.write(
                {
                    "order_line": [
                        (1, one.id, {"product_uom_qty": 8}),
                        (1, two.id, {"product_uom_qty": "many"}),
                    ]
                }
            )
        self.env.invalidate_all()
        self.assertEqual(self._asked(), [5, 5, 5, 0])
        one.product_uom_qty = 7
        self.assertEqual(self._asked(), [7, 5, 5, 0])

    def test_what_follows_in_another_order_is_not_put_off(self):
        other = self._make_order(order_line=[self._line(self.products[0], 2)])
        other.action_confirm()
        lines = type(self.env["sale.order.line"])
        original = lines.write
        seen = []

        def write(records, values):
            result = original(records, values)
            if records.order_id == self.order and not seen:
                seen.append("once")
                other.order_line.product_uom_qty = 9
                seen.append(sum(other.picking_ids.move_ids.mapped("product_qty")))
            return result

        self.patch(lines, "write", write)
        one = self.order.order_line[0]
        self.order.write({"order_line": [(1, one.id, {"product_uom_qty": 8})]})
        self.assertEqual(seen, ["once", 9])
        self.assertEqual(self._asked(), [8, 5, 5, 0])

    def test_what_is_not_to_be_procured_is_not(self):
        one = self.order.order_line[0]
        order = self.order.with_context(skip_procurement=True)
        order.write({"order_line": [(1, one.id, {"product_uom_qty": 8})]})
        self.assertEqual(self._asked(), [5, 5, 5, 0])

    def test_an_article_below_its_reordering_rule_is_ordered_again(self):
        supplier = self.env["res.partner"].create({"name": "Glass Works"})
        ruled = self.products[1]
        ruled.seller_ids = [(0, 0, {"partner_id": supplier.id, "price": 1})]
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": ruled.id,
                "product_min_qty": 3,
                "product_max_qty": 10,
                "trigger": "auto",
            }
        )
        self.order.order_line.product_uom_qty = 6
        scheduled = [rows for rows in self.runs if rows != [1, 1, 1]]
        self.assertEqual(scheduled, [[16]])
