from odoo.tests import tagged

from .catalog_common import CatalogCase


@tagged("post_install", "-at_install")
class TestPublicRange(CatalogCase):
    """Visitors see the open part of the range, where a company wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["b2b.catalog"].create(
            {
                "name": "Open to all",
                "audience": "everyone",
                "product_ids": [(6, 0, cls.bag.product_tmpl_id.ids)],
            }
        )

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def test_off_by_default(self):
        self.assertFalse(self.env.company.b2b_public_range)
        for path in ("", f"/image/{self.bag.id}"):
            answer = self.page(f"/trade/range{path}")
            self.assertRefused(answer, 404, "There is no such page")
            self.assertNotIn("JUMBO BAG", answer.text)

    def test_on_shows_the_open_part_without_prices(self):
        self.env.company.b2b_public_range = True
        page = self.page("/trade/range")
        self.assertEqual(page.status_code, 200)
        self.assertIn("JUMBO BAG RED", page.text)
        for hidden in ("CAKE TIN", "SECRET LAMP", "8,765", "2.00", "BW-2201", "Net"):
            self.assertNotIn(hidden, page.text.split("<main")[1])
        self.assertEqual(
            self.page(f"/trade/range/image/{self.bag.id}").status_code, 200
        )
        for product in (self.tin, self.hidden):
            self.assertRefused(self.page(f"/trade/range/image/{product.id}"), 404)

    def test_search_and_bad_input(self):
        self.env.company.b2b_public_range = True
        self.assertIn("JUMBO", self.page("/trade/range?search=jumbo").text)
        self.assertIn("Nothing found", self.page("/trade/range?search=lamp").text)
        # The own code of a customer finds nothing for a visitor.
        self.assertIn("Nothing found", self.page("/trade/range?search=BW-2201").text)
        for query in (
            "search=%00%ED%A0%80", "search=%25", "category_id=x", "offset=-1",
            "offset=99999999999", f"category_id={'9' * 30}", "self=1",
        ):  # fmt: skip
            answer = self.page(f"/trade/range?{query}")
            self.assertIn(answer.status_code, (200, 400), query)

    def test_few_queries_whatever_the_range(self):
        self.env.company.b2b_public_range = True
        self.catalog.audience = "everyone"
        self.page("/trade/range")
        with self.assertQueryCount(25):
            self.page("/trade/range")
