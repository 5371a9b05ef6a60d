"""Quick order in the browser: paste, mend, add, take back; on a phone as well."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import SHOTS

pytestmark = pytest.mark.browser

ROWS = "\n".join(
    [
        "Code\tQty",
        "22470\t12",
        " 84946 \t24",
        "84946\t12",
        "2247O\t6",
        "22111\t4",
        "22111\t4",
        "no such\t3",
        "22457\t0",
    ]
)


def paste(page, text):
    """As the browser tells a page what was pasted while no field has the focus."""
    page.locator("h1").evaluate(
        """(el, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const init = { clipboardData: data, bubbles: true, cancelable: true };
            el.dispatchEvent(new ClipboardEvent("paste", init));
        }""",
        text,
    )


def tab(page, name):
    return page.locator(f".o_b2b_quick_tab.is-{name}")


def row(page, number):
    return page.locator(f".o_b2b_quick_row[data-nr='{number}']")


def add_button(page):
    return page.locator(".o_b2b_quick_dock .o_b2b_btn_main")


def open_with_rows(page):
    page.goto("/trade/quick-order")
    expect(page.locator(".o_b2b_quick_code")).to_be_visible()
    paste(page, ROWS)
    expect(tab(page, "need")).to_contain_text("5")


def test_pasted_rows_are_mended_and_added(page, login):
    login(page, "buyer")
    open_with_rows(page)
    expect(tab(page, "merged")).to_contain_text("2")
    expect(row(page, 5)).to_contain_text("the last sign is the letter O")
    page.get_by_role("button", name="Accept the sure suggestion").click()
    expect(row(page, 5)).to_have_count(0)
    row(page, 6).get_by_role("button", name="Add both").click()
    expect(row(page, 7)).to_have_count(0)
    row(page, 9).locator(".o_b2b_quick_qty").fill("6")
    row(page, 9).get_by_role("button", name="Set").click()
    expect(tab(page, "need")).to_contain_text("1")
    expect(add_button(page)).to_have_text(re.compile("Add 4 lines to cart"))

    # What is kept in this browser is there again, and the keyboard adds it.
    page.reload()
    expect(add_button(page)).to_have_text(re.compile("Add 4 lines to cart"))
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "quick-order.png")
    page.keyboard.press("Control+Enter")
    asked = page.get_by_role("button", name="Replace them")
    toast = page.locator(".o_b2b_toast", has_text="4 lines added")
    expect(asked.or_(toast).first).to_be_visible()
    if asked.is_visible():
        asked.click()
    expect(toast).to_be_visible()
    expect(page.locator(".o_b2b_quick_row")).to_have_count(1)
    toast.get_by_role("button", name="Undo").click()
    expect(add_button(page)).to_have_text(re.compile("Add 4 lines to cart"))
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".o_b2b_quick")).to_contain_text("No rows yet")


def test_an_unknown_article_asks_for_its_code_first(page, login):
    login(page, "buyer")
    page.goto("/trade/quick-order")
    # Who opened the page types at once.
    expect(page.locator(".o_b2b_quick_code")).to_be_focused()
    paste(page, "99999X\t24\n22470\t30")
    other = row(page, 1).locator(".o_b2b_quick_other")
    expect(other).to_be_focused()
    row(page, 1).locator(".o_b2b_quick_qty").press("Enter")
    expect(other).to_be_focused()
    page.keyboard.type("22111")
    page.keyboard.press("Enter")
    expect(add_button(page)).to_have_text(re.compile("Add 2 lines to cart"))
    expect(add_button(page)).to_be_focused()
    page.get_by_role("button", name="Clear").click()


def test_doubled_rows_have_one_answer(page, login):
    login(page, "buyer")
    page.goto("/trade/quick-order")
    expect(page.locator(".o_b2b_quick_code")).to_be_visible()
    paste(page, "22470\t30\n22470\t12\n22470\t30\n22111\t4\n22111\t4")
    expect(row(page, 2)).to_contain_text("stands with 30 in row 1, 3 as well")
    expect(row(page, 1).locator(".o_b2b_quick_qty")).to_be_focused()
    row(page, 2).get_by_role("button", name="Add all 3").click()
    expect(row(page, 1)).to_have_count(0)
    expect(row(page, 4).locator(".o_b2b_quick_qty")).to_be_focused()
    page.locator(".o_b2b_toast").get_by_role("button", name="Undo").click()
    expect(row(page, 1)).to_be_visible()
    page.get_by_role("button", name="Add all 5 doubled rows").click()
    expect(add_button(page)).to_have_text(re.compile("Add 2 lines to cart"))
    expect(add_button(page)).to_be_focused()
    expect(row(page, 1)).to_contain_text("72")

    # What is said never covers the bar with the button, at any width.
    for width, height in ((1280, 900), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(600)
        toast = page.locator(".o_b2b_toast").last.bounding_box()
        dock = page.locator(".o_b2b_quick_dock").bounding_box()
        above = toast["y"] + toast["height"] <= dock["y"]
        assert above or toast["y"] >= dock["y"] + dock["height"], (toast, dock)


def test_rows_that_are_there_are_not_replaced_unasked(page, login):
    login(page, "buyer")
    page.goto("/trade/quick-order")
    expect(page.locator(".o_b2b_quick_code")).to_be_visible()
    paste(page, "22470\t30")
    expect(add_button(page)).to_be_focused()
    heading = page.locator(".o_b2b_quick_result h2")
    file = page.locator(".o_b2b_quick_file input")
    for name in ("a.pdf", "a.xlsx"):
        text = {"name": name, "mimeType": "text/plain", "buffer": b"22111\t4"}
        file.set_input_files(text)
        expect(page.locator(".o_b2b_toast.is-bad")).to_contain_text("no spreadsheet")
        page.locator(".o_b2b_toast.is-bad").get_by_role("button").click()
        expect(heading).to_contain_text("1 row")
    paste(page, "22111\t4\n84946\t12")
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_role("button", name="Add to them")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(heading).to_contain_text("1 row")
    paste(page, "22111\t4\n84946\t12")
    dialog.get_by_role("button", name="Add to them").click()
    expect(heading).to_contain_text("3 rows")
    paste(page, "84946\t12")
    dialog.get_by_role("button", name="Replace them").click()
    expect(heading).to_contain_text("1 row")
    page.get_by_role("button", name="Clear").click()


def test_kept_rows_outlive_a_lost_connection(page, login):
    login(page, "buyer")
    open_with_rows(page)
    page.route("**/trade/quick-order/check", lambda route: route.abort())
    page.reload()
    expect(page.locator(".o_b2b_toast.is-bad")).to_contain_text("Your rows are kept")
    page.unroute("**/trade/quick-order/check")
    code = page.locator(".o_b2b_quick_code")
    code.fill("22470")
    code.press("Enter")
    expect(page.locator(".o_b2b_quick_result h2")).to_contain_text("9 rows")
    page.get_by_role("button", name="Clear").click()


def test_a_scanner_types_and_counts(page, login):
    login(page, "buyer")
    page.goto("/trade/quick-order")
    code = page.locator(".o_b2b_quick_code")
    for packs in (1, 2):
        code.fill("22470")
        code.press("Enter")
        expect(page.locator(".o_b2b_quick_row strong").last).to_have_text(
            f"{6 * packs}"
        )
        expect(code).to_be_focused()
    page.get_by_role("button", name="Clear").click()


def test_a_file_that_is_none_says_so(page, login):
    login(page, "buyer")
    page.goto("/trade/quick-order")
    expect(page.locator(".o_b2b_quick_code")).to_be_visible()
    file = page.locator(".o_b2b_quick_file input")
    picture = {"name": "x.png", "mimeType": "image/png", "buffer": b"\x89PNG\0\0\x01"}
    file.set_input_files(picture)
    expect(page.locator(".o_b2b_toast.is-bad")).to_contain_text("no spreadsheet")
    expect(page.locator(".o_b2b_quick")).to_contain_text("No rows yet")


def test_on_a_phone_nothing_is_wider_than_the_screen(page, login):
    page.set_viewport_size({"width": 360, "height": 800})
    login(page, "buyer")
    open_with_rows(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    page.get_by_role("button", name="Clear").click()


def test_a_browser_without_room_says_that_rows_are_lost(page, login):
    login(page, "buyer")
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new Error('QuotaExceeded'); };"
    )
    open_with_rows(page)
    expect(page.locator(".o_b2b_toasts")).to_contain_text("has no room")
    expect(row(page, 5)).to_be_visible()
