import re
from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from ..briefly import Briefly
from .catalog_common import CatalogCase

#: Queries of any page, whatever it shows.
BUDGET = 40


@tagged("post_install", "-at_install")
class TestCatalogPages(CatalogCase):
    def assertShows(self, path, *words, absent=()):
        page = self.page(path)
        self.assertEqual(page.status_code, 200, page.text[:500])
        for word in words:
            self.assertIn(word, page.text)
        for word in absent:
            self.assertNotIn(word, page.text)
        return page

    def queries(self, path):
        """Queries of the second request: caches of the first one are warm."""
        self.page(path)
        before = self.env.cr.sql_log_count
        self.assertEqual(self.page(path).status_code, 200)
        return self.env.cr.sql_log_count - before

    # -- numbers ---------------------------------------------------------------

    def test_numbers_of_a_whole_catalog_are_kept_for_a_minute(self):
        self.sign_in(self.buyer)
        search = "odoo.addons.b2b_portal.models.portal_search."
        counted = Briefly(60, 10)
        with (
            patch(search + "config", {"test_enable": False}),
            patch(search + "COUNTED", counted),
        ):
            first = self.queries("/trade/catalog")
            shown = self.page("/trade/catalog").text
            self._make_article("Newcomer", "NEW-1", 3.0)
            now = self.page("/trade/catalog?sort=newest").text
            self.assertIn("Newcomer", now)
            words = re.search(r"[\d,]+ articles", shown).group()
            self.assertIn(words, now)
            # A search is counted at once.
            self.assertIn("1 article<", self.page("/trade/catalog?search=NEW-1").text)
            # Nobody is told the figures of another catalog.
            self.assertEqual(len(counted._kept), 1)
            self.sign_in(self.rival)
            self.env["b2b.catalog"].create(
                {
                    "name": "Theirs",
                    "audience": "parties",
                    "party_ids": [(6, 0, self.rival.party_id.ids)],
                    "excluded_product_ids": [(6, 0, self.tin.product_tmpl_id.ids)],
                }
            )
            self.page("/trade/catalog")
            self.assertEqual(len(counted._kept), 2)
        self.assertLess(first, self.queries("/trade/catalog") + 1)

    # -- who may look ----------------------------------------------------------

    def test_no_login_goes_to_the_login(self):
        for path in ("/trade", "/trade/catalog", "/trade/cart"):
            page = self.page(path)
            self.assertEqual(page.status_code, 303)
            self.assertIn("/web/login", page.headers["Location"])

    def test_login_without_a_seat_is_told(self):
        self.authenticate("b2b_test_rep", "b2b_test_rep")
        for path in ("/trade", "/trade/catalog", "/trade/cart", "/trade/image/1"):
            self.assertRefused(self.page(path), 403, "no active seat")

    def test_a_suspended_seat_is_signed_out(self):
        self.sign_in(self.buyer)
        self.buyer.state = "suspended"
        self.env.flush_all()
        answer = self.page("/trade")
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_a_login_without_a_seat_is_told(self):
        new_test_user(
            self.env, "b2b_no_seat", "base.group_portal", password="b2b_no_seat"
        )
        self.authenticate("b2b_no_seat", "b2b_no_seat")
        self.assertRefused(self.page("/trade"), 403, "no active seat")

    def test_pending_rejected_and_blocked_parties(self):
        self.sign_in(self.buyer)
        self.party.b2b_state = "pending"
        self.assertRefused(self.page("/trade/catalog"), 403, "We are checking")
        self.party.b2b_state = "rejected"
        self.assertRefused(self.page("/trade"), 403, "not open for trade")
        self.party.b2b_state = "blocked"
        self.assertShows(
            "/trade/catalog",
            "JUMBO BAG RED",
            "are stopped at the moment",
            absent=["o_b2b_stepper"],
        )
        answer = self.json("/trade/cart/add", lines=[[self.tin.id, 1]])
        self.assertRefused(answer, 403, "stopped at the moment")
        self.assertFalse(self.cart_of(self.buyer))

    def test_roles_decide_what_exists(self):
        self.sign_in(self.viewer)
        self.assertShows(
            "/trade/catalog",
            "JUMBO BAG RED",
            absent=["o_b2b_c_price", "data-price", "o_b2b_stepper", "/trade/cart"],
        )
        self.assertRefused(self.page("/trade/cart"), 403)
        self.assertRefused(self.json("/trade/price/why", product_id=self.bag.id), 403)
        self.sign_in(self.finance)
        self.assertShows("/trade/catalog", "o_b2b_c_price", absent=["o_b2b_c_stock"])
        self.assertRefused(self.page("/trade/cart"), 403)
        self.assertRefused(self.json("/trade/cart/set", lines=[[self.tin.id, 1]]), 403)

    # -- catalog ---------------------------------------------------------------

    def test_own_prices_codes_breaks_and_packs(self):
        self.sign_in(self.buyer)
        page = self.assertShows(
            "/trade/catalog?search=jumbo", "your BW-2201", "pack of 10", "100+"
        )
        self.assertNotIn("SECRET LAMP", page.text)
        self.assertNotIn("CAKE TIN", page.text)

    def test_search_finds_by_all_codes(self):
        self.bag.barcode = "5021134224236"
        self.sign_in(self.buyer)
        for text in ("T850", "t850", "bw-22", "5021134224236", "red jumbo"):
            self.assertShows(f"/trade/catalog?search={text}", "JUMBO BAG RED")
        for text in ("SECRET", "T999"):
            self.assertShows(
                f"/trade/catalog?search={text}",
                "There is no article",
                absent=["SECRET LAMP"],
            )

    def test_own_name_stands_beside_the_own_code(self):
        codes = self.env["b2b.product.code"]
        codes.search([("product_id", "=", self.bag.id)]).name = "Red tote"
        self.sign_in(self.buyer)
        for path in ("/trade/catalog?search=jumbo", f"/trade/product/{self.bag.id}"):
            self.assertShows(path, "BW-2201", "“Red tote”")
        self.assertShows("/trade/catalog?search=red+tote", "JUMBO BAG RED")
        self.sign_in(self.rival)
        self.assertShows("/trade/catalog", "JUMBO BAG RED", absent=["Red tote"])

    def test_own_codes_of_others_find_nothing(self):
        self.sign_in(self.rival)
        self.assertShows(
            "/trade/catalog?search=BW-2201",
            "There is no article",
            absent=["JUMBO BAG RED"],
        )

    def test_filters_and_sorts(self):
        self._make_order(
            quantity=1, order_line=[(0, 0, {"product_id": self.tin.id})]
        ).state = "sale"
        self.env.flush_all()
        self.sign_in(self.buyer)
        self.assertShows("/trade/catalog?bought=1", "CAKE TIN", absent=["JUMBO BAG"])
        self._make_article("EMPTY SHELF", "T777", 1.0)
        self.assertShows(
            "/trade/catalog?in_stock=1", "CAKE TIN", "JUMBO BAG", absent=["EMPTY SHELF"]
        )
        page = self.assertShows(
            f"/trade/catalog?category_id={self.category.id}&sort=bought", "CAKE TIN"
        )
        self.assertLess(page.text.index("CAKE TIN"), page.text.index("JUMBO BAG RED"))

    def test_garbage_in_the_query_is_harmless(self):
        self.sign_in(self.buyer)
        for query in (
            "category_id=x",
            "category_id=-1",
            "category_id=99999999999999",
            "offset=-1",
            "offset=x",
            "sort=drop",
            "search=%00",
            "search=%25%27%3B--",
            "bought=maybe",
            "foo=bar",
            "search=" + "a" * 500,
            "search=%ED%A0%80",
        ):
            self.assertEqual(self.page(f"/trade/catalog?{query}").status_code, 200)

    def test_more_rows_follow_without_gaps(self):
        for index in range(70):
            self._make_article(f"ROW {index:03d}", f"R{index:03d}", 1.0)
        self.sign_in(self.buyer)
        query = {"category_id": str(self.category.id), "sort": "code"}
        first = self.page(
            f"/trade/catalog?category_id={self.category.id}&sort=code"
        ).text
        answer = self.json("/trade/catalog/rows", query=query, offset=50).json()
        rest = answer["result"]
        codes = re.findall(r"data-product-id=.(\d+)", first + rest["html"])
        self.assertEqual(len(codes), 72)
        self.assertEqual(len(set(codes)), 72)
        self.assertFalse(rest["more"])
        self.assertEqual(rest["shown"], 72)

    # -- stock -----------------------------------------------------------------

    def test_stock_above_the_threshold_never_leaves_the_server(self):
        self.sign_in(self.buyer)
        for path in (
            "/trade/catalog",
            f"/trade/product/{self.bag.id}",
            "/trade/catalog?search=T850",
        ):
            page = self.assertShows(path, "&gt; 100")
            self.assertNotIn("8765", page.text)
            self.assertNotIn("8,765", page.text)
        self.json("/trade/cart/set", lines=[[self.bag.id, 9000], [self.tin.id, 500]])
        page = self.assertShows("/trade/cart", "&gt; 100")
        self.assertNotIn("8765", page.text)
        self.assertNotIn("8,765", page.text)

    def test_mask_of_the_party_decides(self):
        self.sign_in(self.buyer)
        self.party.b2b_stock_threshold = 0
        self.assertShows("/trade/catalog", "8,765")
        self.party.b2b_stock_mask = "yes_no"
        self.assertShows("/trade/catalog", "In stock", absent=["8,765", "&gt; 100"])
        self.party.b2b_stock_mask = "hidden"
        self.assertShows("/trade/catalog?in_stock=1", absent=["o_b2b_stock", "8,765"])

    def test_waiting_orders_take_their_stock(self):
        self.party.b2b_stock_threshold = 0
        order = self._make_order(
            order_line=[(0, 0, {"product_id": self.bag.id, "product_uom_qty": 65})]
        )
        order.b2b_submit_state = "waiting"
        self.env.flush_all()
        self.sign_in(self.rival)
        self.rival_party.b2b_stock_threshold = 0
        self.assertShows("/trade/catalog", "8,700")

    # -- one article -----------------------------------------------------------

    def test_product_page_and_foreign_ids(self):
        self.sign_in(self.buyer)
        self.assertShows(f"/trade/product/{self.bag.id}", "JUMBO BAG RED", "BW-2201")
        for number in (self.hidden.id, 2**31 - 1, 10**15, 0, -3):
            self.assertRefused(self.page(f"/trade/product/{number}"), 404)
            self.assertRefused(self.page(f"/trade/image/{number}"), 404)

    def test_images_only_of_the_own_catalog(self):
        pixel = (
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
            b"WjR9awAAAABJRU5ErkJggg=="
        )
        (self.bag | self.hidden).image_1920 = pixel
        self.env.flush_all()
        self.sign_in(self.buyer)
        image = self.page(f"/trade/image/{self.bag.id}?size=abc")
        self.assertEqual(image.status_code, 200)
        self.assertIn("image/", image.headers["Content-Type"])
        self.assertIn("private", image.headers["Cache-Control"])
        self.assertRefused(self.page(f"/trade/image/{self.hidden.id}"), 404)
        self.assertShows("/trade/catalog", f"/trade/image/{self.bag.id}")

    # -- search as you type ----------------------------------------------------

    def test_suggestions(self):
        self.sign_in(self.buyer)
        found = self.json("/trade/search/suggest", text="jumb").json()["result"]
        self.assertEqual(found["total"], 1)
        self.assertIn("<mark>JUMB</mark>", found["html"])
        own = self.json("/trade/search/suggest", text="BW-22").json()["result"]
        self.assertIn("your BW-2201", own["html"])
        none = self.json("/trade/search/suggest", text="SECRET").json()["result"]
        self.assertEqual(none["total"], 0)
        for text in ("", "x", None, 5, ["a"], {"a": 1}, "\x00\x00", "%" * 90):
            answer = self.json("/trade/search/suggest", text=text)
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn("error", answer.json(), text)

    def test_why_this_price(self):
        self.sign_in(self.buyer)
        answer = self.json("/trade/price/why", product_id=self.bag.id, quantity=100)
        html = answer.json()["result"]["html"]
        self.assertIn("30 days net", html)
        self.assertNotIn(self.pricelist.name, html.replace("30 days net", ""))
        for number in (self.hidden.id, 0, -1, "x", None, 2**40):
            answer = self.json("/trade/price/why", product_id=number)
            self.assertRefused(answer, 404)

    # -- home and /my ----------------------------------------------------------

    def test_home_shows_what_is_due(self):
        orders = []
        for back in (14, 28, 42):
            orders.append(
                {
                    "partner_id": self.buyer.user_id.partner_id.id,
                    "date_order": f"2026-01-01 09:00:{back}",
                    "order_line": [
                        (0, 0, {"product_id": self.tin.id, "product_uom_qty": 6})
                    ],
                }
            )
        created = self.env["sale.order"]._b2b_create_historical(orders)
        for order, back in zip(created, (14, 28, 42), strict=False):
            self.env.cr.execute(
                "UPDATE sale_order SET date_order = now() AT TIME ZONE 'UTC' - %s"
                " * interval '1 day' WHERE id = %s",
                [back, order.id],
            )
        self.env.invalidate_all()
        self.sign_in(self.buyer)
        page = self.assertShows("/trade", "CAKE TIN", "Every 2 weeks", "due now")
        self.assertIn('value="6"', page.text)
        self.json("/trade/cart/set", lines=[[self.tin.id, 4]])
        page = self.assertShows("/trade", "in cart 4")
        self.assertNotIn('value="6"', page.text)

    def test_my_links_to_trade(self):
        self.sign_in(self.buyer)
        self.assertIn('href="/trade"', self.page("/my").text)
        self.authenticate("b2b_test_rep", "b2b_test_rep")
        self.assertNotIn('href="/trade"', self.page("/my").text)

    # -- speed -----------------------------------------------------------------

    def test_query_budget_does_not_grow_with_rows(self):
        for index in range(60):
            article = self._make_article(f"ROW {index:03d}", f"R{index:03d}", 1.0)
            self._price(article, 0.9, 5)
        self.sign_in(self.buyer)
        rows = [[self.bag.id, 10], [self.tin.id, 3]]
        self.json("/trade/cart/set", lines=rows)
        found = {}
        for path in (
            "/trade",
            "/trade/catalog",
            "/trade/catalog?search=row&sort=bought",
            f"/trade/product/{self.bag.id}",
            "/trade/cart",
        ):
            found[path] = self.queries(path)
        self.assertFalse({p: n for p, n in found.items() if n > BUDGET}, found)

    def test_query_budget_of_a_decider(self):
        self.sign_in(self.owner)
        self.json("/trade/cart/set", lines=[[self.tin.id, 3]])
        found = {
            path: self.queries(path)
            for path in ("/trade", "/trade/catalog", "/trade/cart")
        }
        self.assertFalse({p: n for p, n in found.items() if n > BUDGET}, found)

    def test_default_language_of_the_shop_is_read_again_after_a_change(self):
        Default = self.env["ir.default"]
        Default.set("res.partner", "lang", "en_US")
        self.assertEqual(Default.sudo()._get("res.partner", "lang"), "en_US")
        Default.set("res.partner", "lang", "en_GB")
        self.assertEqual(Default.sudo()._get("res.partner", "lang"), "en_GB")
