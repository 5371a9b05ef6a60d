"""A delivery method that is taken away while the checkout is open."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

VAN = "Our own van"
FORM = ".o_b2b_checkout_form"
METHODS = ".o_b2b_methods"
SUMMARY = ".o_b2b_summary"
UPDATE = re.compile("/trade/checkout/update")


@pytest.fixture
def van(staff_rpc):
    """Our own van, for everybody; as it was afterwards."""
    domain = [("name", "=", VAN)]
    (found,) = staff_rpc.call("delivery.carrier", "search", domain)
    yield found
    staff_rpc.call("delivery.carrier", "write", [found], {"active": True})


def open_checkout(page, login):
    login(page, "buyer")
    page.goto("/trade/checkout")
    page.wait_for_load_state("networkidle")


def choose(page, name):
    label = page.locator(f"{METHODS} label", has_text=name)
    if label.locator("input").is_checked():
        return
    with page.expect_response(UPDATE):
        label.click()


def test_a_refusal_stays_until_another_way_is_chosen(page, login, staff_rpc, van):
    open_checkout(page, login)
    choose(page, VAN)
    expect(page.locator(SUMMARY)).to_contain_text("£14.50")
    page.fill("[name=po]", "PO GONE")
    page.wait_for_load_state("networkidle")
    staff_rpc.call("delivery.carrier", "write", [van], {"active": False})
    asked = []
    page.on("request", lambda r: UPDATE.search(r.url) and asked.append(r.url))
    with page.expect_navigation():
        page.locator(f"{SUMMARY} button[type=submit]").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    assert not asked
    gone = page.locator("#b2b_method_error")
    expect(gone).to_contain_text(f"{VAN} (£14.50) can no longer be chosen")
    expect(gone).to_contain_text("costs £")
    expect(page.locator(f"{METHODS} input:checked")).to_have_count(0)
    # Typing elsewhere leaves the sentence where it is.
    with page.expect_response(UPDATE):
        page.fill("[name=po]", "PO GONE AGAIN")
        page.keyboard.press("Tab")
    expect(gone).to_be_visible()
    expect(page.locator(f"{METHODS} input:checked")).to_have_count(0)
    choose(page, "Parcel carrier")
    expect(gone).to_have_count(0)
    expect(page.locator(SUMMARY)).to_contain_text("£19.80")


def test_a_refused_page_keeps_the_choice(page, login, staff_rpc, van):
    open_checkout(page, login)
    choose(page, "As you see fit")
    domain = [("name", "=", "Brightwell & Sons Ltd"), ("parent_id", "=", False)]
    party = staff_rpc.call("res.partner", "search", domain)
    usual = "property_delivery_carrier_id"
    page.fill("[name=po]", "")
    page.wait_for_load_state("networkidle")
    staff_rpc.call("res.partner", "write", party, {usual: van})
    asked = []
    page.on("request", lambda r: UPDATE.search(r.url) and asked.append(r.url))
    with page.expect_navigation():
        page.locator(f"{SUMMARY} button[type=submit]").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    staff_rpc.call("res.partner", "write", party, {usual: False})
    assert not asked
    expect(page.locator(SUMMARY)).to_contain_text("PO number")
    expect(page.locator(f"{METHODS} label:has(input:checked)")).to_contain_text(
        "As you see fit"
    )


def test_the_sum_follows_an_end_customer_at_once(page, login):
    open_checkout(page, login)
    choose(page, "As you see fit")
    with page.expect_response(UPDATE):
        page.locator(f"{FORM} label", has_text="Hotel Severn View").click()
    expect(page.locator(f"{METHODS} label:has(input:checked)")).to_contain_text(
        "To your customer"
    )
    expect(page.locator(SUMMARY)).to_contain_text("£24.00")
