import base64

from odoo.tests import tagged

from ..models.portal_search import Search
from .catalog_common import CatalogCase


@tagged("post_install", "-at_install")
class TestShelf(CatalogCase):
    """Filters by attribute and tag, orders of the catalog, documents, alternatives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colour = cls.env["product.attribute"].create(
            {"name": "Tint", "create_variant": "no_variant"}
        )
        cls.red, cls.blue = cls.env["product.attribute.value"].create(
            [
                {"name": name, "attribute_id": cls.colour.id}
                for name in ("Cardinal", "Azure")
            ]
        )
        cls.size = cls.env["product.attribute"].create(
            {"name": "Width", "create_variant": "always"}
        )
        cls.small, cls.large = cls.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": cls.size.id} for name in ("Slim", "Broad")]
        )
        cls.shelf = cls._make_article("SHELF", "S1", 8.0).product_tmpl_id
        cls._line(cls.shelf, cls.small | cls.large)
        cls._line(cls.bag.product_tmpl_id, cls.red)
        cls._line(cls.tin.product_tmpl_id, cls.blue)
        cls._line(cls.hidden.product_tmpl_id, cls.blue)
        cls.tag = cls.env["product.tag"].create(
            {"name": "Fresh", "product_template_ids": [(4, cls.tin.product_tmpl_id.id)]}
        )
        cls.secret_tag = cls.env["product.tag"].create(
            {
                "name": "Low margin",
                "visible_to_customers": False,
                "product_template_ids": [(4, cls.tin.product_tmpl_id.id)],
            }
        )

    @classmethod
    def _line(cls, template, values):
        cls.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": template.id,
                "attribute_id": values.attribute_id.id,
                "value_ids": [(6, 0, values.ids)],
            }
        )

    def names(self, query):
        """Articles of a page of the catalog, in their order."""
        page = self.page(f"/trade/catalog?category_id={self.category.id}&{query}")
        self.assertEqual(page.status_code, 200, page.text[:300])
        known = ("JUMBO BAG RED", "CAKE TIN", "SHELF Slim", "SHELF Broad", "SECRET")
        body = page.text.split("<tbody")[-1] if "<tbody" in page.text else ""
        places = {name: body.find(f'data-name="{name}') for name in known}
        found = [name for name, place in places.items() if place >= 0]
        return sorted(found, key=places.get)

    # -- filters -----------------------------------------------------------------

    def test_values_of_one_attribute_add_up_those_of_several_narrow(self):
        self.sign_in(self.buyer)
        self.assertEqual(self.names(f"values={self.red.id}"), ["JUMBO BAG RED"])
        both = f"values={self.red.id}-{self.blue.id}"
        self.assertEqual(self.names(both), ["CAKE TIN", "JUMBO BAG RED"])
        self.assertEqual(self.names(f"values={self.large.id}"), ["SHELF Broad"])
        self.assertEqual(self.names(f"values={self.large.id}-{self.red.id}"), [])

    def test_counts_are_of_the_own_catalog(self):
        self.sign_in(self.buyer)
        search = self.env["b2b.portal.search"]
        ctx = self.context_of(self.buyer)
        groups = ctx.env["b2b.portal.facets"]._b2b_groups(
            ctx, Search(category_id=self.category.id, values=(self.red.id,))
        )
        found = {
            value.name: (count, on)
            for group in groups
            for value, count, on in group["values"]
        }
        # The hidden lamp is blue too; it counts for nothing.
        self.assertEqual(found["Azure"], (1, False))
        self.assertEqual(found["Cardinal"], (1, True))
        self.assertNotIn("Slim", found)
        self.assertNotIn("Low margin", found)
        self.assertEqual(search._b2b_count(ctx, Search(values=(self.blue.id,))), 1)

    def test_tags_that_are_not_for_customers_neither_show_nor_filter(self):
        self.sign_in(self.buyer)
        page = self.page("/trade/catalog").text
        self.assertIn("Fresh", page)
        self.assertNotIn("Low margin", page)
        self.assertEqual(self.names(f"tags={self.tag.id}"), ["CAKE TIN"])
        self.assertEqual(self.names(f"tags={self.secret_tag.id}"), [])
        page = self.page(f"/trade/catalog?tags={self.secret_tag.id}").text
        self.assertNotIn("Low margin", page)

    def test_an_attribute_that_is_closed_neither_shows_nor_filters(self):
        self.colour.b2b_filter = False
        self.sign_in(self.buyer)
        self.assertNotIn("Cardinal", self.page("/trade/catalog").text)
        self.assertEqual(self.names(f"values={self.red.id}"), [])

    def test_what_the_own_catalog_does_not_carry_has_no_name(self):
        secret = self.env["product.attribute.value"].create(
            {"name": "SECRET GREEN", "attribute_id": self.colour.id}
        )
        self._line(self.hidden.product_tmpl_id, secret)
        tag = self.env["product.tag"].create(
            {
                "name": "SECRET MARK",
                "product_template_ids": [(4, self.hidden.product_tmpl_id.id)],
            }
        )
        self.sign_in(self.buyer)
        for query in (f"values={secret.id}", f"tags={tag.id}"):
            self.assertNotIn("SECRET", self.page(f"/trade/catalog?{query}").text)
            self.assertEqual(self.names(query), [])

    def test_no_page_begins_behind_a_hidden_article(self):
        ctx = self.context_of(self.buyer)
        find = self.env["b2b.portal.search"]._b2b_page
        search = Search(category_id=self.category.id)
        first = find(ctx, search)
        self.hidden.name = first[1].name
        self.assertEqual(find(ctx, search, after=self.hidden.id), first)

    def test_garbage_filters_are_harmless(self):
        self.sign_in(self.buyer)
        for text in ("x", "-1", "1-2-3-" * 300, "99999999999999999", "%00", "0", "--"):
            for key in ("values", "tags", "awaited", "sort"):
                page = self.page(f"/trade/catalog?{key}={text}")
                self.assertEqual(page.status_code, 200, (key, text))

    # -- orders ------------------------------------------------------------------

    def test_own_price_sorts_the_whole_result_by_what_is_shown(self):
        # The list price of the bag is lower than that of the tin, its own is not.
        self.pricelist.item_ids.filtered(
            lambda item: item.product_tmpl_id == self.bag.product_tmpl_id
        ).fixed_price = 20.0
        self.sign_in(self.buyer)
        self.assertEqual(self.names("sort=price")[0], "CAKE TIN")
        self.assertEqual(self.names("sort=price")[-1], "JUMBO BAG RED")

    def test_a_role_without_prices_learns_no_order_of_them(self):
        self._price(self.bag, 0.1, 1)
        self.sign_in(self.viewer)
        self.assertEqual(self.names("sort=price"), self.names("sort=name"))
        self.assertNotIn("own price", self.page("/trade/catalog").text)

    def test_newest_first(self):
        self.env.cr.execute(
            "UPDATE product_product SET create_date = now() AT TIME ZONE 'UTC' "
            "+ interval '1 day' WHERE id = %s",
            [self.tin.id],
        )
        self.sign_in(self.buyer)
        self.assertEqual(self.names("sort=newest")[0], "CAKE TIN")

    def test_pages_go_on_behind_the_last_row_whatever_came_meanwhile(self):
        for index in range(70):
            code = f"R{index:03d}" if index % 3 else False
            self._make_article(f"ROW {index % 7}", code, 1.0)
        self.sign_in(self.buyer)
        ctx = self.context_of(self.buyer)
        find = self.env["b2b.portal.search"]._b2b_page
        for sort in ("name", "code", "newest"):
            search = Search(category_id=self.category.id, sort=sort)
            everything = find(ctx, search, limit=500)
            self.assertEqual(len(everything), 74)
            seen, after = [], 0
            while len(seen) < 74:
                page = find(ctx, search, limit=20, offset=len(seen), after=after)
                self.assertTrue(page, sort)
                seen += page.ids
                after = page.ids[-1]
            self.assertEqual(seen, everything.ids, sort)
        # An article that is new at the front moves no row over the edge of a page.
        search = Search(category_id=self.category.id)
        first = find(ctx, search, limit=20)
        rest = find(ctx, search, limit=20, offset=20, after=first.ids[-1])
        self._make_article("AAA", "A1", 1.0)
        again = find(ctx, search, limit=20, offset=20, after=first.ids[-1])
        self.assertEqual(again, rest)

    def test_the_next_rows_know_the_end(self):
        self.sign_in(self.buyer)
        query = {"category_id": str(self.category.id)}
        rows = "/trade/catalog/rows"
        answer = self.json(rows, query=query, offset=0, after=0, total=4).json()
        self.assertFalse(answer["result"]["more"])
        self.assertEqual(answer["result"]["shown"], 4)
        for after in (self.hidden.id, 10**12, -1, "x", None, [1]):
            answer = self.json(rows, query=query, offset="x", after=after, total="x")
            self.assertEqual(answer.status_code, 200, after)
            self.assertNotIn("SECRET", answer.text)

    # -- documents and other articles ----------------------------------------------

    def _document(self, product, **values):
        return self.env["product.document"].create(
            {
                "name": "Sheet.pdf",
                "datas": base64.b64encode(b"<script>alert(1)</script>"),
                "res_model": product._name,
                "res_id": product.id,
                "b2b_in_portal": True,
                **values,
            }
        )

    def test_documents_of_seen_articles_only_and_never_inside_a_page(self):
        shown = self._document(self.bag.product_tmpl_id)
        kept = self._document(self.bag, name="Costs.xlsx", b2b_in_portal=False)
        foreign = self._document(self.hidden.product_tmpl_id)
        self.sign_in(self.buyer)
        page = self.page(f"/trade/product/{self.bag.id}").text
        self.assertIn("Sheet.pdf", page)
        self.assertNotIn("Costs.xlsx", page)
        path = f"/trade/product/{self.bag.id}/document/"
        answer = self.page(f"{path}{shown.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        for number in (kept.id, foreign.id, 0, 2**31 - 1, 10**12):
            self.assertRefused(self.page(f"{path}{number}"), 404)
        self.assertRefused(
            self.page(f"/trade/product/{self.hidden.id}/document/{foreign.id}"), 404
        )

    def test_a_link_leads_out_only_to_the_web(self):
        good = self._document(
            self.bag, type="url", datas=False, url="https://example.com/a"
        )
        bad = self._document(self.bag, type="url", datas=False, url="https://e.com")
        bad.url = "javascript:alert(1)"
        self.sign_in(self.buyer)
        path = f"/trade/product/{self.bag.id}/document/"
        answer = self.page(f"{path}{good.id}")
        self.assertEqual(answer.headers["Location"], "https://example.com/a")
        self.assertRefused(self.page(f"{path}{bad.id}"), 404)

    def test_alternatives_and_accessories_of_the_own_catalog(self):
        template = self.bag.product_tmpl_id
        template.b2b_alternative_ids = self.tin.product_tmpl_id + self.shelf
        template.b2b_accessory_ids = self.hidden.product_tmpl_id
        self.sign_in(self.buyer)
        page = self.page(f"/trade/product/{self.bag.id}").text
        self.assertIn("Does the same job", page)
        self.assertIn("CAKE TIN", page)
        self.assertNotIn("Goes with it", page)
        self.assertNotIn("SECRET LAMP", page)
