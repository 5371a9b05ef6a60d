from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.portal_search import Search
from .catalog_common import CatalogCase


@tagged("post_install", "-at_install")
class TestSimilar(CatalogCase):
    """Mistyped names find what was meant, with pg_trgm and without it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stand = cls._make_article("REGENCY CAKESTAND 3 TIER", "T226", 12.0)
        cls.lunch = cls._make_article("LUNCH BAG RED", "T207", 1.6)
        cls.env["b2b.product.code"].search(
            [("product_id", "=", cls.bag.id)]
        ).name = "Einkaufstasche"

    def similar(self, text, **search):
        ctx = self.context_of(self.buyer)
        return ctx.env["b2b.portal.search"]._b2b_similar(ctx, Search(text, **search))

    def both(self):
        """Once as the database is, once as if it had no extension."""
        for has in (self.env.registry.has_trigram, False):
            with (
                patch.object(self.env.registry, "has_trigram", has),
                self.subTest(trigram=has),
            ):
                yield has

    def test_typing_errors_are_forgiven(self):
        for _has in self.both():
            self.assertEqual(self.similar("lunch bg")[:1], self.lunch)
            self.assertIn(self.stand, self.similar("cakestnad"))
            self.assertEqual(self.similar("jubmo")[:1], self.bag)
            self.assertEqual(self.similar("einkaufstashce"), self.bag)
            self.assertFalse(self.similar("qqxxzz"))
            self.assertFalse(self.similar("zz"))
            self.assertFalse(self.similar("%_\\("))

    def test_hidden_articles_are_never_similar(self):
        for _has in self.both():
            self.assertFalse(self.similar("secrte lamp"))
            self.catalog.active = False
            self.env.flush_all()
            self.assertEqual(self.similar("secrte lamp"), self.hidden)
            self.catalog.active = True

    def test_another_companys_own_names_find_nothing(self):
        ctx = self.context_of(self.rival)
        finder = ctx.env["b2b.portal.search"]
        self.assertFalse(finder._b2b_similar(ctx, Search("einkaufstashce")))

    def test_filters_stay(self):
        for _has in self.both():
            self.assertFalse(self.similar("jubmo", favourites=True))

    def test_the_index_of_the_name_is_used(self):
        if not self.env.registry.has_trigram:
            self.skipTest("The database has no pg_trgm.")
        similar = self.env["b2b.portal.similar"]
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = self.env.execute_query(
            SQL(
                "EXPLAIN SELECT id FROM product_template WHERE %s <%% %s",
                similar._b2b_plain("jubmo"),
                similar._b2b_name_sql(),
            )
        )
        self.assertIn("product_template__name_index", str(plan))

    def test_the_page_says_that_it_is_similar(self):
        self.sign_in(self.buyer)
        page = self.page("/trade/catalog?search=jubmo").text
        self.assertIn("No exact match for “jubmo”; similar:", page)
        self.assertIn("JUMBO BAG RED", page)
        self.assertNotIn("SECRET LAMP", page)
        page = self.page("/trade/catalog?search=secrte+lapm").text
        self.assertNotIn("similar:", page)
        self.assertNotIn("SECRET LAMP", page)
        self.assertNotIn("similar:", self.page("/trade/catalog?search=jumbo").text)

    def test_suggestions_and_quick_order(self):
        self.sign_in(self.buyer)
        found = self.json("/trade/search/suggest", text="lunch bg").json()
        found = found.get("result", found)
        self.assertIn("LUNCH BAG RED", found["html"].replace("<mark>", ""))
        self.assertIn("No exact match", found["status"])
        hits = self.json("/trade/quick-order/suggest", text="jubmo").json()
        hits = hits.get("result", hits)["hits"]
        self.assertEqual([hit["id"] for hit in hits], [self.bag.id])
        hits = self.json("/trade/quick-order/suggest", text="secrte lamp").json()
        self.assertFalse(hits.get("result", hits)["hits"])

    def test_rows_of_a_quick_order_offer_names(self):
        ctx = self.context_of(self.buyer)
        rows = [{"nr": 1, "code": "jubmo bag", "qty": "10"}]
        answer = ctx.env["b2b.portal.quick"]._b2b_check(ctx, rows)
        self.assertIn(self.bag.id, [int(each) for each in answer["articles"]])

    def test_queries_are_constant(self):
        def queries(text):
            self.env.invalidate_all()
            ctx = self.context_of(self.buyer)
            before = self.env.cr.sql_log_count
            ctx.env["b2b.portal.search"]._b2b_similar(ctx, Search(text))
            return self.env.cr.sql_log_count - before

        queries("jubmo")
        few = queries("jubmo")
        for number in range(20):
            self._make_article(f"JUMBO CASE {number}", f"J{number}", 1.0)
        self.env.flush_all()
        queries("jubmo")
        self.assertLessEqual(queries("jubmo"), few)
