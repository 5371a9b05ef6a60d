"""The story: a buyer orders above his budget, the approver says yes, the rep sees it.

Pictures of every step are kept in .b2b/screenshots/story.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import SHOTS

pytestmark = pytest.mark.browser

STORY = SHOTS / "story"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def picture(page, name):
    STORY.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=STORY / f"{name}.png", full_page=True)


def main_button(page):
    return page.locator(".o_b2b_summary_button")


def add_from_catalog(page, rows, quantity):
    """Type a quantity into the first rows and add them."""
    page.goto("/trade/catalog")
    fields = page.locator("tr[data-product-id] .o_b2b_stepper input")
    expect(fields.nth(rows)).to_be_visible()
    for number in range(rows):
        fields.nth(number).fill(str(quantity))
        fields.nth(number).press("Tab")
    page.locator(".o_b2b_dock .o_b2b_add").click()
    # The demo cart may hold some of them already: then the page asks once.
    asked = page.get_by_role("button", name="Add to them")
    toast = page.locator(".o_b2b_toast").first
    expect(asked.or_(toast).first).to_be_visible()
    if asked.is_visible():
        asked.click()
    expect(toast).to_be_visible()


def tick_warnings(page):
    """Take note of all that the checkout asks; it may be drawn anew meanwhile."""
    for _try in range(40):
        left = page.locator("input[name^='ack_']:not(:checked)")
        if not left.count():
            return
        # What is ticked leaves the list, so that this one tick is not waited for.
        left.first.dispatch_event("click")
        page.wait_for_timeout(300)
    raise AssertionError("a warning stays unticked")


def press_until_focused(page, key, button):
    """Keys work as soon as the page's scripts have started."""
    for _try in range(60):
        page.keyboard.press(key)
        if button.evaluate("el => el === document.activeElement"):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{key} focuses nothing")


def approve_by_keys(page, order):
    """Say yes; it counts after the ten seconds in which it can be undone."""
    press_until_focused(page, "a", page.locator(".o_b2b_decide [data-key=a]"))
    page.keyboard.press("Enter")
    notice = page.locator(".o_b2b_notices")
    expect(notice).to_contain_text(f"You approve {order}")
    expect(notice.get_by_role("button", name="Undo")).to_be_visible()
    picture(page, "8-approving")
    expect(notice).to_contain_text(f"approved {order} at", timeout=30_000)


def set_cart(page, seat, lines):
    """Call the cart as the page's scripts do; ``[status, text]``."""
    return page.evaluate(
        """async ([seat, lines]) => {
            const params = {seat_id: Number(seat), lines};
            const answer = await fetch("/trade/cart/set", {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({jsonrpc: "2.0", id: 1, params}),
            });
            return [answer.status, await answer.text()];
        }""",
        [seat, lines],
    )


@pytest.fixture
def other(browser, demo_server):
    """Another person's browser: `other()` is a page of its own session."""
    opened = []

    def open_page(viewport=DESK):
        context = browser.new_context(
            base_url=demo_server.url,
            viewport=viewport,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


def expect_pdf(page, path):
    """The page asked for it as well: until one of both has it, it is being made."""
    for _try in range(40):
        answer = page.request.get(path)
        assert answer.ok
        if answer.body()[:4] == b"%PDF":
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{path} gave no PDF")


def test_order_above_the_budget_is_approved_and_seen(page, other, login):
    # Hannah sees her own prices, fills the cart, and is told what will happen.
    login(page, "buyer")
    page.goto("/trade")
    picture(page, "1-home")
    page.goto("/trade/catalog")
    expect(page.locator(".o_b2b_price").first).to_contain_text("£")
    picture(page, "2-catalog")
    add_from_catalog(page, rows=3, quantity=96)
    page.goto("/trade/cart")
    expect(page.locator(".o_b2b_findings")).to_contain_text("Needs approval · budget")
    picture(page, "3-cart")
    page.goto("/trade/checkout")
    expect(main_button(page)).to_have_text(re.compile("Send to Marcus Feld"))

    # The PO number is required and must be new; what was typed stays.
    page.fill("#b2b_note", "Christmas window goods on top")
    main_button(page).click()
    expect(page.locator("#b2b_po_error")).to_contain_text("missing")
    expect(page.locator("#b2b_note")).to_have_value("Christmas window goods on top")
    picture(page, "4-checkout-po-missing")
    page.fill("#b2b_po", "PO STORY 1")
    page.fill("#b2b_reason", "Christmas rush, window opens 1 Dec")
    # Far more than usual: each such line is confirmed.
    tick_warnings(page)
    picture(page, "5-checkout")
    main_button(page).click()

    # It waits for Marcus, with the reason and what is kept.
    page.wait_for_url(re.compile(r"/trade/order/\d+/thanks"))
    heading = page.locator("h1")
    expect(heading).to_contain_text("waits for Marcus Feld")
    order = re.search(r"S\d+", heading.inner_text())[0]
    expect(page.locator(".o_b2b_track .is-now")).to_contain_text("Approval")
    expect(page.get_by_text("not a confirmation, do not pay")).to_be_visible()
    picture(page, "6-thanks-waiting")

    # Back and again: still one order.
    thanks = page.url
    page.go_back()
    main_button(page).click()
    page.wait_for_url(thanks)

    # Marcus sees what his yes does, and says yes.
    approver = other()
    login(approver, "approver")
    approver.goto("/trade")
    expect(approver.locator(".o_b2b_needs")).to_contain_text(order)
    approver.goto("/trade/approvals")
    approver.locator(".o_b2b_approval_row", has_text=order).click()
    expect(approver.locator("#o_b2b_approval_title")).to_have_text(order)
    expect(approver.get_by_text("What your yes does")).to_be_visible()
    expect(approver.get_by_text("Christmas rush").first).to_be_visible()
    picture(approver, "7-approval")
    approve_by_keys(approver, order)

    # Hannah's page says so, and the paper is a confirmation now.
    page.goto(thanks)
    expect(page.locator("h1")).to_contain_text(f"{order} is confirmed")
    expect(page.get_by_role("link", name=f"Order confirmation {order}")).to_be_visible()
    picture(page, "9-confirmed")
    paper = thanks.replace("/order/", "/orders/").replace("thanks", "document")
    expect_pdf(page, paper)

    # Eleanor finds it in the back office.
    rep = other()
    login(rep, "rep")
    rep.goto("/odoo/action-sale.action_orders")
    rep.wait_for_selector(".o_list_view, .o_kanban_view")
    row = rep.locator("tr.o_data_row", has_text=order)
    expect(row).to_contain_text("Brightwell")
    picture(rep, "10-rep-list")
    row.locator("td[name=name]").click()
    rep.wait_for_selector(".o_form_view")
    expect(rep.locator(".o_form_view")).to_contain_text(order)
    picture(rep, "11-rep-order")


def test_the_button_follows_the_cart(page, login):
    login(page, "rival")
    add_from_catalog(page, rows=1, quantity=10)
    page.goto("/trade/checkout")
    # Invoices of Kaufhaus Lindner may be overdue by now: then we look at it first.
    expect(main_button(page)).to_contain_text(re.compile("Place order|for a check"))
    picture(page, "20-rival-checkout")
    before = main_button(page).inner_text()
    assert "€" in before, "Kaufhaus Lindner pays in euro"


def test_checkout_on_a_phone(other, login):
    page = other(PHONE)
    login(page, "owner")
    page.goto("/trade/catalog")
    seat = page.locator(".o_b2b").get_attribute("data-seat-id")
    product = page.locator("[data-product-id]").first.get_attribute("data-product-id")
    assert set_cart(page, seat, [[int(product), 12]])[0] == 200
    page.goto("/trade/checkout")
    expect(page.locator(".o_b2b_checkout_dock")).to_be_visible()
    picture(page, "30-phone-checkout")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], "the page scrolls sideways"
    for path in (
        "/trade/orders",
        "/trade/approvals",
        "/trade/budgets",
        "/trade/points",
    ):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{path} scrolls sideways"
        picture(page, f"31-phone{path.replace('/', '-')}")


def test_switching_the_company(page, login):
    login(page, "owner")
    page.goto("/trade")
    here = page.locator(".o_b2b").get_attribute("data-seat-id")
    older = page.context.new_page()
    older.goto("/trade/catalog")
    page.locator(".o_b2b_switch summary").click()
    picture(page, "40-switch")
    page.locator("button[name=target_seat_id]").first.click()
    page.wait_for_url("**/trade")
    assert page.locator(".o_b2b").get_attribute("data-seat-id") != here
    # The older tab still shows the other company: it is told, and changes nothing.
    answer = set_cart(older, here, [])
    assert answer[0] == 409
    assert "You now act for" in answer[1]


def test_keyboard_from_login_to_the_order_list(page, login):
    login(page, "buyer")
    page.goto("/trade")
    # The keys work as soon as the scripts of the page have started.
    for _again in range(20):
        page.keyboard.press("g")
        page.keyboard.press("o")
        page.wait_for_timeout(500)
        if page.url.endswith("/trade/orders"):
            break
    page.wait_for_url("**/trade/orders")
    expect(page.locator("h1")).to_have_text("Orders")
