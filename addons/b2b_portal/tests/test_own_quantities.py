from odoo.tests import tagged

from .catalog_common import CatalogCase


@tagged("post_install", "-at_install")
class TestOwnQuantities(CatalogCase):
    """Quantities of the party on pages and in the cart, and the question above half."""

    def _except(self, multiple, **values):
        return self.env["b2b.quantity.rule"].create(
            {
                "product_tmpl_id": self.bag.product_tmpl_id.id,
                "multiple": multiple,
                **(values or {"party_id": self.party.id}),
            }
        )

    def _set(self, quantity, mode="set"):
        context = self.context_of(self.buyer)
        rows = [(self.bag.id, quantity)]
        return self.env["sale.order"]._b2b_cart_set_lines(context, rows, mode)[0]

    def test_rows_show_the_partys_own(self):
        self.bag.b2b_multiple = 10
        rows = self.env["b2b.portal.rows"]
        row = rows._b2b_rows(self.context_of(self.buyer), self.bag)[0]
        self.assertEqual((row["step"], row["min"]), (10, 10))
        self._except(6, agreement_id=self.agreement.id)
        row = rows._b2b_rows(self.context_of(self.buyer), self.bag)[0]
        self.assertEqual((row["step"], row["min"]), (6, 6))
        row = rows._b2b_rows(self.context_of(self.rival), self.bag)[0]
        self.assertEqual(row["step"], 10)

    def test_cart_rounds_to_the_partys_own(self):
        self._except(6)
        found = self._set(14)
        self.assertEqual(found["quantity"], 18)
        self.assertIn("14 → 18: packs of 6", found["note"])
        self.assertEqual(self.lines_of(self.buyer), {self.bag: 18})

    def test_more_than_half_as_much_again_asks(self):
        self._except(20)
        for mode in ("set", "add"):
            found = self._set(11, mode)
            self.assertIn("11 → 20: packs of 20. Type 20", found["error"])
        self.assertFalse(self.lines_of(self.buyer))
        self.assertEqual(self._set(20)["error"], "")
        self.assertEqual(self._set(14)["quantity"], 20)

    def test_two_rows_of_one_article_ask_once_for_both(self):
        self._except(20)
        context = self.context_of(self.buyer)
        rows = [(self.bag.id, 20), (self.bag.id, 1), (self.tin.id, 3)]
        found = self.env["sale.order"]._b2b_cart_set_lines(context, rows, "set")
        self.assertIn("21 → 40", found[0]["error"])
        self.assertIn("21 → 40", found[1]["error"])
        self.assertEqual(found[2]["error"], "")
        self.assertEqual(self.lines_of(self.buyer), {self.tin: 3})
