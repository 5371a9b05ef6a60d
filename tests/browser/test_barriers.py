"""No page of the portal has a serious barrier: WCAG 2.2 A and AA, found by axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
# What starts with "a" is a link on the page before.
PAGES = {
    "": ("/web/login", "/trade/request-access"),
    "buyer": (
        "/trade",
        "/trade/catalog",
        "a[href^='/trade/product/']",
        "/trade/quick-order",
        "/trade/cart",
        "/trade/carts",
        "/trade/checkout",
        "/trade/lists",
        "a[href^='/trade/lists/']",
        "/trade/orders",
        "a[href^='/trade/orders/']",
        "/trade/budgets",
        "/trade/points",
        "/trade/addresses",
        "/trade/end-customers",
    ),
    "owner": (
        "/trade/team",
        "/trade/team/activity",
        "/trade/approvals",
        "/trade/approvals/rules",
        "/trade/budgets",
        "/trade/addresses/new",
        "/trade/end-customers/new",
    ),
    "approver": ("/trade", "/trade/approvals"),
    "agent": ("/trade/agent",),
}


def barriers(page):
    """``[rule and element]`` of what axe-core calls serious or critical."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url}: {broken['id']} {node['html'][:120]}"
        for broken in found
        if broken["impact"] in ("serious", "critical")
        for node in broken["nodes"]
    ]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("user", PAGES)
def test_no_serious_barrier(page, login, user, width):
    # On a phone bars stand before what is scrolled below them; a page that shows all of
    # itself is judged by its own sizes.
    page.set_viewport_size({"width": width, "height": 900 if width > 1000 else 3000})
    if user:
        login(page, user)
    found = []
    for path in PAGES[user]:
        address = path
        if path.startswith("a["):
            address = page.locator(path).first.get_attribute("href")
        answer = page.goto(address)
        assert answer.ok, f"{address}: {answer.status}"
        expect(page.locator("main").first).to_be_visible()
        found += barriers(page)
    assert not found, "\n".join(found)
