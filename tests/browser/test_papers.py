"""Files at checkout and the document after it: mouse, keyboard, wrong files."""

import pytest
from playwright.sync_api import expect

from tools import system

from .test_barriers import barriers
from .test_story import add_from_catalog, tick_warnings

pytestmark = pytest.mark.browser

PDF = {"name": "PO 7.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 order"}
PROGRAM = {"name": "run.exe", "mimeType": "application/pdf", "buffer": b"MZ"}
FAKE = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}
HUGE = {
    "name": "huge.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-" + b"x" * 10_000_000,
}


# A wrong file is refused with status 400, which the browser logs.
@pytest.mark.ignore_log
def test_files_and_the_document_of_an_order(page, login):
    login(page, "owner")
    add_from_catalog(page, 1, 24)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/trade/checkout")
    expect(page.locator(".o_b2b_files.is-live")).to_be_visible()
    page.fill("#b2b_po", "PO 7")
    page.set_input_files("#b2b_file", [PDF, PROGRAM, FAKE, HUGE])
    problem = page.locator("#b2b_file_problem")
    for words in ("“run.exe” is not taken", "“plan.pdf” is not what", "“huge.pdf” has"):
        expect(problem).to_contain_text(words)
    rows = page.locator(".o_b2b_file_rows li")
    expect(rows).to_have_count(1)
    assert not barriers(page)
    # Away with it by keyboard, and back.
    page.locator(".o_b2b_file_remove").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(1)
    page.reload()
    expect(rows).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    tick_warnings(page)
    # Enter in a field sends the order and does not remove the file.
    page.locator("#b2b_po").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks")
    expect(page.get_by_role("link", name="PO 7.pdf")).to_be_visible()
    paper = page.locator(".o_b2b_paper")
    printed = "ready" if system.find(system.PDF) else "failed"
    expect(paper).to_have_attribute("data-state", printed, timeout=30_000)
    assert not barriers(page)
    link = paper.locator("a").get_attribute("href")
    answer = page.context.request.get(link)
    assert answer.ok
    if printed == "ready":
        assert answer.body().startswith(b"%PDF-")
