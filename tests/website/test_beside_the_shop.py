"""The trade portal beside the website app: inside its header, apart from its shop.

Pictures are kept in .b2b/screenshots/website.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_story import expect_pdf, main_button, set_cart, tick_warnings
from tests.support.browser import SHOTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WEBSITE = SHOTS / "website"
PHONE = {"width": 360, "height": 780}
PAGES = (
    "",
    "/catalog",
    "/quick-order",
    "/cart",
    "/orders",
    "/lists",
    "/approvals",
    "/points",
)


def picture(page, name):
    WEBSITE.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=WEBSITE / f"{name}.png")


def fill_cart(page, lines):
    """Put the first articles of the catalog into the cart; their ids."""
    page.goto("/trade/catalog")
    seat = page.locator(".o_b2b").get_attribute("data-seat-id")
    rows = page.locator("tr[data-product-id]").all()[:lines]
    ids = [int(row.get_attribute("data-product-id")) for row in rows]
    status, text = set_cart(page, seat, [[product, 24] for product in ids])
    assert status == 200, text
    return ids


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_pages_stand_in_the_shops_header(shop_page, login, viewport):
    page = shop_page(viewport)
    login(page, "owner")
    for path in PAGES:
        answer = page.goto(f"/trade{path}")
        assert answer.status == 200, path
        expect(page.locator("header#top")).to_have_count(1)
        expect(page.locator(".o_b2b.is-in-shop")).to_have_count(1)
        shown = page.evaluate("document.documentElement.clientWidth")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= shown, f"{path} scrolls sideways"
        picture(page, f"{'phone' if viewport else 'desk'}{path.replace('/', '-')}")


def test_an_order_from_the_catalog_to_its_paper(shop_page, login):
    page = shop_page()
    login(page, "buyer")
    fill_cart(page, 3)
    page.goto("/trade/checkout")
    page.fill("#b2b_po", "PO SHOP 1")
    if page.locator("#b2b_reason").count():
        page.fill("#b2b_reason", "Beside the shop")
    tick_warnings(page)
    main_button(page).click()
    page.wait_for_url(re.compile(r"/trade/order/\d+/thanks"))
    picture(page, "thanks")
    paper = page.url.replace("/order/", "/orders/").replace("thanks", "document")
    expect_pdf(page, paper)

    # Another party's buyer learns nothing, by the portal's pages or by Odoo's.
    order_id = re.search(r"/order/(\d+)/", page.url)[1]
    rival = shop_page()
    login(rival, "rival")
    for path in (
        page.url,
        paper,
        f"/trade/orders/{order_id}",
        f"/my/orders/{order_id}",
    ):
        answer = rival.request.get(path, max_redirects=0)
        assert answer.status in (303, 404), path


def test_cart_of_the_shop_and_of_the_portal_are_two(shop_page, login):
    page = shop_page()
    login(page, "owner")
    ids = fill_cart(page, 2)
    page.goto("/shop/cart")
    expect(page.locator("#wrap")).to_contain_text("Your cart is empty")
    # Trade articles are not for sale in the shop until somebody publishes them.
    assert page.goto("/shop").status == 200
    expect(page.locator("#wrap")).to_contain_text("No product defined")
    picture(page, "shop")
    page.goto("/trade/cart")
    found = page.locator("tr[data-product-id]").all()
    kept = {int(row.get_attribute("data-product-id")) for row in found}
    assert set(ids) <= kept


def test_a_visitor_of_the_shop_reads_no_trade_terms(shop_page, shop_server):
    page = shop_page()
    for path in ("/", "/shop"):
        assert page.goto(path).status == 200
        content = page.content()
        for private in ("Brightwell", "Lindner", "Trade list"):
            assert private not in content, f"{path} names {private}"
    page.goto("/trade/orders")
    page.wait_for_url("**/web/login**")
