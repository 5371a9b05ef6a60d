from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestQuantity(PricingCase):
    def test_bad_input(self):
        template = self.product.product_tmpl_id
        for values, words in (
            ({"b2b_multiple": 0}, "must be above 0"),
            ({"b2b_multiple": -2}, "must be above 0"),
            ({"b2b_min_qty": -1}, "cannot be below 0"),
            ({"b2b_max_qty": 5, "b2b_multiple": 12}, "nothing could be ordered"),
            ({"b2b_max_qty": 5, "b2b_min_qty": 6}, "nothing could be ordered"),
        ):
            with self.refuses(ValidationError, words):
                template.write(values)

    def test_sentences(self):
        self.product.write({"b2b_min_qty": 4, "b2b_multiple": 10, "b2b_max_qty": 50})
        for typed, text in (
            (14, "14 → 20: packs of 10"),
            (60, "60 → 50: at most 50"),
            (20, ""),
        ):
            self.assertEqual(self.product._b2b_quantity_note(typed), text)
        self.product.write({"b2b_min_qty": 12, "b2b_multiple": 1, "b2b_max_qty": 0})
        self.assertEqual(self.product._b2b_quantity_note(3), "3 → 12: at least 12")
        self.assertEqual(
            self.product._b2b_quantity_note(12.5), "12.5 → 13: whole pieces"
        )

    def test_only_pieces_are_whole(self):
        rope = self.env["product.product"].create(
            {"name": "Rope", "uom_id": self.env.ref("uom.product_uom_meter").id}
        )
        self.assertEqual(rope._b2b_quantity_note(2.5), "")
        self.assertEqual(rope._b2b_quantity_rules()[rope.id].first, 1)
        dozen = self.env["product.product"].create(
            {"name": "Eggs", "uom_id": self.env.ref("uom.product_uom_dozen").id}
        )
        self.assertTrue(dozen._b2b_counted())

    def test_finding_in_the_lines_unit(self):
        self.product.b2b_multiple = 10
        cart = self._make_cart(quantity=14)

        def found():
            return [f for f in cart._b2b_findings() if f.code == "quantity"]

        self.assertEqual(len(found()), 1)
        self.assertEqual(found()[0].severity, "block")
        self.assertIn("14 → 20: packs of 10", found()[0].message)
        cart.order_line.product_uom_qty = 20
        self.assertFalse(found())
        # 5 dozen are 60 pieces.
        cart.order_line.write(
            {
                "product_uom_id": self.env.ref("uom.product_uom_dozen").id,
                "product_uom_qty": 5,
            }
        )
        self.assertFalse(found())
        cart.order_line.product_uom_qty = 1
        self.assertEqual(len(found()), 1)

    def test_returns_are_left_alone(self):
        self.product.b2b_multiple = 10
        cart = self._make_cart(quantity=-3)
        self.assertNotIn("quantity", {f.code for f in cart._b2b_findings()})

    @mute_logger("odoo.tests.form.onchange")
    def test_the_form_corrects_with_a_word(self):
        self.product.b2b_multiple = 12
        with Form(self.env["sale.order"].with_user(self.manager)) as form:
            form.partner_id = self.party
            with form.order_line.new() as line:
                line.product_id = self.product
                self.assertEqual(line.product_uom_qty, 12)
                line.product_uom_qty = 20
                self.assertEqual(line.product_uom_qty, 24)
        self.assertEqual(form.record.order_line.product_uom_qty, 24)
