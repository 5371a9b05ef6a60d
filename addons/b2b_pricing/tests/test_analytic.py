from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.sale.models.sale_order_line import SaleOrderLine as Original

from .common import PricingCase


@tagged("post_install", "-at_install")
class TestAnalytic(PricingCase):
    """Many lines get the distributions that Odoo finds for each of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls.env["account.analytic.plan"].create({"name": "Places"})
        cls.accounts = cls.env["account.analytic.account"].create(
            [{"name": name, "plan_id": plan.id} for name in "ABCD"]
        )
        cls.category = cls.env["product.category"].create({"name": "Lamps"})
        cls.articles = cls.env["product.product"].create(
            [{"name": f"Lamp {n}", "list_price": 5} for n in range(4)]
        )
        cls.articles[2:].categ_id = cls.category

    def _model(self, account, **values):
        self.env["account.analytic.distribution.model"].create(
            {"analytic_distribution": {str(account.id): 100}, **values}
        )

    def _order(self):
        lines = [(0, 0, {"product_id": product.id}) for product in self.articles]
        lines += [
            (0, 0, {"product_id": product.id}) for product in reversed(self.articles)
        ]
        lines.append((0, 0, {"display_type": "line_section", "name": "Also"}))
        return self.env["sale.order"].create(
            {"partner_id": self.party.id, "order_line": lines}
        )

    def _compare(self):
        ours = self._order().order_line.mapped("analytic_distribution")
        name = "_compute_analytic_distribution"
        lines = type(self.env["sale.order.line"])
        with patch.object(lines, name, getattr(Original, name)):
            plain = self._order().order_line.mapped("analytic_distribution")
        self.assertEqual(ours, plain)
        return ours

    def test_without_models(self):
        self.assertFalse(any(self._compare()))

    def test_by_product_category_and_party(self):
        self._model(self.accounts[0], product_id=self.articles[1].id)
        self._model(self.accounts[1], product_categ_id=self.category.id)
        self._model(
            self.accounts[2],
            product_categ_id=self.category.id,
            product_id=self.articles[3].id,
        )
        found = self._compare()
        self.assertGreaterEqual(len({str(values) for values in found}), 3)

    def test_by_party_and_its_tags(self):
        tag = self.env["res.partner.category"].create({"name": "Lamp shops"})
        self.party.category_id = tag
        self._model(self.accounts[3], partner_category_id=tag.id)
        self.assertTrue(any(self._compare()))

    def test_queries_do_not_grow_with_the_products(self):
        counts = []
        for products in (self.articles[:2], self.articles):
            lines = [(0, 0, {"product_id": product.id}) for product in products]
            order = self.env["sale.order"].create(
                {"partner_id": self.party.id, "order_line": lines}
            )
            order.order_line.mapped("product_id.categ_id")
            before = self.env.cr.sql_log_count
            order.order_line._compute_analytic_distribution()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
