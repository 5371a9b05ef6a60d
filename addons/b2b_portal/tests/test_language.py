from odoo.tests import tagged

from .common import TradeHttpCase


@tagged("post_install", "-at_install")
class TestLanguage(TradeHttpCase):
    """Whoever is signed in reads his own language, whatever the browser prefers."""

    def setUp(self):
        super().setUp()
        self.sign_in(self.buyer)

    def two(self):
        self.env["res.lang"]._activate_lang("de_DE")
        website = "website" in self.env and self.env["website"].search([])
        if website:
            website.language_ids |= self.env.ref("base.lang_de")
        self.sign_in(self.buyer)

    def tag(self, path="/trade/orders"):
        page = self.page(path)
        self.assertEqual(page.status_code, 200, page.headers.get("Location"))
        return page.text.partition("<html")[2].partition(">")[0]

    def test_with_the_website_the_pages_stand_inside_the_shops_header(self):
        page, shop = self.page("/trade/orders").text, "website" in self.env
        self.assertEqual("is-in-shop" in page, shop)
        self.assertEqual('<header id="top"' in page, shop)

    def test_with_one_language_there_is_nothing_to_choose(self):
        self.assertNotIn("o_b2b_languages", self.page("/trade").text)

    def test_the_login_wins_over_browser_and_cookie(self):
        self.two()
        self.assertIn('lang="en-US"', self.tag())
        self.opener.cookies.set("frontend_lang", "de_DE")
        self.assertIn('lang="en-US"', self.tag())
        self.buyer.user_id.lang = "de_DE"
        self.sign_in(self.buyer)
        self.opener.cookies.set("frontend_lang", "en_US")
        headers = {"Accept-Language": "en-GB,en;q=0.9"}
        page = self.url_open("/trade/orders", headers=headers, allow_redirects=False)
        self.assertIn('lang="de-DE"', page.text)
        # Odoo's own pages follow, and calls answer in the same words.
        self.assertEqual(page.cookies.get("frontend_lang"), "de_DE")

    def test_an_address_of_another_language_leads_to_the_own_words(self):
        self.two()
        page = self.url_open("/de/trade/orders")
        self.assertEqual(page.status_code, 200)
        self.assertIn('lang="en-US"', page.text)

    def test_choosing_a_language(self):
        self.two()
        page = self.page("/trade/orders").text
        self.assertIn("o_b2b_languages", page)
        self.assertIn(">Deutsch<", page)
        answer = self.form("/trade/language", lang="de_DE", go="/trade/catalog?page=2")
        self.assertTrue(answer.headers["Location"].endswith("/trade/catalog?page=2"))
        self.assertEqual(self.buyer.user_id.lang, "de_DE")
        self.assertIn('lang="de-DE"', self.tag())
        answer = self.form("/trade/language", lang="en_US", go="/trade/orders")
        self.assertTrue(answer.headers["Location"].endswith("/trade/orders"))
        self.assertIn('lang="en-US"', self.tag())

    def test_what_somebody_wrote_stands_in_the_quotes_of_the_language(self):
        self.two()
        self._make_cart().b2b_cart_name = "Leeds"
        self.assertIn("“Leeds”", self.page("/trade/cart").text)
        self.form("/trade/language", lang="de_DE")
        self.assertIn("„Leeds“", self.page("/trade/cart").text)

    def test_wrong_ones_are_refused(self):
        self.two()
        for wrong in ("", "xx_XX", "fr_FR", "de", "de_DE\x00", "1", "../"):
            answer = self.form("/trade/language", lang=wrong)
            if answer.status_code != 303:
                self.assertRefused(answer, 400, "not offered here")
            else:
                # Signs that nobody types are left out; back to the words above.
                self.form("/trade/language", lang="en_US")
        self.assertEqual(self.rival.user_id.lang, "en_US")
        answer = self.form("/trade/language", lang="de_DE", go="//evil.example/trade")
        self.assertTrue(answer.headers["Location"].endswith("/trade"))
        for key, status in (("seat_id", 400), ("csrf_token", 400)):
            answer = self.form("/trade/language", lang="en_US", **{key: None})
            self.assertRefused(answer, status)
