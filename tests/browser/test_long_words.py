"""Words of other languages on a phone, and a page that loses its connection."""

import re

import pytest
from playwright.sync_api import expect

from .test_story import main_button, set_cart

pytestmark = pytest.mark.browser

#: The longest the portal's own translations have.
LONG = ["Start", "Sortiment", "Schnell", "Bestellungen", "Warenkorb · 126"]


def test_longer_words_fit_the_tabs_of_a_phone(page, login):
    login(page, "buyer")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/trade")
    labels = page.locator(".o_b2b_tabs a > span")
    expect(labels).to_have_count(len(LONG))
    boxes = labels.evaluate_all(
        """(els, words) => els.map((el, n) => {
            el.textContent = words[n];
            el.closest("a").setAttribute("aria-current", "page");
            return el;
        }).map((el) => {
            const box = el.getBoundingClientRect();
            return [box.left, box.right, el.scrollWidth - el.clientWidth];
        })""",
        LONG,
    )
    for (_left, right, cut), (left, _right, _cut) in zip(
        boxes, boxes[1:], strict=False
    ):
        assert cut <= 0, boxes
        assert right <= left, boxes
    assert boxes[-1][1] <= 360, boxes


def test_without_a_connection_the_order_stays_on_the_page(page, login):
    login(page, "owner")
    page.goto("/trade/catalog")
    seat = page.locator(".o_b2b").get_attribute("data-seat-id")
    product = page.locator("[data-product-id]").first.get_attribute("data-product-id")
    assert set_cart(page, seat, [[int(product), 12]])[0] == 200
    page.goto("/trade/checkout")
    page.fill("#b2b_po", "PO LOST 1")
    page.wait_for_timeout(1000)
    page.context.set_offline(True)
    main_button(page).click()
    expect(page.locator(".o_b2b_toast").last).to_contain_text("Not sent")
    expect(page.locator("#b2b_po")).to_have_value("PO LOST 1")
    expect(page).to_have_url(re.compile("/trade/checkout"))
    page.context.set_offline(False)
    expect(main_button(page)).not_to_have_attribute("aria-busy", "true")


def test_the_filters_of_the_catalog_can_be_skipped(page, login):
    login(page, "buyer")
    page.goto("/trade/catalog")
    skip = page.get_by_role("link", name="Skip to the articles")
    skip.focus()
    page.keyboard.press("Enter")
    for _press in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.o_b2b_stepper input')"):
            return
    raise AssertionError("no quantity is near")
